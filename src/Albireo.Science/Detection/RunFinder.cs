using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>
/// Finds the runs of pixels above the threshold in one band of rows: background off, hot pixels repaired, filtered, compared. Row
/// padding makes every vector whole; a band sees as many rows beyond its own as the filter needs.
/// </summary>
internal sealed class RunFinder
{
    private const int Lanes = 16;

    private readonly Image image;
    private readonly RowValues level;
    private readonly RowValues noise;
    private readonly PixelMask? mask;
    private readonly MatchedFilter filter;
    private readonly Sharpness sharpness;
    private readonly float threshold;
    private readonly int pad;
    private readonly int stride;

    public RunFinder(
        Image image,
        RowValues level,
        RowValues noise,
        PixelMask? mask,
        MatchedFilter filter,
        Sharpness sharpness,
        double sigmas
    )
    {
        this.image = image;
        this.level = level;
        this.noise = noise;
        this.mask = mask;
        this.filter = filter;
        this.sharpness = sharpness;
        threshold = (float)(sigmas * filter.NoiseFactor);
        pad = (filter.Radius + 1 + Lanes - 1) / Lanes * Lanes;
        stride = ((image.Width + Lanes - 1) / Lanes * Lanes) + (2 * pad);
    }

    /// <summary>The runs of rows <paramref name="first"/> … + <paramref name="count"/> − 1.</summary>
    public BandRuns Find(int first, int count)
    {
        // One more row than the filter needs on either side: a pixel is judged hot by its eight neighbours.
        int halo = filter.Radius + 1;
        using var band = new BandPixels(first - halo, count + (2 * halo), stride, pad, image.Width, image.Height);
        float[] vertical = ArrayPool<float>.Shared.Rent(stride);
        float[] filtered = ArrayPool<float>.Shared.Rent(stride);
        var result = new BandRuns();
        for (int row = 0; row < band.Rows; row++)
        {
            if (band.FirstRow + row >= 0 && band.FirstRow + row < image.Height)
            {
                Subtract(band, row);
                RepairHotPixels(band, row - 1, halo, count, result);
            }
            // Rows up to two before this one change no more; those that the filter needs are still in the cache.
            ThresholdRow(row - halo - 1);
        }
        for (int row = band.Rows - halo - 1; row < halo + count; row++)
        {
            ThresholdRow(row);
        }

        void ThresholdRow(int row)
        {
            if (row >= halo)
            {
                filter.FilterRow(band.Values, stride, row, vertical, filtered);
                Threshold(band, row, filtered.AsSpan(0, stride), result);
            }
        }

        result.HotPixels.Items.Sort();
        ArrayPool<float>.Shared.Return(vertical);
        ArrayPool<float>.Shared.Return(filtered);
        return result;
    }

