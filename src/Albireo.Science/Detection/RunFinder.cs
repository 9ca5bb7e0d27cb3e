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
        int rows = count + (2 * halo);
        float[] block = Rent<float>(rows * stride);
        float[] sigma = Rent<float>(count * stride);
        bool[] bad = Rent<bool>(count * stride);
        float[] noiseRow = Rent<float>(stride);
        float[] vertical = Rent<float>(stride);
        float[] filtered = Rent<float>(stride);
        var result = new BandRuns();
        for (int r = 0; r < rows; r++)
        {
            int y = first - halo + r;
            if (y < 0 || y >= image.Height)
            {
                continue;
            }
            int own = r - halo;
            bool isOwn = own >= 0 && own < count;
            Span<float> noiseOfRow = isOwn ? sigma.AsSpan(own * stride, stride) : noiseRow.AsSpan(0, stride);
            Subtract(y, block.AsSpan(r * stride, stride), noiseOfRow, isOwn ? bad.AsSpan(own * stride, stride) : default);
            RepairHotPixels(block, r - 1, first - halo, noiseRow, sigma, bad, halo, count, result);
        }
        for (int own = 0; own < count; own++)
        {
            filter.FilterRow(block, stride, own + halo, vertical, filtered);
            Threshold(
                first + own,
                block.AsSpan((own + halo) * stride, stride),
                filtered.AsSpan(0, stride),
                sigma.AsSpan(own * stride, stride),
                bad.AsSpan(own * stride, stride),
                result
            );
        }
        result.HotPixels.Sort();
        ArrayPool<float>.Shared.Return(block);
        ArrayPool<float>.Shared.Return(sigma);
        ArrayPool<bool>.Shared.Return(bad);
        ArrayPool<float>.Shared.Return(noiseRow);
        ArrayPool<float>.Shared.Return(vertical);
        ArrayPool<float>.Shared.Return(filtered);
        return result;
    }

    private static T[] Rent<T>(int length)
    {
        T[] array = ArrayPool<T>.Shared.Rent(length);
        array.AsSpan(0, length).Clear();
        return array;
    }

    private void Subtract(int y, Span<float> row, Span<float> noiseOfRow, Span<bool> bad)
    {
        int width = image.Width;
        Span<float> inner = row.Slice(pad, width);
        level(y, inner);
        noise(y, noiseOfRow.Slice(pad, width));
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
        if (!clean && !bad.IsEmpty)
        {
            for (int i = 0; i < width; i++)
            {
                bad[pad + i] |= !float.IsFinite(pixels[i]);
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
            if (!bad.IsEmpty)
            {
                bad[pad + i] |= (flags[i] & (PixelUse.LeftOut | PixelQuality.Interpolated)) != PixelQuality.None;
            }
        }
    }

    // Row r of the block has both its neighbours now. A pixel far above the noise that is sharper than any star becomes the median
    // of its eight neighbours, so that it neither becomes a source nor bends the shape of one.
    private void RepairHotPixels(
        float[] block,
        int r,
        int firstRow,
        float[] noiseRow,
        float[] sigma,
        bool[] bad,
        int halo,
        int count,
        BandRuns result
    )
    {
        int y = firstRow + r;
        if (r < 1 || y < 0 || y >= image.Height)
        {
            return;
        }
        int own = r - halo;
        bool isOwn = own >= 0 && own < count;
        if (!isOwn)
        {
            noise(y, noiseRow.AsSpan(pad, image.Width));
        }
        ReadOnlySpan<float> noiseOfRow = isOwn ? sigma.AsSpan(own * stride, stride) : noiseRow.AsSpan(0, stride);
        Span<float> row = block.AsSpan(r * stride, stride);
        Vector512<float> factor = Vector512.Create(Sharpness.MinimumSigmas);
        ReadOnlySpan<Vector512<float>> values = MemoryMarshal.Cast<float, Vector512<float>>(row);
        ReadOnlySpan<Vector512<float>> sigmas = MemoryMarshal.Cast<float, Vector512<float>>(noiseOfRow[..stride]);
        for (int i = 0; i < values.Length; i++)
        {
            ulong high = Vector512.GreaterThan(values[i], sigmas[i] * factor).ExtractMostSignificantBits();
            while (high != 0)
            {
                int column = (i * Lanes) + BitOperations.TrailingZeroCount(high);
                high &= high - 1;
                int x = column - pad;
                if (x < 0 || x >= image.Width)
                {
                    continue;
                }
                float sigmaHere = noiseOfRow[column];
                if (!TryRepair(block, r, column, sigmaHere, firstRow, bad, halo, count, result))
                {
                    continue;
                }
                // A hot neighbour that was passed over because this one outshone it.
                for (int back = 0; back < 4; back++)
                {
                    int row2 = back == 0 ? r : r - 1;
                    int column2 = back == 0 ? column - 1 : column + back - 2;
                    bool high2 = row2 >= 1 && block[(row2 * stride) + column2] > Sharpness.MinimumSigmas * sigmaHere;
                    if (high2 && column2 >= pad && column2 < pad + image.Width && firstRow + row2 >= 0)
                    {
                        TryRepair(block, row2, column2, sigmaHere, firstRow, bad, halo, count, result);
                    }
                }
            }
        }
    }

    private bool TryRepair(
        float[] block,
        int r,
        int column,
        float noiseHere,
        int firstRow,
        bool[] bad,
        int halo,
        int count,
        BandRuns result
    )
    {
        int at = (r * stride) + column;
        if (!sharpness.IsHot(block, at, stride, noiseHere))
        {
            return false;
        }
        float repaired = Sharpness.MedianOfNeighbours(block, at, stride);
        int own = r - halo;
        if (own >= 0 && own < count)
        {
            result.HotPixels.Add(new HotPixel(column - pad, firstRow + r, block[at], repaired, noiseHere));
            bad[(own * stride) + column] = true;
        }
        block[at] = repaired;
        return true;
    }

    private void Threshold(
        int y,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> filtered,
        ReadOnlySpan<float> sigma,
        ReadOnlySpan<bool> bad,
        BandRuns result
    )
    {
        Vector512<float> factor = Vector512.Create(threshold);
        ReadOnlySpan<Vector512<float>> f = MemoryMarshal.Cast<float, Vector512<float>>(filtered);
        ReadOnlySpan<Vector512<float>> s = MemoryMarshal.Cast<float, Vector512<float>>(sigma);
        int start = -1;
        int firstLane = pad / Lanes;
        int lastLane = f.Length - firstLane;
        for (int i = firstLane; i < lastLane; i++)
        {
            ulong above = Vector512.GreaterThan(f[i], s[i] * factor).ExtractMostSignificantBits();
            int beyond = pad + image.Width - (i * Lanes);
            if (beyond < Lanes)
            {
                above &= (1UL << beyond) - 1;
            }
            if (above == 0 && start < 0)
            {
                continue;
            }
            int bit = 0;
            while (bit < Lanes)
            {
                if (start < 0)
                {
                    ulong rest = above >> bit;
                    if (rest == 0)
                    {
                        break;
                    }
                    bit += BitOperations.TrailingZeroCount(rest);
                    start = (i * Lanes) + bit;
                }
                bit += BitOperations.TrailingZeroCount(~(above >> bit));
                if (bit < Lanes)
                {
                    result.Add(y, start - pad, (i * Lanes) + bit - pad, pad, values, filtered, sigma, bad);
                    start = -1;
                }
            }
        }
        if (start >= 0)
        {
            result.Add(y, start - pad, image.Width, pad, values, filtered, sigma, bad);
        }
    }
}
