using Albireo.Science.Images;

namespace Albireo.Science.Matching;

/// <summary>
/// Triangles among the brightest stars of a list, findable by shape. Two ratios of sides describe a shape whatever its place,
/// rotation, size and handedness (Groth 1986, AJ 91, 1244; Valdes et al. 1995, PASP 107, 1119).
/// </summary>
internal sealed class Asterisms
{
    private const int Cells = 50;
    private readonly int[] starts = new int[(Cells * Cells) + 1];
    private readonly Asterism[] sorted;

    private Asterisms(IEnumerable<Asterism> shapes)
    {
        Asterism[] triangles = [.. shapes];
        foreach (Asterism t in triangles)
        {
            starts[CellOf(t.Middle, t.Shortest) + 1]++;
        }
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }
        sorted = new Asterism[triangles.Length];
        int[] next = starts[..^1];
        foreach (Asterism t in triangles)
        {
            sorted[next[CellOf(t.Middle, t.Shortest)]++] = t;
        }
    }

    /// <summary>The triangles of a list, for look-up.</summary>
    public static Asterisms Index(PixelPosition[] stars, int from, int to, double tolerance) => new(Of(stars, from, to, tolerance));

    /// <summary>
    /// Triangles among the first <paramref name="to"/> stars that have at least one corner from number <paramref name="from"/> on,
    /// those of the brightest stars first. Left out: sides too short to give a direction, and sides so alike that noise could
    /// exchange them. Made as they are asked for: most frames are matched by their first few.
    /// </summary>
    public static IEnumerable<Asterism> Of(PixelPosition[] stars, int from, int to, double tolerance)
    {
        to = Math.Min(to, stars.Length);
        for (int k = Math.Max(2, from); k < to; k++)
        {
            for (int j = 1; j < k; j++)
            {
                for (int i = 0; i < j; i++)
                {
                    if (Make(stars, i, j, k, tolerance) is { } triangle)
                    {
                        yield return triangle;
                    }
                }
            }
        }
    }

    /// <summary>Calls back for every triangle within <paramref name="tolerance"/> of a shape; it returns false to stop.</summary>
    public bool Visit(double middle, double shortest, double tolerance, Func<Asterism, bool> visit)
    {
        int m0 = Cell(middle - tolerance);
        int m1 = Cell(middle + tolerance);
        int s0 = Cell(shortest - tolerance);
        int s1 = Cell(shortest + tolerance);
        for (int m = m0; m <= m1; m++)
        {
            int end = starts[(m * Cells) + s1 + 1];
            for (int i = starts[(m * Cells) + s0]; i < end; i++)
            {
                if (
                    Math.Abs(sorted[i].Middle - middle) <= tolerance
                    && Math.Abs(sorted[i].Shortest - shortest) <= tolerance
                    && !visit(sorted[i])
                )
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static Asterism? Make(ReadOnlySpan<PixelPosition> stars, int i, int j, int k, double tolerance)
    {
        (int a, int b, int c) = (i, j, k);
        double oppositeA = Distance(stars[b], stars[c]);
        double oppositeB = Distance(stars[a], stars[c]);
        double oppositeC = Distance(stars[a], stars[b]);
        if (oppositeA < oppositeB)
        {
            (a, b, oppositeA, oppositeB) = (b, a, oppositeB, oppositeA);
        }
        if (oppositeB < oppositeC)
        {
            (b, c, oppositeB, oppositeC) = (c, b, oppositeC, oppositeB);
        }
        if (oppositeA < oppositeB)
        {
            (a, b, oppositeA, oppositeB) = (b, a, oppositeB, oppositeA);
        }
        if (oppositeC < 8 * tolerance || oppositeA - oppositeB < tolerance || oppositeB - oppositeC < tolerance)
        {
            return null;
        }
        double cross = ((stars[b].X - stars[a].X) * (stars[c].Y - stars[a].Y)) - ((stars[b].Y - stars[a].Y) * (stars[c].X - stars[a].X));
        // A flat triangle has no sense of rotation: its height must exceed the tolerance.
        return Math.Abs(cross) < 3 * tolerance * oppositeA
            ? null
            : new Asterism(a, b, c, oppositeA, oppositeB / oppositeA, oppositeC / oppositeA, cross > 0 ? 1 : -1);
    }

    private static double Distance(PixelPosition p, PixelPosition q) =>
        Math.Sqrt(((p.X - q.X) * (p.X - q.X)) + ((p.Y - q.Y) * (p.Y - q.Y)));

    private static int Cell(double ratio) => Math.Clamp((int)(ratio * Cells), 0, Cells - 1);

    private static int CellOf(double middle, double shortest) => (Cell(middle) * Cells) + Cell(shortest);
}
