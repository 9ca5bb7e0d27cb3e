using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>
/// Sums over exact circles in an <see cref="ApertureBox"/>: each row is one run of wholly covered pixels, added eight lanes at a time,
/// and a few pixels on the edge whose areas are collected and computed together. Its memory is rented.
/// </summary>
internal sealed class CircleSum : IDisposable
{
    private readonly double[] steep;
    private readonly double[] flat;
    private readonly double[] value;
    private readonly double[] edgeVariance;
    private readonly double[] area;
    private readonly double[] halfWidth;
    private readonly RowSpan[] rows;

    /// <summary>Edge pixels astride an axis: their second pieces come after all others.</summary>
    private readonly int[] astride = new int[32];

    /// <summary>Eight lanes on, eight off.</summary>
    private static readonly double[] TailMasks =
    [
        .. Enumerable.Repeat(BitConverter.UInt64BitsToDouble(ulong.MaxValue), 8),
        .. new double[8],
    ];

    /// <summary>Buffers for circles up to <paramref name="radius"/>.</summary>
    /// <param name="radius">The largest radius that will be asked for.</param>
    public CircleSum(double radius)
    {
        // A circle crosses at most 4 · ⌈2r + 1⌉ grid lines, and pixels astride an axis come in two pieces.
        int most = (4 * ((int)Math.Ceiling(2 * radius) + 3)) + 64;
        steep = ArrayPool<double>.Shared.Rent(most);
        flat = ArrayPool<double>.Shared.Rent(most);
        value = ArrayPool<double>.Shared.Rent(most);
        edgeVariance = ArrayPool<double>.Shared.Rent(most);
        area = ArrayPool<double>.Shared.Rent(most);
        int mostRows = (2 * (int)Math.Ceiling(radius)) + 16;
        halfWidth = ArrayPool<double>.Shared.Rent(mostRows);
        rows = ArrayPool<RowSpan>.Shared.Rent(mostRows);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        foreach (double[] rented in (ReadOnlySpan<double[]>)[steep, flat, value, edgeVariance, area, halfWidth])
        {
            ArrayPool<double>.Shared.Return(rented);
        }
        ArrayPool<RowSpan>.Shared.Return(rows);
    }

    /// <summary>
    /// One row of a circle as indices into the box: touched pixels [First, Last], wholly covered ones [FirstFull, LastFull] (if none,
    /// FirstFull is Last + 1 and LastFull is Last).
    /// </summary>
    private readonly record struct RowSpan(int First, int FirstFull, int LastFull, int Last);

    /// <summary>Σ f·value and Σ f²·variance (or Σ f·variance) over the circle about the box's star.</summary>
    public (double Sum, double Variance) Over(ApertureBox box, double radius, FluxErrorRule rule)
    {
        if (radius < CircleOverlap.SeriesRadius)
        {
            return OverPixels(box, radius, rule);
        }
        bool hasVariance = box.Variances.Length > 0;
        int firstRow = (int)Math.Ceiling(box.Y - radius - 0.5);
        int lastRow = (int)Math.Floor(box.Y + radius + 0.5);
        ReadOnlySpan<RowSpan> spans = Spans(box, radius, firstRow, lastRow);
        double sum = Runs(box.Values, spans);
        (int edges, int pairs) = Edges(box, spans, firstRow);
        int pieces = edges + pairs;
        Span<double> areas = area.AsSpan(0, pieces);
        CircleOverlap.OfEdges(steep.AsSpan(0, pieces), flat.AsSpan(0, pieces), radius, areas);
        sum += Lanes.Product(areas, value.AsSpan(0, pieces));
        if (!hasVariance)
        {
            return (sum, double.NaN);
        }
        for (int i = 0; i < pairs; i++)
        {
            areas[astride[i]] += areas[edges + i];
        }
        areas = areas[..edges];
        if (rule == FluxErrorRule.FractionSquared)
        {
            foreach (ref double f in areas)
            {
                f *= f;
            }
        }
        return (sum, Runs(box.Variances, spans) + Lanes.Product(areas, edgeVariance.AsSpan(0, edges)));
    }

    /// <summary>
    /// Which pixels of each row the circle touches and covers: up to the narrower of its half widths at the row's two sides they are
    /// wholly covered, beyond the wider one not at all.
    /// </summary>
    private ReadOnlySpan<RowSpan> Spans(ApertureBox box, double radius, int firstRow, int lastRow)
    {
        int count = lastRow - firstRow + 1;
        double x = box.X;
        double y = firstRow - 0.5 - box.Y;
        Vector512<double> square = Vector512.Create(radius * radius);
        for (int i = 0; i <= count; i += 8)
        {
            Vector512<double> at = Vector512.Create(y + i) + Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
            Vector512<double> left = square - (at * at);
            left = Vector512.ConditionalSelect(Vector512.GreaterThan(left, Vector512<double>.Zero), left, Vector512<double>.Zero);
            Vector512.Sqrt(left).CopyTo(halfWidth, i);
        }
        for (int i = 0; i < count; i++)
        {
            double lower = halfWidth[i];
            double upper = halfWidth[i + 1];
            double widest = Math.Abs(y + i + 0.5) < 0.5 ? radius : Math.Max(lower, upper);
            double narrowest = Math.Min(lower, upper);
            int first = (int)Math.Floor(x - widest + 0.5);
            int last = (int)Math.Ceiling(x + widest - 0.5);
            int firstFull = (int)Math.Ceiling(x - narrowest + 0.5);
            int lastFull = (int)Math.Floor(x + narrowest - 0.5);
            int line = (firstRow + i) * box.Stride;
            bool none = lastFull < firstFull;
            rows[i] = new RowSpan(line + first, line + (none ? last + 1 : firstFull), line + (none ? last : lastFull), line + last);
        }
        return rows.AsSpan(0, count);
    }

