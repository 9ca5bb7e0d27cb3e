namespace Albireo.Science.Photometry;

/// <summary>Exact areas that convex polygons have in common with the unit circle and with rectangles.</summary>
internal static class PolygonOverlap
{
    /// <summary>
    /// Area common to the unit circle about the origin and a polygon: along each side the parts inside the circle add a triangle with
    /// the origin, those outside a sector. Positive for corners given anticlockwise.
    /// </summary>
    /// <param name="corners">Three or more corners.</param>
    public static double WithUnitCircle(ReadOnlySpan<(double X, double Y)> corners)
    {
        double twice = 0;
        for (int i = 0; i < corners.Length; i++)
        {
            twice += SideTwice(corners[i], corners[i + 1 == corners.Length ? 0 : i + 1]);
        }
        return twice / 2;
    }

    /// <summary>Area common to a convex polygon and the rectangle |x| ≤ halfWidth, |y| ≤ halfHeight.</summary>
    /// <param name="corners">Up to eight corners.</param>
    /// <param name="halfWidth">Half the rectangle's width.</param>
    /// <param name="halfHeight">Half its height.</param>
    public static double WithRectangle(ReadOnlySpan<(double X, double Y)> corners, double halfWidth, double halfHeight)
    {
        Span<(double X, double Y)> first = stackalloc (double, double)[16];
        Span<(double X, double Y)> second = stackalloc (double, double)[16];
        int count = Cut(corners, 1, 0, halfWidth, first);
        count = Cut(first[..count], -1, 0, halfWidth, second);
        count = Cut(second[..count], 0, 1, halfHeight, first);
        count = Cut(first[..count], 0, -1, halfHeight, second);
        double twice = 0;
        for (int i = 0; i < count; i++)
        {
            (double x, double y) = second[i];
            (double nextX, double nextY) = second[i + 1 == count ? 0 : i + 1];
            twice += (x * nextY) - (y * nextX);
        }
        return Math.Abs(twice) / 2;
    }

    private static double SideTwice((double X, double Y) p, (double X, double Y) q)
    {
        (double dx, double dy) = (q.X - p.X, q.Y - p.Y);
        double a = (dx * dx) + (dy * dy);
        double b = (p.X * dx) + (p.Y * dy);
        double c = (p.X * p.X) + (p.Y * p.Y) - 1;
        double discriminant = (b * b) - (a * c);
        if (a == 0)
        {
            return 0;
        }
        if (discriminant <= 0)
        {
            return c < 0 ? Cross(p, q) : Angle(p, q);
        }
        double root = Math.Sqrt(discriminant);
        double enter = Math.Max((-b - root) / a, 0);
        double leave = Math.Min((-b + root) / a, 1);
        if (enter >= leave)
        {
            return Angle(p, q);
        }
        (double X, double Y) into = enter == 0 ? p : (p.X + (enter * dx), p.Y + (enter * dy));
        (double X, double Y) outOf = leave == 1 ? q : (p.X + (leave * dx), p.Y + (leave * dy));
        return (enter > 0 ? Angle(p, into) : 0) + Cross(into, outOf) + (leave < 1 ? Angle(outOf, q) : 0);
    }

    private static double Cross((double X, double Y) p, (double X, double Y) q) => (p.X * q.Y) - (p.Y * q.X);

    private static double Angle((double X, double Y) p, (double X, double Y) q) => Math.Atan2(Cross(p, q), (p.X * q.X) + (p.Y * q.Y));

    /// <summary>Keeps the part of a convex polygon with nx·x + ny·y ≤ limit (Sutherland &amp; Hodgman 1974).</summary>
    private static int Cut(ReadOnlySpan<(double X, double Y)> corners, double nx, double ny, double limit, Span<(double X, double Y)> kept)
    {
        int count = 0;
        for (int i = 0; i < corners.Length; i++)
        {
            (double X, double Y) p = corners[i];
            (double X, double Y) q = corners[i + 1 == corners.Length ? 0 : i + 1];
            double before = limit - (nx * p.X) - (ny * p.Y);
            double after = limit - (nx * q.X) - (ny * q.Y);
            if (before >= 0)
            {
                kept[count++] = p;
            }
            if ((before > 0 && after < 0) || (before < 0 && after > 0))
            {
                double t = before / (before - after);
                kept[count++] = (p.X + (t * (q.X - p.X)), p.Y + (t * (q.Y - p.Y)));
            }
        }
        return count;
    }
}
