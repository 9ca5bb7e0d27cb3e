namespace Albireo.Pipeline.Instruments;

/// <summary>Patterns with <c>*</c> (any characters) and <c>?</c> (one), in any case.</summary>
public static class Wildcard
{
    /// <summary>Whether the whole of <paramref name="text"/> fits the pattern. Blanks at the ends do not count.</summary>
    public static bool Matches(string pattern, string text)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(text);
        return Matches(pattern.AsSpan().Trim(), text.AsSpan().Trim());
    }

    /// <summary>
    /// Whether a file fits: a pattern without a slash is held against the file's name, with or without its FITS ending; one with
    /// slashes against as many folders above it as the pattern has.
    /// </summary>
    public static bool MatchesFile(string pattern, string path)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(path);
        string[] wanted = pattern.Trim().Split('/', StringSplitOptions.RemoveEmptyEntries);
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0 || parts.Length < wanted.Length)
        {
            return false;
        }
        for (int i = 2; i <= wanted.Length; i++)
        {
            if (!Matches(wanted[^i].AsSpan(), parts[^i].AsSpan()))
            {
                return false;
            }
        }
        return Matches(wanted[^1].AsSpan(), parts[^1].AsSpan()) || Matches(wanted[^1].AsSpan(), Inventory.FrameName.Of(parts[^1]));
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
