using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Photometry;

/// <summary>Exact areas that a circle about the origin has in common with pixels.</summary>
/// <remarks>
/// Within a quadrant the common area of circle and rectangle is a rectangle, a trapezium under the chord of the arc that crosses, and
/// the circular segment between chord and arc, whose area for a chord c is r² (asin s − s √(1 − s²)), s = c / 2r.
/// </remarks>
public static class CircleOverlap
{
    /// <summary>Radius from which <see cref="OfEdges"/> may be used.</summary>
    internal const double SeriesRadius = 3;

    /// <summary>Area of the unit pixel centred at (<paramref name="dx"/>, <paramref name="dy"/>) that lies within the circle: 0 … 1.</summary>
    /// <param name="dx">Column minus the circle's centre.</param>
    /// <param name="dy">Row minus the circle's centre.</param>
    /// <param name="radius">In pixels; 0 or less gives 0.</param>
    public static double OfPixel(double dx, double dy, double radius) =>
        Math.Min(OfRectangle(Math.Abs(dx) - 0.5, Math.Abs(dy) - 0.5, Math.Abs(dx) + 0.5, Math.Abs(dy) + 0.5, radius), 1);

    /// <summary>Area of the rectangle [x0, x1] × [y0, y1] that lies within the circle.</summary>
    public static double OfRectangle(double x0, double y0, double x1, double y1, double radius)
    {
        if (!(radius > 0) || !(x1 > x0) || !(y1 > y0))
        {
            return radius > 0 && (double.IsNaN(x0 + x1 + y0 + y1)) || double.IsNaN(radius) ? double.NaN : 0;
        }
        if (x0 < 0 && x1 > 0)
        {
            return OfRectangle(0, y0, -x0, y1, radius) + OfRectangle(0, y0, x1, y1, radius);
        }
        if (y0 < 0 && y1 > 0)
        {
            return OfRectangle(x0, 0, x1, -y0, radius) + OfRectangle(x0, 0, x1, y1, radius);
        }
        (x0, x1) = x1 <= 0 ? (-x1, -x0) : (x0, x1);
        (y0, y1) = y1 <= 0 ? (-y1, -y0) : (y0, y1);
        double square = radius * radius;
        if ((x0 * x0) + (y0 * y0) >= square)
        {
            return 0;
        }
        if ((x1 * x1) + (y1 * y1) <= square)
        {
            return (x1 - x0) * (y1 - y0);
        }
        double a = Math.Clamp(Math.Sqrt(Math.Max(square - (y1 * y1), 0)), x0, x1);
        double b = Math.Clamp(Math.Sqrt(square - (y0 * y0)), x0, x1);
        double heightA = Math.Sqrt(square - (a * a));
        double heightB = Math.Sqrt(Math.Max(square - (b * b), 0));
        double trapezium = (b - a) * (((heightA + heightB) / 2) - y0);
        double s = Math.Min(Math.Sqrt(((b - a) * (b - a)) + ((heightA - heightB) * (heightA - heightB))) / (2 * radius), 1);
        double segment = square * SegmentOverSquare(s);
        return ((a - x0) * (y1 - y0)) + trapezium + segment;
    }

    /// <summary>
    /// asin s − s √(1 − s²). The angle is halved until the series holds; only roots are used, which are the same on every machine, while
    /// a library's arc sine is not.
    /// </summary>
    private static double SegmentOverSquare(double s)
    {
        const double SeriesLimit = 1.0 / (2 * SeriesRadius * SeriesRadius);
        double t = s;
        if (t * t <= SeriesLimit)
        {
            return t * t * t * Series(t * t);
        }
        double cosine = Math.Sqrt(1 - (s * s));
        double halfCosine = cosine;
        double doubled = 1;
        while (t * t > SeriesLimit)
        {
            t /= Math.Sqrt(2 * (1 + halfCosine));
            halfCosine = Math.Sqrt((1 + halfCosine) / 2);
            doubled *= 2;
        }
        return (doubled * ((t * t * t * Series(t * t)) + (t * halfCosine))) - (s * cosine);
    }

    /// <summary>
    /// Areas of many pieces of pixels on the circle's edge, eight at a time. A piece is a pixel mirrored into the octant where its
    /// distance from the centre is greater along the first axis: [steep − ½, steep + ½] × [max(flat − ½, 0), flat + ½]. A pixel astride
    /// the axis is two pieces, flat and −flat.
    /// </summary>
    /// <param name="steep">Distance along the first axis, at least ½.</param>
    /// <param name="flat">Distance along the second, at most steep.</param>
    /// <param name="radius">At least <see cref="SeriesRadius"/>: the segment's area is a series in s² = c²/4r², cut where it is below 1e-13.</param>
    /// <param name="area">Receives the areas.</param>
    internal static void OfEdges(ReadOnlySpan<double> steep, ReadOnlySpan<double> flat, double radius, Span<double> area)
    {
        ref double u = ref MemoryMarshal.GetReference(steep);
        ref double v = ref MemoryMarshal.GetReference(flat);
        ref double result = ref MemoryMarshal.GetReference(area);
        Vector512<double> square = Vector512.Create(radius * radius);
        Vector512<double> inverse = Vector512.Create(1 / (4 * radius * radius));
        Vector512<double> factor = Vector512.Create(1 / (8 * radius));
        int i = 0;
        for (; i <= area.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            EdgeLanes(Vector512.LoadUnsafe(ref u, (nuint)i), Vector512.LoadUnsafe(ref v, (nuint)i), square, inverse, factor)
                .StoreUnsafe(ref result, (nuint)i);
        }
        for (; i < area.Length; i++)
        {
            area[i] = Edge(steep[i], flat[i], radius);
        }
    }

