using System.Buffers;

namespace Albireo.Fits;

/// <summary>Writes bytes one behind the other and keeps their FITS checksum. <see cref="Finish"/> ends it and gives its buffer back.</summary>
internal sealed class SummedSink(FitsOutput output, long start)
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
    private int filled;
    private uint sum;

    /// <summary>Bytes written.</summary>
    public long Written { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int count = Math.Min(bytes.Length, buffer.Length - filled);
            bytes[..count].CopyTo(buffer.AsSpan(filled));
            filled += count;
            bytes = bytes[count..];
            Written += count;
            if (filled == buffer.Length)
            {
                Flush();
            }
        }
    }

    /// <summary>Writes what is left; the checksum of all, with the padding that is to follow.</summary>
    /// <param name="fill">What the padding consists of.</param>
    public uint Finish(byte fill = 0)
    {
        Flush(fill);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        if (fill != 0)
        {
            Span<byte> padding = stackalloc byte[(int)(HduStructure.Padded(Written) - Written) / 4 * 4];
            padding.Fill(fill);
            sum = FitsChecksum.Add(sum, padding);
        }
        return sum;
    }

    private void Flush(byte fill = 0)
    {
        int padded = (filled + 3) / 4 * 4;
        buffer.AsSpan(filled, padded - filled).Fill(fill);
        sum = FitsChecksum.Add(sum, buffer.AsSpan(0, padded));
        output.WriteAt(start + Written - filled, buffer.AsSpan(0, filled));
        filled = 0;
    }
}
