using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>
/// Sums over exact circles in an <see cref="ApertureBox"/>: each row is one run of wholly covered pixels, added eight lanes at a time,
/// and a few pixels on the edge whose areas are collected and computed together.
/// </summary>
internal sealed class CircleSum
{
    private readonly double[] steep;
    private readonly double[] flat;
    private readonly double[] value;
    private readonly double[] edgeVariance;
    private readonly double[] area;
    private readonly double[] halfWidth;

    /// <summary>Edge pixels astride an axis: their second pieces come after all others.</summary>
    private readonly int[] astride = new int[32];

    /// <summary>Eight lanes on, eight off.</summary>
    private readonly double[] tailMasks = new double[16];

    /// <summary>Buffers for circles up to <paramref name="radius"/>.</summary>
    /// <param name="radius">The largest radius that will be asked for.</param>
    public CircleSum(double radius)
    {
        // A circle crosses at most 4 · ⌈2r + 1⌉ grid lines, and pixels astride an axis come in two pieces.
        int most = (4 * ((int)Math.Ceiling(2 * radius) + 3)) + 64;
        steep = new double[most];
        flat = new double[most];
        value = new double[most];
        edgeVariance = new double[most];
        area = new double[most];
        halfWidth = new double[(2 * (int)Math.Ceiling(radius)) + 16];
        tailMasks.AsSpan(0, 8).Fill(BitConverter.UInt64BitsToDouble(ulong.MaxValue));
    }

    /// <summary>Σ f·value and Σ f²·variance (or Σ f·variance) over the circle about the box's star.</summary>
    public (double Sum, double Variance) Over(ApertureBox box, double radius, FluxErrorRule rule)
    {
        if (radius < CircleOverlap.SeriesRadius)
        {
            return OverPixels(box, radius, rule);
        }
        bool hasVariance = box.Variances.Length > 0;
        Vector512<double> sums = Vector512<double>.Zero;
        Vector512<double> variances = Vector512<double>.Zero;
        ref double values = ref MemoryMarshal.GetArrayDataReference(box.Values);
        ref double squares = ref MemoryMarshal.GetArrayDataReference(box.Variances);
        ref double masks = ref MemoryMarshal.GetArrayDataReference(tailMasks);
        int edges = 0;
        int pairs = 0;
        double x = box.X;
        int firstRow = (int)Math.Ceiling(box.Y - radius - 0.5);
        int lastRow = (int)Math.Floor(box.Y + radius + 0.5);
        HalfWidths(firstRow - 0.5 - box.Y, lastRow - firstRow + 2, radius);
        for (int row = firstRow; row <= lastRow; row++)
        {
            // The circle's half width at the row's lower and upper side: pixels up to the narrower one are wholly covered, beyond the
            // wider one not at all.
            double dy = Math.Abs(row - box.Y);
            double lower = halfWidth[row - firstRow];
            double upper = halfWidth[row - firstRow + 1];
            double widest = dy < 0.5 ? radius : Math.Max(lower, upper);
            double narrowest = Math.Min(lower, upper);
            int first = (int)Math.Floor(x - widest + 0.5);
            int last = (int)Math.Ceiling(x + widest - 0.5);
            int firstFull = (int)Math.Ceiling(x - narrowest + 0.5);
            int lastFull = (int)Math.Floor(x + narrowest - 0.5);
            if (lastFull < firstFull)
            {
                (firstFull, lastFull) = (last + 1, last);
            }
            int line = row * box.Stride;
            int column = firstFull;
            for (; column <= lastFull - 7; column += 8)
            {
                sums += Vector512.LoadUnsafe(ref values, (nuint)(line + column));
                if (hasVariance)
                {
                    variances += Vector512.LoadUnsafe(ref squares, (nuint)(line + column));
                }
            }
            if (column <= lastFull)
            {
                Vector512<double> mask = Vector512.LoadUnsafe(ref masks, (nuint)(7 - (lastFull - column)));
                sums += Vector512.LoadUnsafe(ref values, (nuint)(line + column)) & mask;
                if (hasVariance)
                {
                    variances += Vector512.LoadUnsafe(ref squares, (nuint)(line + column)) & mask;
                }
            }
            for (column = first; column < firstFull; column++)
            {
                Add(box, x - column, dy, line + column, ref edges, ref pairs);
            }
            for (column = lastFull + 1; column <= last; column++)
            {
                Add(box, column - x, dy, line + column, ref edges, ref pairs);
            }
        }
        for (int i = 0; i < pairs; i++)
        {
            steep[edges + i] = steep[astride[i]];
            flat[edges + i] = -flat[astride[i]];
            value[edges + i] = value[astride[i]];
        }
        int pieces = edges + pairs;
        CircleOverlap.OfEdges(steep.AsSpan(0, pieces), flat.AsSpan(0, pieces), radius, area.AsSpan(0, pieces));
        double sum = Lanes.Sum(sums) + Lanes.Product(area.AsSpan(0, pieces), value.AsSpan(0, pieces));
        if (!hasVariance)
        {
            return (sum, double.NaN);
        }
        for (int i = 0; i < pairs; i++)
        {
            area[astride[i]] += area[edges + i];
        }
        if (rule == FluxErrorRule.FractionSquared)
        {
            for (int i = 0; i < edges; i++)
            {
                area[i] *= area[i];
            }
        }
        return (sum, Lanes.Sum(variances) + Lanes.Product(area.AsSpan(0, edges), edgeVariance.AsSpan(0, edges)));
    }

    /// <summary>√(r² − y²), or 0 outside the circle, at <paramref name="count"/> lines a pixel apart.</summary>
    private void HalfWidths(double y, int count, double radius)
    {
        Vector512<double> square = Vector512.Create(radius * radius);
        for (int i = 0; i < count; i += 8)
        {
            Vector512<double> at = Vector512.Create(y + i) + Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
            Vector512.Sqrt(Vector512.Max(square - (at * at), Vector512<double>.Zero)).CopyTo(halfWidth, i);
        }
    }

    /// <summary>Adds one edge pixel, given its distances from the star along both axes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ApertureBox box, double dx, double dy, int index, ref int edges, ref int pairs)
    {
        dx = Math.Abs(dx);
        double near = Math.Min(dx, dy);
        steep[edges] = Math.Max(dx, dy);
        flat[edges] = near;
        value[edges] = box.Values[index];
        if (box.Variances.Length > 0)
        {
            edgeVariance[edges] = box.Variances[index];
        }
        if (near < 0.5)
        {
            astride[pairs++] = edges;
        }
        edges++;
    }

    /// <summary>The definition: every pixel with its exact area.</summary>
    internal static (double Sum, double Variance) OverPixels(ApertureBox box, double radius, FluxErrorRule rule)
    {
        bool hasVariance = box.Variances.Length > 0;
        double sum = 0;
        double total = hasVariance ? 0 : double.NaN;
        for (int row = (int)Math.Ceiling(box.Y - radius - 0.5); row <= (int)Math.Floor(box.Y + radius + 0.5); row++)
        {
            for (int column = (int)Math.Ceiling(box.X - radius - 0.5); column <= (int)Math.Floor(box.X + radius + 0.5); column++)
            {
                double f = CircleOverlap.OfPixel(column - box.X, row - box.Y, radius);
                if (f == 0)
                {
                    continue;
                }
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
