namespace Albireo.Science.Psf;

/// <summary>Places in square cells, so that those near to one are found without asking all.</summary>
internal sealed class NearbyPlaces(double distancePixels)
{
    private readonly Dictionary<(long Column, long Row), List<(double X, double Y)>> cells = [];

    public void Add(double x, double y)
    {
        if (!cells.TryGetValue(Cell(x, y), out List<(double X, double Y)>? cell))
        {
            cells[Cell(x, y)] = cell = [];
        }
        cell.Add((x, y));
    }

    /// <summary>Whether a place lies nearer than the distance.</summary>
    public bool HasNear(double x, double y)
    {
        (long column, long row) = Cell(x, y);
        for (long c = column - 1; c <= column + 1; c++)
        {
            for (long r = row - 1; r <= row + 1; r++)
            {
                if (
                    cells.TryGetValue((c, r), out List<(double X, double Y)>? cell)
                    && cell.Exists(p => ((p.X - x) * (p.X - x)) + ((p.Y - y) * (p.Y - y)) < distancePixels * distancePixels)
                )
                {
                    return true;
                }
            }
        }
        return false;
    }

    private (long Column, long Row) Cell(double x, double y) =>
        ((long)Math.Floor(x / distancePixels), (long)Math.Floor(y / distancePixels));
}
