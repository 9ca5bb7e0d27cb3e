using Albireo.Science.Images;

namespace Albireo.Science.Matching;

/// <summary>Least-squares maps between two lists of corresponding positions.</summary>
public static class TransformFit
{
    /// <summary>
    /// The shift, rotation and scale that bring <paramref name="from"/> closest to <paramref name="to"/> (Umeyama 1991 in closed
    /// form), with or without a reflection.
    /// </summary>
    /// <returns>Null for fewer than two positions or when all coincide.</returns>
    /// <exception cref="ArgumentException">Lists of different lengths.</exception>
    public static PlaneTransform? Similarity(ReadOnlySpan<PixelPosition> from, ReadOnlySpan<PixelPosition> to, bool reflected)
    {
        Numerics.Require.SameLength(from.Length, to.Length);
        if (from.Length < 2)
        {
            return null;
        }
        (double mx, double my, double ux, double uy) = Means(from, to);
        (double c, double s, double norm) = (0, 0, 0);
        for (int i = 0; i < from.Length; i++)
        {
            double x = from[i].X - mx;
            double y = (from[i].Y - my) * (reflected ? -1 : 1);
            double u = to[i].X - ux;
            double v = to[i].Y - uy;
            c += (x * u) + (y * v);
            s += (x * v) - (y * u);
            norm += (x * x) + (y * y);
        }
        if (!(norm > 0))
        {
            return null;
        }
        c /= norm;
        s /= norm;
        double sign = reflected ? -1 : 1;
        var t = new PlaneTransform(c, -s * sign, 0, s, c * sign, 0);
        PixelPosition at = t.Apply(mx, my);
        return t with { C = ux - at.X, F = uy - at.Y };
    }

    /// <summary>The affine map that brings <paramref name="from"/> closest to <paramref name="to"/>.</summary>
    /// <returns>Null for fewer than three positions or when they lie on a line.</returns>
    /// <exception cref="ArgumentException">Lists of different lengths.</exception>
    public static PlaneTransform? Affine(ReadOnlySpan<PixelPosition> from, ReadOnlySpan<PixelPosition> to)
    {
        Numerics.Require.SameLength(from.Length, to.Length);
        if (from.Length < 3)
        {
            return null;
        }
        (double mx, double my, double ux, double uy) = Means(from, to);
        (double xx, double xy, double yy, double xu, double yu, double xv, double yv) = (0, 0, 0, 0, 0, 0, 0);
        for (int i = 0; i < from.Length; i++)
        {
            double x = from[i].X - mx;
            double y = from[i].Y - my;
            double u = to[i].X - ux;
            double v = to[i].Y - uy;
            xx += x * x;
            xy += x * y;
            yy += y * y;
            xu += x * u;
            yu += y * u;
            xv += x * v;
            yv += y * v;
        }
        double determinant = (xx * yy) - (xy * xy);
        if (!(determinant > 1e-9 * (xx + yy) * (xx + yy)))
        {
            return null;
        }
        double a = ((xu * yy) - (yu * xy)) / determinant;
        double b = ((yu * xx) - (xu * xy)) / determinant;
        double d = ((xv * yy) - (yv * xy)) / determinant;
        double e = ((yv * xx) - (xv * xy)) / determinant;
        return new PlaneTransform(a, b, ux - (a * mx) - (b * my), d, e, uy - (d * mx) - (e * my));
    }

    private static (double Mx, double My, double Ux, double Uy) Means(ReadOnlySpan<PixelPosition> from, ReadOnlySpan<PixelPosition> to)
    {
        (double mx, double my, double ux, double uy) = (0, 0, 0, 0);
        for (int i = 0; i < from.Length; i++)
        {
            mx += from[i].X;
            my += from[i].Y;
            ux += to[i].X;
            uy += to[i].Y;
        }
        double n = from.Length;
        return (mx / n, my / n, ux / n, uy / n);
    }
}
