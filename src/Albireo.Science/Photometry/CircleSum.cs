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
    private readonly double[] from;
    private readonly double[] to;
    private readonly double[] area;
    private readonly int[] at;
    private readonly int[] whole;
    private readonly double[] tailMasks;

    /// <summary>Buffers for circles up to <paramref name="radius"/>.</summary>
    /// <param name="radius">The largest radius that will be asked for.</param>
    public CircleSum(double radius)
    {
        // A circle crosses at most 4 · ⌈2r + 1⌉ grid lines, and pixels astride an axis come in two pieces.
        int most = (4 * ((int)Math.Ceiling(2 * radius) + 3)) + 64;
        steep = new double[most];
        from = new double[most];
        to = new double[most];
        area = new double[most];
        at = new int[most];
        whole = new int[most];
        tailMasks = new double[16];
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
        double square = radius * radius;
        Vector512<double> sums = Vector512<double>.Zero;
        Vector512<double> variances = Vector512<double>.Zero;
        int edges = 0;
        int pieces = 0;
        int firstRow = (int)Math.Ceiling(box.Y - radius - 0.5);
        int lastRow = (int)Math.Floor(box.Y + radius + 0.5);
        ref double values = ref MemoryMarshal.GetArrayDataReference(box.Values);
        ref double squares = ref MemoryMarshal.GetArrayDataReference(box.Variances);
        ref double masks = ref MemoryMarshal.GetArrayDataReference(tailMasks);
        for (int row = firstRow; row <= lastRow; row++)
        {
            double dy = Math.Abs(row - box.Y);
            double near = Math.Max(dy - 0.5, 0);
            double widest = Math.Sqrt(Math.Max(square - (near * near), 0));
            double far = dy + 0.5;
            double narrowest = far < radius ? Math.Sqrt(square - (far * far)) : 0;
            int first = (int)Math.Floor(box.X - widest - 0.5) + 1;
            int last = (int)Math.Ceiling(box.X + widest + 0.5) - 1;
            int firstFull = (int)Math.Ceiling(box.X - narrowest + 0.5);
            int lastFull = (int)Math.Floor(box.X + narrowest - 0.5);
            if (narrowest <= 0.5 || lastFull < firstFull)
            {
                (firstFull, lastFull) = (last + 1, last);
            }
            int line = row * box.Stride;
            for (int column = firstFull; column <= lastFull; column += 8)
            {
                nuint offset = (nuint)(line + column);
                Vector512<double> lanes = Vector512.LoadUnsafe(ref values, offset);
                int left = lastFull + 1 - column;
                if (left < 8)
                {
                    lanes &= Vector512.LoadUnsafe(ref masks, (nuint)(8 - left));
                }
                sums += lanes;
                if (hasVariance)
                {
                    Vector512<double> more = Vector512.LoadUnsafe(ref squares, offset);
                    variances += left < 8 ? more & Vector512.LoadUnsafe(ref masks, (nuint)(8 - left)) : more;
                }
            }
            for (int column = first; column <= last; column++)
            {
                if (column == firstFull)
                {
                    column = lastFull;
                    continue;
                }
                Add(Math.Abs(column - box.X), dy, line + column, edges++, ref pieces);
            }
        }
        for (int i = 0; i < pieces; i++)
        {
            // The other halves of pixels astride an axis follow the edges.
            (steep[edges + i], from[edges + i], to[edges + i]) = (steep[^(i + 1)], 0, to[^(i + 1)]);
        }
        int all = edges + pieces;
        CircleOverlap.OfEdges(steep.AsSpan(0, all), from.AsSpan(0, all), to.AsSpan(0, all), radius, area.AsSpan(0, all));
        for (int i = 0; i < pieces; i++)
        {
            area[whole[i]] += area[edges + i];
        }
        double sum = Lanes.Sum(sums);
        double variance = hasVariance ? Lanes.Sum(variances) : double.NaN;
        for (int i = 0; i < edges; i++)
        {
            double f = area[i];
            sum += f * box.Values[at[i]];
            if (hasVariance)
            {
                variance += (rule == FluxErrorRule.FractionSquared ? f * f : f) * box.Variances[at[i]];
            }
        }
        return (sum, variance);
    }

    /// <summary>Adds one edge pixel, given its distances from the star along both axes.</summary>
    private void Add(double dx, double dy, int index, int edge, ref int pieces)
    {
        double far = Math.Max(dx, dy);
        double near = Math.Min(dx, dy);
        at[edge] = index;
        steep[edge] = far;
        from[edge] = Math.Max(near - 0.5, 0);
        to[edge] = near + 0.5;
        if (near < 0.5)
        {
            whole[pieces] = edge;
            pieces++;
            steep[^pieces] = far;
            to[^pieces] = 0.5 - near;
        }
    }

    /// <summary>The definition: every pixel with its exact area.</summary>
    internal static (double Sum, double Variance) OverPixels(ApertureBox box, double radius, FluxErrorRule rule)
    {
        bool hasVariance = box.Variances.Length > 0;
        double sum = 0;
        double variance = hasVariance ? 0 : double.NaN;
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
                    variance += (rule == FluxErrorRule.FractionSquared ? f * f : f) * box.Variances[index];
                }
            }
        }
        return (sum, variance);
    }
}
