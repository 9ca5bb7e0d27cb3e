using System.Numerics;

namespace Albireo.Fits;

/// <summary>The inverse H-transform with its exact rounding (White 1992), and the smoothing of its coefficients.</summary>
internal static class HTransform
{
    /// <summary>Inverts in place.</summary>
    /// <param name="a">Coefficients [nx, ny], ny the fast axis; becomes pixels.</param>
    /// <param name="nx">Rows.</param>
    /// <param name="ny">Columns.</param>
    /// <param name="smooth">Whether coefficients are interpolated first, by at most half the scale.</param>
    /// <param name="scale">What the coefficients were divided by.</param>
    public static void Invert(Span<long> a, int nx, int ny, bool smooth, int scale)
    {
        int longest = Math.Max(nx, ny);
        if (longest == 1)
        {
            return;
        }
        int levels = BitOperations.Log2(((uint)longest * 2) - 1);
        var scratch = new long[(longest + 1) / 2];
        int shift = 1;
        long bit0 = 1L << (levels - 1);
        long bit1 = bit0 << 1;
        long mask0 = -bit0;
        long mask1 = mask0 << 1;
        long mask2 = mask0 << 2;
        long up0 = bit0 >> 1;
        long up1 = bit1 >> 1;
        long up2 = bit1;
        long down0 = up0 - 1;
        long down1 = up1 - 1;
        long down2 = up2 - 1;
        a[0] = (a[0] + (a[0] >= 0 ? up2 : down2)) & mask2;
        int rows = 1;
        int columns = 1;
        int restX = nx;
        int restY = ny;
        int c = 1 << levels;
        for (int level = levels - 1; level >= 0; level--)
        {
            c >>= 1;
            Grow(ref rows, ref restX, c);
            Grow(ref columns, ref restY, c);
            if (level == 0)
            {
                down0 = 0;
                shift = 2;
            }
            for (int i = 0; i < rows; i++)
            {
                Interleave(a[(ny * i)..], columns, 1, scratch);
            }
            for (int j = 0; j < columns; j++)
            {
                Interleave(a[j..], rows, ny, scratch);
            }
            if (smooth)
            {
                HSmoothing.Apply(a, rows, columns, ny, scale);
            }
            for (int i = 0; i < rows; i += 2)
            {
                bool below = i + 1 < rows;
                for (int j = 0; j < columns; j += 2)
                {
                    int s00 = (ny * i) + j;
                    int s10 = s00 + ny;
                    bool right = j + 1 < columns;
                    long h0 = a[s00];
                    if (below && right)
                    {
                        long hx = Round(a[s10], up1, down1, mask1);
                        long hy = Round(a[s00 + 1], up1, down1, mask1);
                        long hc = Round(a[s10 + 1], up0, down0, mask0);
                        long low0 = hc & bit0;
                        hx = hx >= 0 ? hx - low0 : hx + low0;
                        hy = hy >= 0 ? hy - low0 : hy + low0;
                        long low1 = (hc ^ hx ^ hy) & bit1;
                        h0 = h0 >= 0 ? h0 + low0 - low1 : h0 + (low0 == 0 ? low1 : low0 - low1);
                        a[s10 + 1] = (h0 + hx + hy + hc) >> shift;
                        a[s10] = (h0 + hx - hy - hc) >> shift;
                        a[s00 + 1] = (h0 - hx + hy - hc) >> shift;
                        a[s00] = (h0 - hx - hy + hc) >> shift;
                    }
                    else if (below || right)
                    {
                        int other = below ? s10 : s00 + 1;
                        long h = Round(a[other], up1, down1, mask1);
                        long low1 = h & bit1;
                        h0 = h0 >= 0 ? h0 - low1 : h0 + low1;
                        a[other] = (h0 + h) >> shift;
                        a[s00] = (h0 - h) >> shift;
                    }
                    else
                    {
                        a[s00] = h0 >> shift;
                    }
                }
            }
            bit1 = bit0;
            bit0 >>= 1;
            mask1 = mask0;
            mask0 >>= 1;
            up1 = up0;
            up0 >>= 1;
            down1 = down0;
            down0 = up0 - 1;
        }
    }

    private static long Round(long h, long up, long down, long mask) => (h + (h >= 0 ? up : down)) & mask;

    private static void Grow(ref int length, ref int rest, int c)
    {
        length <<= 1;
        if (rest <= c)
        {
            length--;
        }
        else
        {
            rest -= c;
        }
    }

    /// <summary>First half to even, second half to odd places.</summary>
    private static void Interleave(Span<long> a, int count, int stride, long[] scratch)
    {
        int half = (count + 1) / 2;
        for (int i = half; i < count; i++)
        {
            scratch[i - half] = a[stride * i];
        }
        for (int i = half - 1; i > 0; i--)
        {
            a[stride * 2 * i] = a[stride * i];
        }
        for (int i = 1; i < count; i += 2)
        {
            a[stride * i] = scratch[i / 2];
        }
    }
}
