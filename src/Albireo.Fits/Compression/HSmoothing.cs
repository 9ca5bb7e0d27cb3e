namespace Albireo.Fits;

/// <summary>
/// Smooths H-transform coefficients: slopes and curvatures are moved towards those that match the means of the neighbouring
/// zones, monotonic and by at most half the scale (White's hsmooth).
/// </summary>
internal static class HSmoothing
{
    public static void Apply(Span<long> a, int rows, int columns, int ny, int scale)
    {
        long most = scale >> 1;
        if (most <= 0)
        {
            return;
        }
        for (int i = 2; i < rows - 2; i += 2)
        {
            for (int j = 0; j < columns; j += 2)
            {
                int at = (ny * i) + j;
                Slope(a[at - (2 * ny)], a[at], a[at + (2 * ny)], ref a[at + ny], most);
            }
        }
        for (int i = 0; i < rows; i += 2)
        {
            for (int j = 2; j < columns - 2; j += 2)
            {
                int at = (ny * i) + j;
                Slope(a[at - 2], a[at], a[at + 2], ref a[at + 1], most);
            }
        }
        for (int i = 2; i < rows - 2; i += 2)
        {
            for (int j = 2; j < columns - 2; j += 2)
            {
                Curvature(a, (ny * i) + j, ny, most);
            }
        }
    }

    private static void Slope(long before, long here, long behind, ref long slope, long most)
    {
        long high = Math.Max(Math.Min(behind - here, here - before), 0) << 2;
        long low = Math.Min(Math.Max(behind - here, here - before), 0) << 2;
        if (low < high)
        {
            long wanted = Math.Max(Math.Min(behind - before, high), low);
            long step = wanted - (slope << 3);
            step = step >= 0 ? step >> 3 : (step + 7) >> 3;
            slope += Math.Max(Math.Min(step, most), -most);
        }
    }

    private static void Curvature(Span<long> a, int at, int ny, long most)
    {
        long mm = a[at - (2 * ny) - 2];
        long pm = a[at + (2 * ny) - 2];
        long mp = a[at - (2 * ny) + 2];
        long pp = a[at + (2 * ny) + 2];
        long h0 = a[at];
        long hx2 = a[at + ny] << 1;
        long hy2 = a[at + 1] << 1;
        long high1 = Math.Min(Math.Max(pp - h0, 0) - hx2 - hy2, Math.Max(h0 - pm, 0) + hx2 - hy2);
        long high2 = Math.Min(Math.Max(h0 - mp, 0) - hx2 + hy2, Math.Max(mm - h0, 0) + hx2 + hy2);
        long high = Math.Min(high1, high2) << 4;
        long low1 = Math.Max(Math.Min(pp - h0, 0) - hx2 - hy2, Math.Min(h0 - pm, 0) + hx2 - hy2);
        long low2 = Math.Max(Math.Min(h0 - mp, 0) - hx2 + hy2, Math.Min(mm - h0, 0) + hx2 + hy2);
        long low = Math.Max(low1, low2) << 4;
        if (low < high)
        {
            ref long curvature = ref a[at + ny + 1];
            long wanted = Math.Max(Math.Min(pp + mm - mp - pm, high), low);
            long step = wanted - (curvature << 6);
            step = step >= 0 ? step >> 6 : (step + 63) >> 6;
            curvature += Math.Max(Math.Min(step, most), -most);
        }
    }
}
