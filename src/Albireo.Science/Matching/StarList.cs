using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Matching;

/// <summary>The stars of one picture that take part in matching, brightest first, with their indices in the caller's list.</summary>
internal sealed class StarList
{
    private const SourceFlags NotStars = SourceFlags.HotPixel | SourceFlags.CosmicRay | SourceFlags.Trailed;

    private readonly int[] indices;

    public StarList(IReadOnlyList<Source> sources, int maximum)
    {
        using var positions = new PooledList<PixelPosition>(Math.Min(maximum, sources.Count));
        using var kept = new PooledList<int>(Math.Min(maximum, sources.Count));
        for (int i = 0; i < sources.Count && kept.Count < maximum; i++)
        {
            Source s = sources[i];
            if ((s.Flags & NotStars) == SourceFlags.None && double.IsFinite(s.X) && double.IsFinite(s.Y))
            {
                positions.Add(new PixelPosition(s.X, s.Y));
                kept.Add(i);
            }
        }
        Positions = positions.Items.ToArray();
        indices = kept.Items.ToArray();
    }

    private StarList(PixelPosition[] positions, int[] indices)
    {
        Positions = positions;
        this.indices = indices;
    }

    public PixelPosition[] Positions { get; }

    public int Count => Positions.Length;

    /// <summary>Index of a star in the list that the caller gave.</summary>
    public int IndexOf(int star) => indices[star];

    /// <summary>The same list without some stars (given by the caller's indices).</summary>
    public StarList Without(IEnumerable<int> callersIndices)
    {
        HashSet<int> gone = [.. callersIndices];
        int[] kept = [.. Enumerable.Range(0, Count).Where(i => !gone.Contains(indices[i]))];
        return new StarList([.. kept.Select(i => Positions[i])], [.. kept.Select(i => indices[i])]);
    }
}
