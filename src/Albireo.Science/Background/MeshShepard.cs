namespace Albireo.Science.Background;

/// <summary>
/// Mean of the nearest measured boxes (ten, and all others just as far as the tenth), weighted by inverse distance from their centres
/// in pixels (Shepard 1968), as photutils' BkgIDWInterpolator; at a box's centre the box's own value.
/// </summary>
internal sealed class MeshShepard(double[] mesh, bool[] measured, int columns, int boxWidth, int boxHeight, int width) : MeshInterpolator
{
    private readonly int rows = mesh.Length / columns;

    /// <inheritdoc/>
    public override void Row(int y, Span<float> destination)
    {
        for (int x = 0; x < Math.Min(destination.Length, width); x++)
        {
            destination[x] = (float)At(x, y);
        }
    }

    /// <inheritdoc/>
    public override double At(double x, double y)
    {
        Span<double> nearest = stackalloc double[MeshRepair.Neighbours];
        nearest.Fill(double.PositiveInfinity);
        int column = Math.Clamp((int)(x / boxWidth), 0, columns - 1);
        int row = Math.Clamp((int)(y / boxHeight), 0, rows - 1);
        int ring = 0;
        double reach;
        do
        {
            // Every box outside the rings searched is at least this far away.
            reach = (ring + 0.5) * Math.Min(boxWidth, boxHeight);
            Visit(ring, column, row, x, y, nearest);
            ring++;
        } while (ring < Math.Max(columns, rows) && !(nearest[^1] < (reach - 1) * (reach - 1)));
        int found = nearest.IndexOf(double.PositiveInfinity);
        double farthest = found < 0 ? nearest[^1] : nearest[Math.Max(found - 1, 0)];
        return Mean(column, row, ring, farthest, x, y);
    }

    private double SquareDistance(int column, int row, double x, double y)
    {
        double dx = (column * boxWidth) + ((boxWidth - 1) / 2.0) - x;
        double dy = (row * boxHeight) + ((boxHeight - 1) / 2.0) - y;
        return (dx * dx) + (dy * dy);
    }

    private void Visit(int ring, int column, int row, double x, double y, Span<double> nearest)
    {
        for (int r = Math.Max(row - ring, 0); r <= Math.Min(row + ring, rows - 1); r++)
        {
            bool whole = Math.Abs(r - row) == ring;
            for (int c = column - ring; c <= column + ring; c += whole || ring == 0 ? 1 : 2 * ring)
            {
                if (c >= 0 && c < columns && measured[(r * columns) + c])
                {
                    Insert(nearest, SquareDistance(c, r, x, y));
                }
            }
        }
    }

    private static void Insert(Span<double> nearest, double square)
    {
        for (int i = nearest.Length - 1; i >= 0 && square < nearest[i]; i--)
        {
            if (i + 1 < nearest.Length)
            {
                nearest[i + 1] = nearest[i];
            }
            nearest[i] = square;
        }
    }

    private double Mean(int column, int row, int rings, double farthest, double x, double y)
    {
        double sum = 0;
        double weights = 0;
        for (int r = Math.Max(row - rings, 0); r <= Math.Min(row + rings, rows - 1); r++)
        {
            for (int c = Math.Max(column - rings, 0); c <= Math.Min(column + rings, columns - 1); c++)
            {
                int box = (r * columns) + c;
                double square = SquareDistance(c, r, x, y);
                if (!measured[box] || square > farthest)
                {
                    continue;
                }
                if (square <= 1e-24)
                {
                    return mesh[box];
                }
                double weight = 1 / Math.Sqrt(square);
                sum += weight * mesh[box];
                weights += weight;
            }
        }
        return sum / weights;
    }
}
