namespace Albireo.Fits;

/// <summary>A <see cref="ByteSource"/> as a seekable stream for reading; does not own it.</summary>
internal sealed class SourceStream(ByteSource source, long start) : Stream
{
    private long position = start;

    /// <summary>Where the last read began.</summary>
    public long LastReadStart { get; private set; } = start;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position
    {
        get => position;
        set => position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        LastReadStart = position;
        int count = source.Read(position, buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            _ => Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
