namespace Albireo.Pipeline.Stars;

/// <summary>One colour index of all stars of a table.</summary>
/// <param name="Blue">The band that is subtracted from.</param>
/// <param name="Red">The band that is subtracted.</param>
/// <param name="Values">Magnitudes, one a star; NaN where it is not known.</param>
public sealed record StarColours(string Blue, string Red, double[] Values)
{
    /// <summary>Indices that are looked for first where none is asked for.</summary>
    private static readonly (string Blue, string Red)[] Usual =
    [
        ("B", "V"),
        ("BP", "RP"),
        ("g", "r"),
        ("g'", "r'"),
        ("V", "R"),
        ("V", "Rc"),
        ("g", "i"),
        ("g'", "i'"),
        ("r", "i"),
        ("r'", "i'"),
        ("V", "I"),
        ("V", "Ic"),
        ("BP", "G"),
        ("G", "RP"),
        ("J", "K"),
        ("J", "Ks"),
        ("J", "H"),
    ];

    public string Name => $"{Blue}−{Red}";

    /// <summary>
    /// The index that is asked for; else, of those that the target has, the one that most stars have, usual ones before others, and these
    /// in the order of the target's bands. Null where no star has one, or where a target without any leaves it open.
    /// </summary>
    /// <param name="stars">All of them.</param>
    /// <param name="target">Index of the target.</param>
    /// <param name="wanted">Two bands, or none.</param>
    public static StarColours? Of(IReadOnlyList<Star> stars, int target, IReadOnlyList<string> wanted)
    {
        (string Blue, string Red)[] pairs = wanted is [var blue, var red] ? [(blue, red)] : [.. Usual, .. Pairs(stars[target])];
        StarColours? best = null;
        int most = 0;
        foreach ((string b, string r) in pairs)
        {
            double[] values = [.. stars.Select(s => s.Magnitudes.Colour(b, r))];
            int known = values.Count(double.IsFinite);
            if (known > most && (wanted.Count == 2 || double.IsFinite(values[target])))
            {
                (best, most) = (new StarColours(b, r, values), known);
            }
        }
        return best;
    }

    /// <summary>All pairs of the bands in which a star's magnitude is known, and its colours.</summary>
    private static IEnumerable<(string Blue, string Red)> Pairs(Star star)
    {
        foreach (string[] bands in star.Magnitudes.Where(m => m.IsColour).Select(m => m.Band.Split('-', 2)))
        {
            yield return (bands[0], bands[1]);
        }
        string[] known = [.. star.Magnitudes.Where(m => !m.IsColour && m.Band.Length > 0).Select(m => m.Band)];
        for (int i = 0; i < known.Length; i++)
        {
            for (int j = i + 1; j < known.Length; j++)
            {
                yield return (known[i], known[j]);
            }
        }
    }
}