    /// <summary>The definition of <see cref="OfEdges"/> for one piece.</summary>
    internal static double Edge(double steep, double flat, double radius)
    {
        double square = radius * radius;
        double inner = steep - 0.5;
        double outer = steep + 0.5;
        double from = Math.Max(flat - 0.5, 0);
        double to = flat + 0.5;
        // The arc enters the piece at (a, heightA) and leaves it at (b, heightB); at each end one coordinate is a side of the piece.
        double beforeA = square - (outer * outer);
        bool atFrom = beforeA <= from * from;
        double rootA = Math.Sqrt(atFrom ? square - (from * from) : beforeA);
        double a = Math.Min(atFrom ? from : rootA, to);
        double heightA = atFrom ? rootA : outer;
        double beforeB = square - (inner * inner);
        bool atTo = beforeB >= to * to;
        double rootB = Math.Sqrt(Math.Max(atTo ? square - (to * to) : beforeB, 0));
        double b = Math.Max(atTo ? to : rootB, from);
        double heightB = atTo ? rootB : inner;
        double width = b - a;
        double drop = heightA - heightB;
        double chord = (width * width) + (drop * drop);
        double segment = chord * Math.Sqrt(chord) * (1 / (8 * radius)) * Series(chord * (1 / (4 * radius * radius)));
        double curved = (width * (((heightA + heightB) * 0.5) - inner)) + segment;
        return (a - from) + (width > 0 ? curved : 0);
    }

    /// <summary>(asin s − s √(1 − s²)) / s³ = Σ 2 (2k)! / (4^k k!² (2k + 3)) s^2k, with z = s².</summary>
    private static double Series(double z)
    {
        double series = 6435.0 / 311296;
        series = (series * z) + (429.0 / 17408);
        series = (series * z) + (231.0 / 7680);
        series = (series * z) + (63.0 / 1664);
        series = (series * z) + (35.0 / 704);
        series = (series * z) + (5.0 / 72);
        series = (series * z) + (3.0 / 28);
        series = (series * z) + (1.0 / 5);
        return (series * z) + (2.0 / 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> EdgeLanes(
        Vector512<double> steep,
        Vector512<double> flat,
        Vector512<double> square,
        Vector512<double> inverse,
        Vector512<double> factor
    )
    {
        Vector512<double> half = Vector512.Create(0.5);
        Vector512<double> zero = Vector512<double>.Zero;
        Vector512<double> inner = steep - half;
        Vector512<double> outer = steep + half;
        Vector512<double> from = Greater(flat - half, zero);
        Vector512<double> to = flat + half;
        Vector512<double> beforeA = square - (outer * outer);
        Vector512<double> atFrom = Vector512.LessThanOrEqual(beforeA, from * from);
        Vector512<double> rootA = Vector512.Sqrt(Vector512.ConditionalSelect(atFrom, square - (from * from), beforeA));
        Vector512<double> a = Lesser(Vector512.ConditionalSelect(atFrom, from, rootA), to);
        Vector512<double> heightA = Vector512.ConditionalSelect(atFrom, rootA, outer);
        Vector512<double> beforeB = square - (inner * inner);
        Vector512<double> atTo = Vector512.GreaterThanOrEqual(beforeB, to * to);
        Vector512<double> rootB = Vector512.Sqrt(Greater(Vector512.ConditionalSelect(atTo, square - (to * to), beforeB), zero));
        Vector512<double> b = Greater(Vector512.ConditionalSelect(atTo, to, rootB), from);
        Vector512<double> heightB = Vector512.ConditionalSelect(atTo, rootB, inner);
        Vector512<double> width = b - a;
        Vector512<double> drop = heightA - heightB;
        Vector512<double> chord = (width * width) + (drop * drop);
        Vector512<double> z = chord * inverse;
        Vector512<double> series = Vector512.Create(6435.0 / 311296);
        series = (series * z) + Vector512.Create(429.0 / 17408);
        series = (series * z) + Vector512.Create(231.0 / 7680);
        series = (series * z) + Vector512.Create(63.0 / 1664);
        series = (series * z) + Vector512.Create(35.0 / 704);
        series = (series * z) + Vector512.Create(5.0 / 72);
        series = (series * z) + Vector512.Create(3.0 / 28);
        series = (series * z) + Vector512.Create(1.0 / 5);
        series = (series * z) + Vector512.Create(2.0 / 3);
        Vector512<double> segment = chord * Vector512.Sqrt(chord) * factor * series;
        Vector512<double> curved = (width * (((heightA + heightB) * half) - inner)) + segment;
        return (a - from) + Vector512.ConditionalSelect(Vector512.GreaterThan(width, zero), curved, zero);
    }

    /// <summary>The greater of two, without the care that <c>Vector512.Max</c> takes of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Greater(Vector512<double> a, Vector512<double> b) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Lesser(Vector512<double> a, Vector512<double> b) =>
        Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);
}
