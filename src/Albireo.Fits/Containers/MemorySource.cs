namespace Albireo.Fits;

/// <summary>A file in memory.</summary>
internal sealed class MemorySource(ReadOnlyMemory<byte> bytes) : ByteSource
{
    public override long Length => bytes.Length;

    public override bool Reaches(long end) => end <= bytes.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        if (offset >= bytes.Length)
        {
            return 0;
        }
        int count = (int)Math.Min(destination.Length, bytes.Length - offset);
        bytes.Span.Slice((int)offset, count).CopyTo(destination);
        return count;
    }

    public override bool TryGetMemory(long offset, int length, out ReadOnlyMemory<byte> memory)
    {
        bool inside = offset >= 0 && offset + length <= bytes.Length;
        memory = inside ? bytes.Slice((int)offset, length) : default;
        return inside;
    }

    public override void Dispose() { }
}
