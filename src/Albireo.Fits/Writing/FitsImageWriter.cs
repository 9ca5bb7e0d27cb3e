using System.Buffers;
using System.Numerics;

namespace Albireo.Fits;

/// <summary>Writes the pixels of one image in pieces, in their order. <see cref="Complete"/> ends it; without it the HDU is not there.</summary>
public sealed class FitsImageWriter : IDisposable
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>So many bytes are summed up while they are at hand.</summary>
    private const int StepBytes = 1 << 14;

    private readonly FitsOutput output;
    private readonly FitsHeader header;
    private readonly long pixelCount;
    private readonly int bitPix;
    private readonly PixelScaling scaling;
    private readonly long dataOffset;
    private byte[]? own; // where the target lends no memory
    private Memory<byte> buffer;
    private int filled;
    private int summed;
    private long flushed;
    private long written;
    private uint sum;
    private bool done;

    internal FitsImageWriter(FitsOutput output, FitsHeader header, long pixelCount, int bitPix, PixelScaling scaling)
    {
        this.output = output;
        this.header = header;
        this.pixelCount = pixelCount;
        this.bitPix = bitPix;
        this.scaling = scaling;
        dataOffset = output.Length + HduStructure.Padded((header.Count + 1L) * FitsCard.Length);
    }

    /// <summary>Writes the next pixels.</summary>
    /// <param name="pixels">Values as they shall be read: physical ones. Of an image of whole numbers without a scale, any whole type
    /// that fits is taken; NaN becomes BLANK.</param>
    /// <exception cref="OverflowException">A pixel does not fit into the stored type.</exception>
    public void Write<T>(ReadOnlySpan<T> pixels)
        where T : unmanaged, INumber<T>
    {
        ObjectDisposedException.ThrowIf(done, this);
        if (pixels.Length > pixelCount - written)
        {
            throw new ArgumentException($"{pixels.Length} pixels where {pixelCount - written} are missing.", nameof(pixels));
        }
        int size = Math.Abs(bitPix) / 8;
        while (pixels.Length > 0)
        {
            if (filled == buffer.Length)
            {
                Flush();
                buffer = Room(size);
            }
            int count = Math.Min(pixels.Length, Math.Min(buffer.Length - filled, StepBytes) / size);
            PixelEncoder.Encode(pixels[..count], bitPix, scaling, buffer.Span.Slice(filled, count * size));
            filled += count * size;
            written += count;
            pixels = pixels[count..];
            Sum(filled / 4 * 4);
        }
    }

    /// <summary>Ends the HDU.</summary>
    /// <exception cref="InvalidOperationException">Pixels are missing.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(done, this);
        if (written != pixelCount)
        {
            throw new InvalidOperationException($"{pixelCount - written} of {pixelCount} pixels have not been written.");
        }
        Flush();
        output.FinishHdu(header, flushed, sum);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!done)
        {
            done = true;
            buffer = default;
            if (own is not null)
            {
                ArrayPool<byte>.Shared.Return(own);
                own = null;
            }
        }
    }

    /// <summary>Memory for what comes next.</summary>
    private Memory<byte> Room(int size)
    {
        int atMost = (int)Math.Min(ChunkBytes, (pixelCount - written) * size);
        Memory<byte> lent = output.Lend(dataOffset + flushed, atMost);
        return lent.IsEmpty ? (own ??= ArrayPool<byte>.Shared.Rent(ChunkBytes)).AsMemory(0, atMost) : lent;
    }

    private void Sum(int end)
    {
        sum = FitsChecksum.Add(sum, buffer.Span[summed..end]);
        summed = end;
    }

    private void Flush()
    {
        if (filled == 0)
        {
            return;
        }
        if (filled > summed)
        {
            Span<byte> word = stackalloc byte[4]; // the last bytes of all, and the zeros that follow them
            word.Clear();
            buffer.Span[summed..filled].CopyTo(word);
            sum = FitsChecksum.Add(sum, word);
        }
        output.WriteAt(dataOffset + flushed, buffer.Span[..filled]);
        flushed += filled;
        (filled, summed) = (0, 0);
    }
}
