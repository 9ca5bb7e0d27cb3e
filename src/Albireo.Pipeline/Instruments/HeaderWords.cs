using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;

namespace Albireo.Pipeline.Instruments;

/// <summary>The user's own keywords and words for headers, laid over the telescope profile of a frame.</summary>
internal sealed class HeaderWords
{
    public static readonly HeaderWords None = new(new KeywordOptions(), new KindWordOptions());

    private readonly Dictionary<string, IReadOnlyList<string>> keywords = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FrameKind> words = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="AlbireoException">A word stands for two kinds.</exception>
    public HeaderWords(KeywordOptions keys, KindWordOptions kinds)
    {
        foreach (
            (string concept, IReadOnlyList<string> own) in ((string, IReadOnlyList<string>)[])
                [
                    (Concepts.Kind, keys.Kind),
                    (Concepts.Exposure, keys.Exposure),
                    (Concepts.Filter, keys.Filter),
                    (Concepts.Axes, keys.Axes),
                    (Concepts.Columns, keys.Columns),
                    (Concepts.Rows, keys.Rows),
                ]
        )
        {
            if (own.Count > 0)
            {
                keywords[concept] = own;
            }
        }
        foreach (
            (FrameKind kind, IReadOnlyList<string> own) in ((FrameKind, IReadOnlyList<string>)[])
                [(FrameKind.Light, kinds.Light), (FrameKind.Bias, kinds.Bias), (FrameKind.Dark, kinds.Dark), (FrameKind.Flat, kinds.Flat)]
        )
        {
            foreach (string word in own)
            {
                if (!words.TryAdd(word, kind))
                {
                    throw new AlbireoException(
                        Failure.Usage,
                        $"inventory.words: '{word}' stands for {words[word].Phrase()} and for {kind.Phrase()}."
                    );
                }
            }
        }
    }

    /// <summary>Changes with all that the user says; empty for nothing.</summary>
    public string Key =>
        string.Join(
            ';',
            keywords
                .OrderBy(k => k.Key, StringComparer.Ordinal)
                .Select(k => $"{k.Key}={string.Join(',', k.Value)}")
                .Concat(words.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => $"'{w.Key}'={w.Value}"))
        );

    /// <summary>The profile with the user's words before its own; one without a name where there is none and the user says something.</summary>
    public TelescopeProfile? Over(TelescopeProfile? profile)
    {
        if (keywords.Count == 0 && words.Count == 0)
        {
            return profile;
        }
        TelescopeProfile under = profile ?? new TelescopeProfile { Name = "" };
        var keys = new Dictionary<string, IReadOnlyList<string>>(under.Keywords, StringComparer.Ordinal);
        foreach ((string concept, IReadOnlyList<string> own) in keywords)
        {
            keys[concept] = keys.TryGetValue(concept, out IReadOnlyList<string>? theirs) ? [.. own, .. theirs] : own;
        }
        var kinds = new Dictionary<string, FrameKind>(words, StringComparer.OrdinalIgnoreCase);
        foreach ((string word, FrameKind kind) in under.Words)
        {
            kinds.TryAdd(word, kind);
        }
        return under with { Keywords = keys, Words = kinds };
    }
}
