using System.Buffers;

namespace Albireo.Science.Detection;

/// <summary>
/// Rented rows of one band with as many rows beyond it as the filter and the search for hot pixels need, each padded with zeros to
/// whole vectors. What lies outside the picture is 0.
/// </summary>
internal sealed class BandPixels : IDisposable
{
    // One bit a pixel that does not show a value of its own, rows of whole words.
    private readonly ulong[] bad;
    private readonly int words;

    public BandPixels(int firstRow, int rows, int stride, int pad, int width, int height)
    {
        (FirstRow, Rows, Stride) = (firstRow, rows, stride);
        Values = ArrayPool<float>.Shared.Rent(rows * stride);
        Noise = ArrayPool<float>.Shared.Rent(rows * stride);
        words = (stride + 63) / 64;
        bad = ArrayPool<ulong>.Shared.Rent(rows * words);
        bad.AsSpan(0, rows * words).Clear();
        for (int r = 0; r < rows; r++)
        {
            bool isOutside = firstRow + r < 0 || firstRow + r >= height;
            Pad(Values.AsSpan(r * stride, stride));
            Pad(Noise.AsSpan(r * stride, stride));

            void Pad(Span<float> row)
            {
                row[..(isOutside ? stride : pad)].Clear();
                row[(pad + width)..].Clear();
            }
        }
    }

    /// <summary>Row of the picture that the first one here is; may be negative.</summary>
    public int FirstRow { get; }
    public int Rows { get; }

    /// <summary>Values from row to row, a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>Background-subtracted pixels.</summary>
    public float[] Values { get; }

    /// <summary>σ of the background.</summary>
    public float[] Noise { get; }

    public Span<float> ValuesOf(int row) => Values.AsSpan(row * Stride, Stride);

    public Span<float> NoiseOf(int row) => Noise.AsSpan(row * Stride, Stride);

    /// <summary>Notes that a pixel does not show a value of its own.</summary>
    public void MarkBad(int row, int column) => bad[(row * words) + (column / 64)] |= 1UL << (column % 64);

    /// <summary>Whether one of the columns from <paramref name="start"/> up to <paramref name="end"/> is marked.</summary>
    public bool HasBad(int row, int start, int end)
    {
        (int first, int last) = (start / 64, (end - 1) / 64);
        ulong marked = 0;
        for (int word = first; word <= last; word++)
        {
            ulong here = bad[(row * words) + word];
            here &= word == first ? ulong.MaxValue << (start % 64) : ulong.MaxValue;
            here &= word == last ? ulong.MaxValue >> (63 - ((end - 1) % 64)) : ulong.MaxValue;
            marked |= here;
        }
        return marked != 0;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(Values);
        ArrayPool<float>.Shared.Return(Noise);
        ArrayPool<ulong>.Shared.Return(bad);
    }
}
