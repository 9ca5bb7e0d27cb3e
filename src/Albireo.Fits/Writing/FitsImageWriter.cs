using System.Buffers;
using System.Numerics;

namespace Albireo.Fits;

/// <summary>Writes the pixels of one image in pieces, in their order. <see cref="Complete"/> ends it; without it the HDU is not there.</summary>
public sealed class FitsImageWriter : IDisposable
{
    private const int ChunkBytes = 1 << 18;

    private readonly FitsOutput output;
    private readonly FitsHeader header;
    private readonly long pixelCount;
    private readonly int bitPix;
    private readonly PixelScaling scaling;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private readonly long dataOffset;
    private int filled;
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
            int count = Math.Min(pixels.Length, (ChunkBytes - filled) / size);
            PixelEncoder.Encode(pixels[..count], bitPix, scaling, buffer.AsSpan(filled, count * size));
            filled += count * size;
            written += count;
            pixels = pixels[count..];
            if (filled == ChunkBytes)
            {
                Flush();
            }
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
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Flush()
    {
        if (filled == 0)
        {
            return;
        }
        int padded = (filled + 3) / 4 * 4;
        buffer.AsSpan(filled, padded - filled).Clear();
        sum = FitsChecksum.Add(sum, buffer.AsSpan(0, padded));
        output.WriteAt(dataOffset + flushed, buffer.AsSpan(0, filled));
        flushed += filled;
        filled = 0;
    }
}
