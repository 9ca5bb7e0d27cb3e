using System.Globalization;
using System.Text.RegularExpressions;

namespace Albireo.Pipeline.Stars;

/// <summary>
/// A column of a star table that holds magnitudes in one band, a colour, or the errors of either, told by its head as catalogues write
/// them: <c>Vmag</c>, <c>g_mag</c>, <c>mag_V</c>, <c>phot_bp_mean_mag</c>, <c>B-V</c>, <c>bp_rp</c>, <c>V</c>; errors <c>e_Vmag</c>,
/// <c>Vmag_error</c>, <c>mag_error_V</c>.
/// </summary>
/// <param name="Index">Number of the column.</param>
/// <param name="Head">As it is written.</param>
/// <param name="Band">As in <see cref="CatalogueMagnitude.Band"/>.</param>
/// <param name="IsError">Whether it holds errors.</param>
internal sealed partial record MagnitudeColumn(int Index, string Head, string Band, bool IsError)
{
    /// <summary>Heads that are a band and nothing else.</summary>
    private static readonly string[] Bare = ["U", "B", "V", "R", "I", "Rc", "Ic", "J", "H", "K", "Ks", "u'", "g'", "r'", "i'", "z'"];

    /// <summary>Bands whose difference, with a hyphen, is a colour.</summary>
    private static readonly string[] OfColours = [.. Bare, "u", "g", "r", "i", "z", "y", "G", "BP", "RP", "W1", "W2"];

    /// <summary>Heads with a meaning of their own in our tables.</summary>
    private static readonly string[] Ours = ["mag", "mag_error", "mag_err"];

    /// <summary>The columns of a table's first line.</summary>
    public static IReadOnlyList<MagnitudeColumn> Of(IReadOnlyList<string> heads) =>
        [
            .. heads
                .Select(
                    (head, i) =>
                    {
                        string plain = head.Trim();
                        return Ours.Contains(plain, StringComparer.OrdinalIgnoreCase) ? null
                            : ErrorHead.Match(plain) is { Success: true } error && BandOf(Whole(error)) is { } of
                                ? new MagnitudeColumn(i, plain, of, IsError: true)
                            : BandOf(plain) is { } band ? new MagnitudeColumn(i, plain, band, IsError: false)
                            : null;
                    }
                )
                .OfType<MagnitudeColumn>(),
        ];

    /// <summary>A number, or a number with its error in brackets as the AAVSO's charts have it; null where nothing is known.</summary>
    /// <returns>Whether the text is one of these.</returns>
    public static bool TryRead(string? text, out (double Value, double? Error)? magnitude)
    {
        magnitude = null;
        string plain = text?.Trim() ?? "";
        if (plain.ToLowerInvariant() is "" or "na" or "nan" or "null" or "-" or "--" or "—")
        {
            return true;
        }
        Match match = Cell.Match(plain);
        if (match.Success && Number(match.Groups["value"].Value) is { } value)
        {
            magnitude = (value, match.Groups["error"].Success ? Number(match.Groups["error"].Value) : null);
            return magnitude.Value.Error is null or >= 0;
        }
        return false;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>The head of the column that an error belongs to.</summary>
    private static string Whole(Match error) =>
        error.Groups["band"].Success ? "mag_" + error.Groups["band"].Value
        : error.Groups["first"].Success ? error.Groups["first"].Value
        : error.Groups["last"].Value;

    private static string? BandOf(string head)
    {
        if (Bare.Contains(head, StringComparer.Ordinal))
        {
            return head;
        }
        if (GaiaHead.Match(head) is { Success: true } gaia)
        {
            string[] bands = [.. gaia.Groups["band"].Captures.Select(c => c.Value.ToUpperInvariant())];
            return string.Join('-', bands);
        }
        Match match = MagnitudeHead.Match(head);
        return match.Success ? match.Groups["band"].Value
            : head.Replace('−', '-') is var colour
            && colour.Split('-') is [var blue, var red]
            && OfColours.Contains(blue)
            && OfColours.Contains(red)
                ? colour
            : null;
    }

    [GeneratedRegex(
        @"^(e_(?<first>.+)|mag_err(or)?_(?<band>.+)|(?<last>.+?)[_ ]?err(or)?)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex ErrorHead { get; }

    [GeneratedRegex(
        @"^(phot_(?<band>g|bp|rp)_mean_mag|(?<band>bp|g)_(?<band>rp|g))$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex GaiaHead { get; }

    [GeneratedRegex(
        @"^((?<band>[A-Za-z][A-Za-z0-9']{0,7}?)[_ ]?mag|mag[_ ](?<band>[A-Za-z][A-Za-z0-9']{0,7}))$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex MagnitudeHead { get; }

    [GeneratedRegex(
        @"^(?<value>[-+]?[0-9.]+(e[-+]?[0-9]+)?)\s*(\(\s*(?<error>[0-9.]+)\s*\))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Cell { get; }
}
