using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>Which stars are fitted together: friends of friends, as DAOPHOT's GROUP (Stetson 1987, PASP 99, 191).</summary>
internal static class PsfGroups
{
    private const double Shrink = 0.8;
    private const double Closest = 0.1;

    /// <summary>Groups of stars no farther apart than a separation; a group that is too large is parted at smaller separations.</summary>
    /// <param name="positions">Where the stars are.</param>
    /// <param name="members">Which of them to group.</param>
    /// <param name="separation">Pixels.</param>
    /// <param name="largest">Stars in a group at most.</param>
    public static List<int[]> Of(IReadOnlyList<PixelPosition> positions, IEnumerable<int> members, double separation, int largest)
    {
        var groups = new List<int[]>();
        int[] ordered = [.. members.OrderBy(i => positions[i].Y).ThenBy(i => positions[i].X).ThenBy(i => i)];
        Part(positions, ordered, separation, Closest * separation, largest, groups);
        return groups;
    }

    private static void Part(
        IReadOnlyList<PixelPosition> positions,
        int[] ordered,
        double separation,
        double closest,
        int largest,
        List<int[]> groups
    )
    {
        foreach (int[] group in Friends(positions, ordered, separation))
        {
            if (group.Length <= largest)
            {
                groups.Add(group);
            }
            else if (separation < closest)
            {
                groups.AddRange(group.Chunk(largest)); // a heap of stars on one spot
            }
            else
            {
                Part(positions, group, Shrink * separation, closest, largest, groups);
            }
        }
    }

    private static IEnumerable<int[]> Friends(IReadOnlyList<PixelPosition> positions, int[] ordered, double separation)
    {
        int[] parent = [.. Enumerable.Range(0, ordered.Length)];
        for (int a = 0; a < ordered.Length; a++)
        {
            PixelPosition p = positions[ordered[a]];
            for (int b = a + 1; b < ordered.Length && positions[ordered[b]].Y - p.Y <= separation; b++)
            {
                PixelPosition q = positions[ordered[b]];
                if (((p.X - q.X) * (p.X - q.X)) + ((p.Y - q.Y) * (p.Y - q.Y)) <= separation * separation)
                {
                    parent[Root(parent, b)] = Root(parent, a);
                }
            }
        }
        return Enumerable.Range(0, ordered.Length).GroupBy(i => Root(parent, i), i => ordered[i]).Select(g => g.ToArray());
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }
}
