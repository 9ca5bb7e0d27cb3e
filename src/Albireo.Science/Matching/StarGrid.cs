using System.Buffers;
using Albireo.Science.Images;

namespace Albireo.Science.Matching;

/// <summary>Positions sorted into square cells, for the nearest neighbour within a radius. Its lists are rented.</summary>
internal sealed class StarGrid : IDisposable
{
    private readonly PixelPosition[] stars;
    private readonly int[] starts;
    private readonly int[] members;
    private readonly double left;
    private readonly double top;
    private readonly double perCell;
    private readonly int columns;
    private readonly int rows;

    public StarGrid(PixelPosition[] stars, double cell)
    {
        this.stars = stars;
        (left, top) = (double.PositiveInfinity, double.PositiveInfinity);
        (double right, double bottom) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (PixelPosition p in stars)
        {
            left = Math.Min(left, p.X);
            top = Math.Min(top, p.Y);
            right = Math.Max(right, p.X);
            bottom = Math.Max(bottom, p.Y);
        }
        (Left, Top, Right, Bottom) = (left, top, right, bottom);
        // No more cells than a few thousand, however small the radius: an empty cell costs as much as a full one.
        double extent = Math.Max(1, Math.Max(right - left, bottom - top));
        cell = Math.Max(cell, extent / 64);
        perCell = 1 / cell;
        columns = (int)((right - left) * perCell) + 1;
        rows = (int)((bottom - top) * perCell) + 1;
        int cells = columns * rows;
        starts = ArrayPool<int>.Shared.Rent(cells + 2);
        starts.AsSpan(0, cells + 2).Clear();
        members = ArrayPool<int>.Shared.Rent(stars.Length);
        foreach (PixelPosition p in stars)
        {
            starts[CellOf(p) + 2]++;
        }
        for (int i = 2; i < cells + 2; i++)
        {
            starts[i] += starts[i - 1];
        }
        // One place further on each count is where the next star of its cell goes, and in the end where the next cell begins.
        for (int i = 0; i < stars.Length; i++)
        {
            members[starts[CellOf(stars[i]) + 1]++] = i;
        }
    }

    public double Left { get; }

    public double Top { get; }

    public double Right { get; }

    public double Bottom { get; }

    public int Count => stars.Length;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<int>.Shared.Return(members);
    }

    /// <summary>The nearest star to a position, −1 if none lies within <paramref name="radius"/>.</summary>
    public int Nearest(double x, double y, double radius, out double distance)
    {
        double best = radius * radius;
        int found = -1;
        int x0 = Math.Max(0, (int)Math.Floor((x - radius - left) * perCell));
        int x1 = Math.Min(columns - 1, (int)Math.Floor((x + radius - left) * perCell));
        int y0 = Math.Max(0, (int)Math.Floor((y - radius - top) * perCell));
        int y1 = Math.Min(rows - 1, (int)Math.Floor((y + radius - top) * perCell));
        distance = double.NaN;
        if (x1 < x0)
        {
            return -1;
        }
        for (int row = y0; row <= y1; row++)
        {
            int end = starts[(row * columns) + x1 + 1];
            for (int i = starts[(row * columns) + x0]; i < end; i++)
            {
                PixelPosition p = stars[members[i]];
                double square = ((p.X - x) * (p.X - x)) + ((p.Y - y) * (p.Y - y));
                if (square <= best)
                {
                    best = square;
                    found = members[i];
                }
            }
        }
        distance = Math.Sqrt(best);
        return found;
    }

    /// <summary>Stars within a radius of a position.</summary>
    public int CountWithin(double x, double y, double radius)
    {
        int x0 = Math.Max(0, (int)Math.Floor((x - radius - left) * perCell));
        int x1 = Math.Min(columns - 1, (int)Math.Floor((x + radius - left) * perCell));
        int y0 = Math.Max(0, (int)Math.Floor((y - radius - top) * perCell));
        int y1 = Math.Min(rows - 1, (int)Math.Floor((y + radius - top) * perCell));
        int count = 0;
        for (int row = y0; row <= y1 && x1 >= x0; row++)
        {
            int end = starts[(row * columns) + x1 + 1];
            for (int i = starts[(row * columns) + x0]; i < end; i++)
            {
                PixelPosition p = stars[members[i]];
                count += ((p.X - x) * (p.X - x)) + ((p.Y - y) * (p.Y - y)) <= radius * radius ? 1 : 0;
            }
        }
        return count;
    }

    private int CellOf(PixelPosition p) => ((int)((p.Y - top) * perCell) * columns) + (int)((p.X - left) * perCell);
}
