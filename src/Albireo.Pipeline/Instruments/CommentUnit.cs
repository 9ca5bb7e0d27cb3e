using System.Text.RegularExpressions;

namespace Albireo.Pipeline.Instruments;

/// <summary>
/// The unit of a value, as the card's comment names it: in brackets (FITS 4.0, 4.3.2), behind "in", or alone at an end of the comment.
/// </summary>
internal static partial class CommentUnit
{
    public static readonly IReadOnlyDictionary<string, double> Seconds = Of(
        ("us µs usec microsec microsecs microsecond microseconds", 1e-6),
        ("ms msec msecs millisec millisecs millisecond milliseconds", 1e-3),
        ("s sec secs second seconds", 1),
        ("min mins minute minutes", 60),
        ("h hr hrs hour hours", 3600)
    );

    public static readonly IReadOnlyDictionary<string, double> Metres = Of(
        ("um µm micron microns", 1e-6),
        ("mm millimeter millimeters millimetre millimetres", 1e-3),
        ("cm", 1e-2),
        ("m meter meters metre metres", 1),
        ("km kilometer kilometers kilometre kilometres", 1e3),
        ("ft feet foot", 0.3048),
        ("inch inches", 0.0254)
    );

    /// <summary>Of an angle, or of an angle a pixel.</summary>
    public static readonly IReadOnlyDictionary<string, double> ArcSeconds = Of(
        ("arcsec arcsecs arcsecond arcseconds", 1),
        ("arcmin arcmins arcminute arcminutes", 60),
        ("deg degs degree degrees", 3600)
    );

    /// <summary>1 for kelvin, 2 for Fahrenheit, 0 for Celsius.</summary>
    public static readonly IReadOnlyDictionary<string, double> Temperatures = Of(
        ("c degc celsius centigrade", 0),
        ("k degk kelvin", 1),
        ("f degf fahrenheit", 2)
    );

    /// <summary>What stands in <paramref name="units"/> for the unit that the comment names; null when it names none of them.</summary>
    public static double? In(string? comment, IReadOnlyDictionary<string, double> units)
    {
        if (string.IsNullOrEmpty(comment))
        {
            return null;
        }
        string text = Degrees.Replace(comment, "deg");
        foreach (Regex places in (ReadOnlySpan<Regex>)[Marked, Alone])
        {
            foreach (Match match in places.Matches(text))
            {
                // An angle a pixel: the angle counts.
                string unit = match.Groups["unit"].Value.ToLowerInvariant();
                int per = unit.IndexOf("/pix", StringComparison.Ordinal);
                if (units.TryGetValue(unit, out double found) || (per > 0 && units.TryGetValue(unit[..per], out found)))
                {
                    return found;
                }
            }
        }
        return null;
    }

    private static Dictionary<string, double> Of(params (string Words, double Value)[] units)
    {
        var all = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string words, double value) in units)
        {
            foreach (string word in words.Split(' '))
            {
                all.Add(word, value);
            }
        }
        return all;
    }

    /// <summary>In brackets or parentheses, or behind "in".</summary>
    [GeneratedRegex(
        @"(?:[\[(]\s*|\bin\s+)(?<unit>[^\s\])},;]+?)\.?(?=[\s\])},;]|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Marked { get; }

    /// <summary>The first word, where a comma or nothing follows it, and the last word, unless a number stands before it ("at most 5 min").</summary>
    [GeneratedRegex(
        @"^\s*(?<unit>[^\s,;:]+?)\.?\s*(?=[,;:]|$|\bper\b)|(?<!\d)[\s,;:]+(?<unit>[^\s,;:\])]+?)\.?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Alone { get; }

    /// <summary>deg C, degrees_K, ° F.</summary>
    [GeneratedRegex(
        @"(?:°|\bdeg(?:ree)?s?\.?)[\s_]*(?=(?:c|k|f|celsius|kelvin|fahrenheit)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Degrees { get; }
}
