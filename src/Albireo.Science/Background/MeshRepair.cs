namespace Albireo.Science.Background;

/// <summary>Fills in the boxes that were left out, and smooths the mesh.</summary>
internal static class MeshRepair
{
    /// <summary>Neighbours that an inverse-distance mean uses.</summary>
    public const int Neighbours = 10;

    /// <summary>
    /// Replaces NaN by the mean of the nearest measured boxes (ten, and all others just as far as the tenth), weighted by inverse
    /// distance in boxes (Shepard 1968).
    /// </summary>
    /// <param name="mesh">Row-major [rows, columns]; at least one box is not NaN.</param>
    /// <param name="columns">Boxes in a row.</param>
    public static void Fill(Span<double> mesh, int columns)
    {
        double[] measured = mesh.ToArray();
        int known = 0;
        foreach (double value in measured)
        {
            known += double.IsNaN(value) ? 0 : 1;
        }
        if (known == measured.Length)
        {
            return;
        }
        for (int i = 0; i < measured.Length; i++)
        {
            if (double.IsNaN(measured[i]))
            {
                mesh[i] = NearestMean(measured, columns, known, i % columns, i / columns);
            }
        }
    }

    private static double NearestMean(ReadOnlySpan<double> mesh, int columns, int known, double x, double y)
    {
        int rows = mesh.Length / columns;
        Span<(double Distance, double Value)> nearest = new (double, double)[known];
        int found = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double value = mesh[(row * columns) + column];
                if (!double.IsNaN(value))
                {
                    nearest[found++] = (((column - x) * (column - x)) + ((row - y) * (row - y)), value);
                }
            }
        }
        nearest.Sort((a, b) => a.Distance.CompareTo(b.Distance));
        int last = Math.Min(Neighbours, found) - 1;
        double sum = 0;
        double weights = 0;
        foreach ((double square, double value) in nearest)
        {
            if (square > nearest[last].Distance)
            {
                break;
            }
            double weight = 1 / Math.Sqrt(square);
            sum += weight * value;
            weights += weight;
        }
        return sum / weights;
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
                filtered[(row * columns) + column] = Numerics.Medians.Of(window.AsSpan(0, count));
            }
        }
        return filtered;
    }
}
