using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>
/// One header being read: looks keywords up in the picture's header, then in the primary one, takes placeholders for missing, and
/// collects what looks wrong.
/// </summary>
internal sealed class HeaderReading(FitsHeader header, FitsHeader? primary, TelescopeProfile? profile)
{
    private readonly List<string> warnings = [];

    public TelescopeProfile? Profile { get; } = profile;

    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Notes what looks wrong, once.</summary>
    public void Warn(string sentence)
    {
        if (!warnings.Contains(sentence))
        {
            warnings.Add(sentence);
        }
    }

    /// <summary>The keywords of a concept: the profile's first.</summary>
    public IEnumerable<string> KeywordsOf(string concept)
    {
        string[] usual = Concepts.Keywords[concept];
        IReadOnlyList<string> own = OwnKeywordsOf(concept);
        return own.Count == 0 ? usual : own.Concat(usual.Where(k => !own.Contains(k, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>The keywords that the profile names for a concept.</summary>
    public IReadOnlyList<string> OwnKeywordsOf(string concept) =>
        Profile is not null && Profile.Keywords.TryGetValue(concept, out IReadOnlyList<string>? own) ? own : [];

    /// <summary>The first card with this keyword that has a value field, or null. Cards that contradict each other are noted.</summary>
    public FitsCard? Card(string keyword) => CardIn(header, keyword) ?? (primary is null ? null : CardIn(primary, keyword));

    /// <summary>The value as text, trimmed; null when there is no such card, or it is a placeholder for missing.</summary>
    public string? Text(string keyword) => Card(keyword) is { } card && !IsMissing(card.Value) ? card.Value!.Trim() : null;

    /// <summary>The first keyword of the concept with a value.</summary>
    public Sourced<string>? Text(IEnumerable<string> keywords)
    {
        foreach (string keyword in keywords)
        {
            if (Text(keyword) is { } text)
            {
                return new Sourced<string>(text, keyword, text);
            }
        }
        return null;
    }

    /// <summary>The value as a finite number, also from a numeric text; null when missing. What is there and no number is noted.</summary>
    public double? Number(string keyword)
    {
        if (Card(keyword) is not { } card || string.IsNullOrWhiteSpace(card.Value))
        {
            return null;
        }
        if (TryNumber(card.Value, out double value))
        {
            return value;
        }
        Warn(
            IsMissing(card.Value)
                ? $"{keyword} = {Quoted(card)}: taken as missing."
                : $"{keyword} = {Quoted(card)} is not a number: taken as missing."
        );
        return null;
    }

    /// <summary>
    /// The first keyword that holds a number which passes <paramref name="valid"/>; others are noted with <paramref name="expected"/>, and
    /// with an <paramref name="agreement"/> (relative) those that hold another number.
    /// </summary>
    public Sourced<double>? Number(IEnumerable<string> keywords, Predicate<double> valid, string expected, double? agreement = null)
    {
        Sourced<double>? found = null;
        foreach (string keyword in keywords)
        {
            if (Number(keyword) is not { } value)
            {
                continue;
            }
            if (!valid(value))
            {
                Warn($"{keyword} = {Card(keyword)!.Value!.Trim()} is not {expected}: taken as missing.");
            }
            else if (found is null)
            {
                found = new Sourced<double>(value, keyword, Card(keyword)!.Value!.Trim());
                if (agreement is null)
                {
                    break;
                }
            }
            else
            {
                Hold(found, keyword, value, agreement ?? 0, "");
            }
        }
        return found;
    }

    /// <summary>Notes a less trusted keyword that says something else than the one that is used.</summary>
    /// <param name="used">The value that is used.</param>
    /// <param name="keyword">The other keyword.</param>
    /// <param name="value">What it says.</param>
    /// <param name="agreement">The relative difference that is none.</param>
    /// <param name="unit">Of both, where the raw texts do not tell.</param>
    public void Hold(Sourced<double> used, string keyword, double value, double agreement, string unit)
    {
        if (Math.Abs(value - used.Value) > agreement * Math.Abs(used.Value))
        {
            string both = unit.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({value:G6} and {used.Value:G6} {unit})");
            Warn($"{keyword} = {Card(keyword)!.Value!.Trim()} is not {used.From} = {used.Raw}{both}: {used.From} is used.");
        }
    }

    /// <summary>The comment of the card, or an empty text.</summary>
    public string Comment(string keyword) => Card(keyword)?.Comment ?? "";

    /// <summary>A card's value as a person would write it.</summary>
    public static string Quoted(FitsCard card) =>
        card.Kind is FitsValueKind.Integer or FitsValueKind.Real ? card.Value ?? "" : $"'{card.Value?.Trim()}'";

    /// <summary>Whether a text stands for "no value".</summary>
    public static bool IsMissing(string? text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return true;
        }
        foreach (string word in (ReadOnlySpan<string>)["N/A", "NA", "UNKNOWN", "UNDEFINED", "NaN", "null"])
        {
            if (trimmed.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return Parse(trimmed, out double value) && (!double.IsFinite(value) || Math.Abs(value) > 1e300 || value == -999);
    }

    /// <summary>A finite number that does not stand for missing.</summary>
    public static bool TryNumber(string text, out double value) => Parse(text.AsSpan().Trim(), out value) && !IsMissing(text);

    private static bool Parse(ReadOnlySpan<char> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }
        return text.ContainsAny('D', 'd')
            && double.TryParse(
                text.ToString().Replace('D', 'E').Replace('d', 'E'),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out value
            );
    }

    private FitsCard? CardIn(FitsHeader cards, string keyword)
    {
        FitsCard? found = cards.Find(keyword);
        if (found is null || found.Kind == FitsValueKind.None)
        {
            return null;
        }
        for (int i = 0; i < cards.Count; i++)
        {
            FitsCard other = cards[i];
            bool isSame = other.Keyword.Equals(found.Keyword, StringComparison.OrdinalIgnoreCase);
            if (isSame && other != found && other.Kind != FitsValueKind.None && other.Value?.Trim() != found.Value?.Trim())
            {
                Warn($"{keyword} stands there twice, as {Quoted(found)} and {Quoted(other)}: the first is used.");
                break;
            }
        }
        return found;
    }
}
