using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Images;

namespace Albireo.Science.Calibration;

/// <summary>
/// Median of the square around each pixel, the frame continued by its edge pixels (scipy's mode "nearest"); 16 pixels at a time in a
/// sorting network that is cut down to what the middle depends on. Pixels must not be NaN.
/// </summary>
internal sealed class MedianFilter
{
    private readonly int size;
    private readonly ushort[] pairs;

    /// <summary>For squares of an odd number of pixels a side.</summary>
    public MedianFilter(int size)
    {
        this.size = size;
        pairs = OnlyMiddle(SortingNetwork.Pairs(size * size), size * size / 2);
    }

    /// <summary>Filters the whole frame.</summary>
    public void Apply(Image source, Image result, BandRunner bands)
    {
        PaddedImage padded = new(source, size / 2);
        bands.Run(
            source.Height,
            32,
            (_, first, count) =>
            {
                var scratch = new AlignedBuffer<float>(size * size);
                for (int y = first; y < first + count; y++)
                {
                    Span<float> row = result.Row(y);
                    for (int x = 0; x < row.Length; x += Vector512<float>.Count)
                    {
                        Vector512<float> median = Middle(padded, x, y, scratch.Vectors);
                        Store(median, row[x..]);
                    }
                }
            }
        );
    }

    /// <summary>Medians of 16 pixels from column <paramref name="x"/> on.</summary>
    public Vector512<float> Middle(PaddedImage padded, int x, int y, Span<Vector512<float>> scratch)
    {
        int k = 0;
        for (int dy = 0; dy < size; dy++)
        {
            ReadOnlySpan<float> row = padded.Row(y + dy)[x..];
            for (int dx = 0; dx < size; dx++)
            {
                scratch[k++] = Vector512.Create(row.Slice(dx, Vector512<float>.Count));
            }
        }
        SortingNetwork.Sort(scratch, pairs);
        return scratch[size * size / 2];
    }

    public static void Store(Vector512<float> values, Span<float> target)
    {
        if (target.Length >= Vector512<float>.Count)
        {
            values.CopyTo(target);
            return;
        }
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = values[i];
        }
    }

    /// <summary>Walks the network backwards and keeps the comparisons that the wanted output hangs on.</summary>
    private static ushort[] OnlyMiddle(ushort[] pairs, int middle)
    {
        var needed = new HashSet<int> { middle };
        var kept = new List<ushort>();
        for (int k = pairs.Length - 2; k >= 0; k -= 2)
        {
            if (needed.Contains(pairs[k]) || needed.Contains(pairs[k + 1]))
            {
                needed.Add(pairs[k]);
                needed.Add(pairs[k + 1]);
                kept.Add(pairs[k + 1]);
                kept.Add(pairs[k]);
            }
        }
        kept.Reverse();
        return [.. kept];
    }
}