    private void Subtract(BandPixels band, int row)
    {
        int width = image.Width;
        int y = band.FirstRow + row;
        Span<float> inner = band.ValuesOf(row).Slice(pad, width);
        level(y, inner);
        noise(y, band.NoiseOf(row).Slice(pad, width));
        ReadOnlySpan<float> pixels = image.Row(y);
        bool clean = true;
        int x = 0;
        ref float target = ref MemoryMarshal.GetReference(inner);
        ref float source = ref MemoryMarshal.GetReference(pixels);
        Vector512<float> largest = Vector512.Create(float.MaxValue);
        for (; x <= width - Lanes; x += Lanes)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref source, (nuint)x) - Vector512.LoadUnsafe(ref target, (nuint)x);
            Vector512<float> finite = Vector512.LessThanOrEqual(Vector512.Abs(value), largest);
            clean &= finite.AsInt32() == Vector512<int>.AllBitsSet;
            Vector512.BitwiseAnd(value, finite).StoreUnsafe(ref target, (nuint)x);
        }
        for (; x < width; x++)
        {
            float value = pixels[x] - inner[x];
            bool finite = Math.Abs(value) <= float.MaxValue;
            clean &= finite;
            inner[x] = finite ? value : 0;
        }
        for (int i = 0; !clean && i < width; i++)
        {
            if (!float.IsFinite(pixels[i]))
            {
                band.MarkBad(row, pad + i);
            }
        }
        if (mask is null)
        {
            return;
        }
        Span<PixelQuality> flags = mask.Row(y);
        if (!MemoryMarshal.AsBytes(flags).ContainsAnyExcept((byte)0))
        {
            return;
        }
        for (int i = 0; i < width; i++)
        {
            if (!PixelUse.Counts(flags[i]))
            {
                inner[i] = 0;
            }
            if ((flags[i] & (PixelUse.LeftOut | PixelQuality.Interpolated)) != PixelQuality.None)
            {
                band.MarkBad(row, pad + i);
            }
        }
    }

    // A row has both its neighbours now. A pixel far above the noise that is sharper than any star becomes the median of its eight
    // neighbours, so that it neither becomes a source nor bends the shape of one.
    private void RepairHotPixels(BandPixels band, int row, int halo, int count, BandRuns result)
    {
        int y = band.FirstRow + row;
        if (row < 1 || y < 0 || y >= image.Height)
        {
            return;
        }
        Span<float> noiseOfRow = band.NoiseOf(row);
        ref float sigma = ref MemoryMarshal.GetReference(noiseOfRow);
        ref float values = ref MemoryMarshal.GetArrayDataReference(band.Values);
        for (int lane = pad; lane < pad + image.Width; lane += Lanes)
        {
            uint hot = (uint)sharpness.MayBeHot(ref values, (row * stride) + lane, stride, Vector512.LoadUnsafe(ref sigma, (nuint)lane));
            for (; hot != 0; hot &= hot - 1)
            {
                int bit = BitOperations.TrailingZeroCount(hot);
                int column = lane + bit;
                if (column >= pad + image.Width || !TryRepair(band, row, column, noiseOfRow[column], halo, count, result))
                {
                    continue;
                }
                // A hot neighbour that was passed over because this one outshone it.
                for (int back = 0; back < 4; back++)
                {
                    int row2 = back == 0 ? row : row - 1;
                    int column2 = back == 0 ? column - 1 : column + back - 2;
                    bool high = row2 >= 1 && band.ValuesOf(row2)[column2] > Sharpness.MinimumSigmas * noiseOfRow[column];
                    if (high && column2 >= pad && column2 < pad + image.Width && band.FirstRow + row2 >= 0)
                    {
                        TryRepair(band, row2, column2, noiseOfRow[column], halo, count, result);
                    }
                }
                hot |= 6u << bit & 0xFFFF; // the next two have other neighbours now
            }
        }
    }

    private bool TryRepair(BandPixels band, int row, int column, float noiseHere, int halo, int count, BandRuns result)
    {
        int at = (row * stride) + column;
        if (!sharpness.IsHot(band.Values, at, stride, noiseHere))
        {
            return false;
        }
        float repaired = Sharpness.MedianOfNeighbours(band.Values, at, stride);
        if (row >= halo && row < halo + count)
        {
            result.HotPixels.Add(new HotPixel(column - pad, band.FirstRow + row, band.Values[at], repaired, noiseHere));
            band.MarkBad(row, column);
        }
        band.Values[at] = repaired;
        return true;
    }

    private void Threshold(BandPixels band, int row, ReadOnlySpan<float> filtered, BandRuns result)
    {
        Vector512<float> factor = Vector512.Create(threshold);
        ReadOnlySpan<Vector512<float>> f = MemoryMarshal.Cast<float, Vector512<float>>(filtered);
        ReadOnlySpan<Vector512<float>> s = MemoryMarshal.Cast<float, Vector512<float>>(band.NoiseOf(row));
        int end = pad + image.Width;
        int start = -1; // of the run that goes on from word to word
        for (int from = pad; from < end; from += 64)
        {
            // Sixty-four pixels a word.
            ulong above = 0;
            int last = Math.Min(from + 64, stride) / Lanes;
            for (int i = last - 1; i >= from / Lanes; i--)
            {
                above = (above << Lanes) | Vector512.GreaterThan(f[i], s[i] * factor).ExtractMostSignificantBits();
            }
            if (end - from < 64)
            {
                above &= (1UL << (end - from)) - 1;
            }
            // A bit is set where a run begins or has ended.
            for (ulong edges = above ^ ((above << 1) | (start < 0 ? 0u : 1u)); edges != 0; edges &= edges - 1)
            {
                int at = from + BitOperations.TrailingZeroCount(edges);
                if (start < 0)
                {
                    start = at;
                    continue;
                }
                Add(band, row, start, at, filtered, result);
                start = -1;
            }
        }
        if (start >= 0)
        {
            Add(band, row, start, end, filtered, result);
        }
    }

    private void Add(BandPixels band, int row, int start, int end, ReadOnlySpan<float> filtered, BandRuns result) =>
        result.Add(
            band.FirstRow + row,
            start - pad,
            band.ValuesOf(row)[start..end],
            filtered[start..end],
            band.NoiseOf(row)[start],
            band.HasBad(row, start, end)
        );
}
