using System.Numerics.Tensors;
using Albireo.Science.Numerics;

namespace Albireo.Science.Background;

/// <summary>Fills in the boxes that were left out, and smooths the mesh.</summary>
internal static class MeshRepair
{
    /// <summary>Neighbours that an inverse-distance mean uses.</summary>
    public const int Neighbours = 10;

    /// <summary>
    /// Replaces NaN by the mean of the ten nearest measured boxes, weighted by inverse distance in boxes (Shepard 1968). Of boxes that
    /// are equally far those are taken that photutils takes (see <see cref="KdTree"/>).
    /// </summary>
    /// <param name="mesh">Row-major [rows, columns]; at least one box is not NaN.</param>
    /// <param name="columns">Boxes in a row.</param>
    public static void Fill(Span<double> mesh, int columns)
    {
        if (!TensorPrimitives.IsNaNAny<double>(mesh))
        {
            return;
        }
        double[] measured = mesh.ToArray();
        double[] points = [.. Places(measured, columns).SelectMany(p => new[] { (double)p.Row, p.Column })];
        double[] values = Array.FindAll(measured, v => !double.IsNaN(v));
        var search = new KdTree.Search(new KdTree(points), Neighbours);
        for (int i = 0; i < measured.Length; i++)
        {
            if (double.IsNaN(measured[i]))
            {
                mesh[i] = InverseDistanceMean(search, values, i / columns, i % columns);
            }
        }
    }

    /// <summary>Rows and columns of the boxes that are not NaN.</summary>
    public static IEnumerable<(int Row, int Column)> Places(double[] mesh, int columns)
    {
        for (int i = 0; i < mesh.Length; i++)
        {
            if (!double.IsNaN(mesh[i]))
            {
                yield return (i / columns, i % columns);
            }
        }
    }

    /// <summary>Mean of the nearest values, weighted by inverse distance; at a point's own place its value.</summary>
    public static double InverseDistanceMean(KdTree.Search search, ReadOnlySpan<double> values, double row, double column)
    {
        Span<int> nearest = stackalloc int[Neighbours];
        Span<double> squares = stackalloc double[Neighbours];
        int found = search.Find(row, column, nearest, squares);
        if (squares[0] <= 1e-24)
        {
            return values[nearest[0]];
        }
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < found; i++)
        {
            double weight = 1 / Math.Sqrt(squares[i]);
            sum += weight * values[nearest[i]];
            weights += weight;
        }
        // Kept within the values: rounding must not make a constant sky uneven.
        (double least, double greatest) = (values[nearest[0]], values[nearest[0]]);
        foreach (int i in nearest[..found])
        {
            (least, greatest) = (Math.Min(least, values[i]), Math.Max(greatest, values[i]));
        }
        return Math.Clamp(sum / weights, least, greatest);
    }

    /// <summary>Median over a square of boxes around each; at the borders over those that exist.</summary>
    /// <param name="mesh">Row-major [rows, columns], no NaN.</param>
    /// <param name="columns">Boxes in a row.</param>
    /// <param name="size">Side of the square, odd.</param>
    public static double[] MedianFilter(ReadOnlySpan<double> mesh, int columns, int size)
    {
        int rows = mesh.Length / columns;
        int reach = size / 2;
        double[] filtered = new double[mesh.Length];
        double[] window = new double[size * size];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int count = 0;
                for (int y = Math.Max(row - reach, 0); y <= Math.Min(row + reach, rows - 1); y++)
                {
                    for (int x = Math.Max(column - reach, 0); x <= Math.Min(column + reach, columns - 1); x++)
                    {
                        window[count++] = mesh[(y * columns) + x];
                    }
                }
                filtered[(row * columns) + column] = Medians.Of(window.AsSpan(0, count));
            }
        }
        return filtered;
    }
}