    /// <summary>Sum of the wholly covered pixels, in eight lanes.</summary>
    private static double Runs(double[] pixels, ReadOnlySpan<RowSpan> spans)
    {
        ref double first = ref MemoryMarshal.GetArrayDataReference(pixels);
        ref double masks = ref MemoryMarshal.GetArrayDataReference(TailMasks);
        Vector512<double> sums = Vector512<double>.Zero;
        foreach (RowSpan span in spans)
        {
            int i = span.FirstFull;
            for (; i <= span.LastFull - 7; i += 8)
            {
                sums += Vector512.LoadUnsafe(ref first, (nuint)i);
            }
            if (i <= span.LastFull)
            {
                sums += Vector512.LoadUnsafe(ref first, (nuint)i) & Vector512.LoadUnsafe(ref masks, (nuint)(7 - (span.LastFull - i)));
            }
        }
        return Lanes.Sum(sums);
    }

    /// <summary>
    /// Lists the pixels on the circle's edge with their distances from the star along both axes, then the second pieces of those astride
    /// an axis.
    /// </summary>
    private (int Edges, int Pairs) Edges(ApertureBox box, ReadOnlySpan<RowSpan> spans, int firstRow)
    {
        ref double pixels = ref MemoryMarshal.GetArrayDataReference(box.Values);
        int edges = 0;
        int pairs = 0;
        for (int row = 0; row < spans.Length; row++)
        {
            RowSpan span = spans[row];
            int line = (firstRow + row) * box.Stride;
            double dy = Math.Abs(firstRow + row - box.Y);
            int i = span.First;
            if (i == span.FirstFull)
            {
                i = span.LastFull + 1;
            }
            for (; i <= span.Last; i++)
            {
                double dx = Math.Abs(i - line - box.X);
                double near = dx < dy ? dx : dy;
                steep[edges] = dx < dy ? dy : dx;
                flat[edges] = near;
                value[edges] = Unsafe.Add(ref pixels, i);
                if (near < 0.5)
                {
                    astride[pairs++] = edges;
                }
                edges++;
                if (i + 1 == span.FirstFull)
                {
                    i = span.LastFull;
                }
            }
        }
        if (box.Variances.Length > 0)
        {
            EdgeVariances(box.Variances, spans);
        }
        for (int i = 0; i < pairs; i++)
        {
            steep[edges + i] = steep[astride[i]];
            flat[edges + i] = -flat[astride[i]];
            value[edges + i] = value[astride[i]];
        }
        return (edges, pairs);
    }

    private void EdgeVariances(double[] variances, ReadOnlySpan<RowSpan> spans)
    {
        int edges = 0;
        foreach (RowSpan span in spans)
        {
            for (int i = span.First; i < span.FirstFull; i++)
            {
                edgeVariance[edges++] = variances[i];
            }
            for (int i = span.LastFull + 1; i <= span.Last; i++)
            {
                edgeVariance[edges++] = variances[i];
            }
        }
    }

    /// <summary>The definition: every pixel with its exact area.</summary>
    internal static (double Sum, double Variance) OverPixels(ApertureBox box, double radius, FluxErrorRule rule)
    {
        bool hasVariance = box.Variances.Length > 0;
        double sum = 0;
        double total = hasVariance ? 0 : double.NaN;
        double square = radius * radius;
        for (int row = (int)Math.Ceiling(box.Y - radius - 0.5); row <= (int)Math.Floor(box.Y + radius + 0.5); row++)
        {
            for (int column = (int)Math.Ceiling(box.X - radius - 0.5); column <= (int)Math.Floor(box.X + radius + 0.5); column++)
            {
                double dx = Math.Abs(column - box.X);
                double dy = Math.Abs(row - box.Y);
                double nearX = Math.Max(dx - 0.5, 0);
                double nearY = Math.Max(dy - 0.5, 0);
                if ((nearX * nearX) + (nearY * nearY) >= square)
                {
                    continue;
                }
                bool whole = ((dx + 0.5) * (dx + 0.5)) + ((dy + 0.5) * (dy + 0.5)) <= square;
                double f = whole ? 1 : CircleOverlap.OfPixel(dx, dy, radius);
                int index = (row * box.Stride) + column;
                sum += f * box.Values[index];
                if (hasVariance)
                {
                    total += (rule == FluxErrorRule.FractionSquared ? f * f : f) * box.Variances[index];
                }
            }
        }
        return (sum, total);
    }
}
