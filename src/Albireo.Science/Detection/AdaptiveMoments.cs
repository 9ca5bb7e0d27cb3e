using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Detection;

/// <summary>
/// Adaptive moments (Bernstein &amp; Jarvis 2002, AJ 123, 583; Hirata &amp; Seljak 2003, MNRAS 343, 459): with a weight of covariance W
/// the weighted moments M of a Gaussian of covariance C obey M⁻¹ = C⁻¹ + W⁻¹; W becomes C until nothing moves. Unlike isophotal
/// moments they depend neither on the threshold nor on how bright the star is.
/// </summary>
internal static class AdaptiveMoments
{
    private const int MaximumIterations = 24;
    private const double SmallestVariance = 0.02;
    private const double SmallestWeight = 0.8;
    private const double Reach = 20;

    /// <summary>Values from one row of a stamp to the next.</summary>
    public static int Stride(int side) => (side + 7) & ~7;

    /// <summary>Measures the star on a square stamp.</summary>
    /// <param name="stamp">
    /// Background-subtracted pixels, rows of <see cref="Stride"/> values of which the first side are used, the rest 0; a pixel that
    /// is to be left out is 0.
    /// </param>
    /// <param name="side">Pixels along each side, odd.</param>
    /// <param name="startX">Column within the stamp to start from.</param>
    /// <param name="startY">Row within the stamp.</param>
    /// <param name="variance">First guess of the star's variance, pixels².</param>
    /// <param name="maximumShift">Farthest that the centre may move from its start, pixels.</param>
    public static AdaptiveShape Measure(
        ReadOnlySpan<double> stamp,
        int side,
        double startX,
        double startY,
        double variance,
        double maximumShift
    )
    {
        (double x, double y) = (startX, startY);
        (double cxx, double cyy, double cxy) = (variance, variance, 0);
        double largest = side * side / 9.0;
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            // The weight follows the star but stays wide enough to be sampled by the pixels.
            double mean = (cxx + cyy) / 2;
            double smallest = mean - Math.Sqrt((0.25 * (cxx - cyy) * (cxx - cyy)) + (cxy * cxy));
            double widen = Math.Max(0, SmallestWeight - smallest);
            (double wxx, double wyy, double wxy) = (cxx + widen, cyy + widen, cxy);
            double determinant = (wxx * wyy) - (wxy * wxy);
            (double axx, double ayy, double axy) = (wyy / determinant, wxx / determinant, -wxy / determinant);
            if (!Weigh(stamp, side, x, y, axx, ayy, axy, out double mx, out double my, out double mxx, out double myy, out double mxy))
            {
                return default;
            }
            double m = (mxx * myy) - (mxy * mxy);
            if (!(m > 0) || !(mxx > 0))
            {
                return default;
            }
            // C⁻¹ = M⁻¹ − W⁻¹; where noise makes that not positive definite, what a matched weight would give.
            (double ixx, double iyy, double ixy) = ((myy / m) - axx, (mxx / m) - ayy, (-mxy / m) - axy);
            double i = (ixx * iyy) - (ixy * ixy);
            bool definite = i > 0 && ixx > 0;
            (double nxx, double nyy, double nxy) = definite ? (iyy / i, ixx / i, -ixy / i) : (2 * mxx, 2 * myy, 2 * mxy);
            double grow = ((nxx * nyy) - (nxy * nxy)) / ((cxx * cyy) - (cxy * cxy));
            if (!(grow < 9))
            {
                (nxx, nyy, nxy) = (2 * cxx, 2 * cyy, 2 * cxy);
            }
            // A weighted centroid sees (1 + C·W⁻¹)⁻¹ of the star's distance: twice the step for a matched weight.
            double stepX = mx + (((cxx * axx) + (cxy * axy)) * mx) + (((cxx * axy) + (cxy * ayy)) * my);
            double stepY = my + (((cxy * axx) + (cyy * axy)) * mx) + (((cxy * axy) + (cyy * ayy)) * my);
            x += stepX;
            y += stepY;
            if (!(Math.Abs(x - startX) <= maximumShift && Math.Abs(y - startY) <= maximumShift) || nxx > largest || nyy > largest)
            {
                return default;
            }
            double change = (Math.Abs(nxx - cxx) + Math.Abs(nyy - cyy) + Math.Abs(nxy - cxy)) / (cxx + cyy);
            (cxx, cyy) = (Math.Max(nxx, SmallestVariance), Math.Max(nyy, SmallestVariance));
            double limit = 0.999 * Math.Sqrt(cxx * cyy);
            cxy = Math.Clamp(nxy, -limit, limit);
            if (change < 1e-3 && (stepX * stepX) + (stepY * stepY) < 1e-7)
            {
                return new AdaptiveShape(x, y, cxx, cyy, cxy, true);
            }
        }
        return default;
    }

    // Weighted mean (relative to the weight's centre) and central second moments. Eight columns at a time, lane sums added in a
    // fixed order.
    private static bool Weigh(
        ReadOnlySpan<double> stamp,
        int side,
        double x,
        double y,
        double axx,
        double ayy,
        double axy,
        out double mx,
        out double my,
        out double mxx,
        out double myy,
        out double mxy
    )
    {
        int stride = Stride(side);
        // Rows and columns that the weight reaches: half its extent along an axis is √(Reach·W).
        double determinant = (axx * ayy) - (axy * axy);
        double reachY = Math.Sqrt(Reach * axx / determinant);
        double reachX = Math.Sqrt(Reach * ayy / determinant);
        int top = (int)Math.Clamp(Math.Ceiling(y - reachY), 0, side);
        int bottom = (int)Math.Clamp(Math.Floor(y + reachY), -1, side - 1);
        int left = (int)Math.Clamp(Math.Ceiling(x - reachX), 0, side - 1) / 8 * 8;
        int right = (int)Math.Clamp(Math.Floor(x + reachX), 0, side - 1);
        Vector512<double> first = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        Vector512<double> s = default;
        Vector512<double> sx = default;
        Vector512<double> sy = default;
        Vector512<double> sxx = default;
        Vector512<double> syy = default;
        Vector512<double> sxy = default;
        ref double pixels = ref MemoryMarshal.GetReference(stamp);
        for (int row = top; row <= bottom; row++)
        {
            double dy = row - y;
            Vector512<double> fromRow = Vector512.Create(ayy * dy * dy);
            Vector512<double> mixed = Vector512.Create(2 * axy * dy);
            Vector512<double> r = default;
            Vector512<double> rx = default;
            Vector512<double> rxx = default;
            for (int column = left; column <= right; column += 8)
            {
                Vector512<double> dx = first + Vector512.Create(column - x);
                Vector512<double> square = (((dx * axx) + mixed) * dx) + fromRow;
                Vector512<double> w = GaussianWeight.OfSquare(square) * Vector512.LoadUnsafe(ref pixels, (nuint)((row * stride) + column));
                Vector512<double> wx = w * dx;
                r += w;
                rx += wx;
                rxx += wx * dx;
            }
            s += r;
            sx += rx;
            sxx += rxx;
            sy += r * dy;
            sxy += rx * dy;
            syy += r * (dy * dy);
        }
        double sum = LaneSum(s);
        mx = LaneSum(sx) / sum;
        my = LaneSum(sy) / sum;
        mxx = (LaneSum(sxx) / sum) - (mx * mx);
        myy = (LaneSum(syy) / sum) - (my * my);
        mxy = (LaneSum(sxy) / sum) - (mx * my);
        return sum > 0;
    }

    private static double LaneSum(Vector512<double> v) =>
        ((v.GetElement(0) + v.GetElement(4)) + (v.GetElement(2) + v.GetElement(6)))
        + ((v.GetElement(1) + v.GetElement(5)) + (v.GetElement(3) + v.GetElement(7)));
}
