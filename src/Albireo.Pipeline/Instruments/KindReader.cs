using Albireo.Fits;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>What the header, and where it is silent the file's name, say about the kind of a frame.</summary>
internal static class KindReader
{
    /// <summary>Keywords in which a word that is not known says nothing: they serve other purposes elsewhere.</summary>
    private static readonly string[] Ambiguous = ["FRAME", "ESO DPR CATG"];

    /// <summary>The kind that a writer's word means, or null.</summary>
    public static FrameKind? OfWord(string word, TelescopeProfile? profile = null)
    {
        if (profile is not null)
        {
            foreach ((string own, FrameKind kind) in profile.Words)
            {
                if (Wildcard.Matches(own, word))
                {
                    return kind;
                }
            }
        }
        foreach (string part in word.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (OfPlainWord(part) is { } kind)
            {
                return kind;
            }
        }
        return null;
    }

    /// <summary>
    /// From the header: one kind, <see cref="FrameKind.Unknown"/> where its word is not known, null where it is silent, and null with
    /// the reason in <paramref name="unclear"/> where its words contradict each other.
    /// </summary>
    public static Sourced<FrameKind>? FromHeader(HeaderReading reading, out string? unclear)
    {
        unclear = null;
        Sourced<FrameKind>? found = null;
        Sourced<string>? unknown = null;
        foreach (string keyword in reading.KeywordsOf(Concepts.Kind))
        {
            if (reading.Text(keyword) is not { } text)
            {
                continue;
            }
            if (reading.Card(keyword)!.Kind != FitsValueKind.Text || OfWord(text, reading.Profile) is not { } kind)
            {
                if (!Ambiguous.Contains(keyword))
                {
                    unknown ??= new Sourced<string>(text, keyword, text);
                }
                continue;
            }
            if (found is null || found.Value.Unmastered() == kind && kind != found.Value)
            {
                found ??= new Sourced<FrameKind>(kind, keyword, text);
            }
            else if (kind.Unmastered() == found.Value)
            {
                found = new Sourced<FrameKind>(kind, keyword, text);
            }
            else if (kind != found.Value)
            {
                unclear = $"{found.From} = '{found.Raw}' and {keyword} = '{text}' contradict each other";
                return null;
            }
        }
        if (found is { Value: FrameKind.Light } && found.Raw.StartsWith("master", StringComparison.OrdinalIgnoreCase))
        {
            reading.Warn($"{found.From} = '{found.Raw}': a stack of lights, which counts as one light.");
        }
        if (unknown is not null && found is not null)
        {
            reading.Warn($"{unknown.From} = '{unknown.Raw}' is no known kind of frame; {found.From} = '{found.Raw}' is used.");
        }
        else if (unknown is not null)
        {
            return new Sourced<FrameKind>(FrameKind.Unknown, unknown.From, unknown.Raw);
        }
        return found;
    }

    /// <summary>
    /// What the profile's file names, the file's name, its folder and OBJECT suggest; <paramref name="unclear"/> when they disagree.
    /// </summary>
    public static Sourced<FrameKind>? Suggested(string path, string? objectName, TelescopeProfile? profile, out string? unclear)
    {
        unclear = null;
        if (profile is not null)
        {
            foreach ((string pattern, FrameKind kind) in profile.FileNames)
            {
                if (Wildcard.MatchesFile(pattern, path))
                {
                    return new Sourced<FrameKind>(kind, "file name", pattern);
                }
            }
        }
        Sourced<FrameKind>?[] hints = Hints(path, objectName);
        Sourced<FrameKind>? first = Array.Find(hints, h => h is not null);
        if (first is null)
        {
            return objectName is null ? null : new Sourced<FrameKind>(FrameKind.Light, "OBJECT", objectName);
        }
        if (hints.FirstOrDefault(h => h is not null && h.Value.Unmastered() != first.Value.Unmastered()) is { } other)
        {
            unclear = $"{first.From} '{first.Raw}' and {other.From} '{other.Raw}' contradict each other, and the header names no kind";
            return null;
        }
        return first;
    }

    /// <summary>A header against which the file's name, OBJECT or the folder speak: the header counts, and this says so. Null for none.</summary>
    public static string? Contrary(Sourced<FrameKind> header, string path, string? objectName)
    {
        FrameKind kind = header.Value.Unmastered();
        Sourced<FrameKind>? other = Array.Find(
            Hints(path, objectName),
            h => h is not null && h.Value.Unmastered() is not FrameKind.Light && h.Value.Unmastered() != kind
        );
        return other is null || kind == FrameKind.Unknown
            ? null
            : $"{header.From} = '{header.Raw}', but the {other.From} '{other.Raw}' suggests {other.Value.Phrase()}: {header.From} is used.";
    }

    private static Sourced<FrameKind>?[] Hints(string path, string? objectName) =>
        [
            InName(FrameName.Of(path)) is { } named ? new(named.Kind, "file name", named.Word) : null,
            objectName is not null && OfWord(objectName, null) is { } ofObject ? new(ofObject, "OBJECT", objectName) : null,
            InFolder(path) is { } folder ? new(folder.Kind, "folder", folder.Word) : null,
        ];

    private static FrameKind? OfPlainWord(string word)
    {
        // The specification's order: fold the case, strip frame, field, image and underscores.
        string plain = string.Concat(word.ToLowerInvariant().Where(c => !char.IsWhiteSpace(c) && c is not ('_' or '-')));
        foreach (string filler in (ReadOnlySpan<string>)["frame", "field", "image"])
        {
            plain = plain.Replace(filler, "", StringComparison.Ordinal);
        }
        bool master = plain.StartsWith("master", StringComparison.Ordinal);
        plain = master ? plain["master".Length..] : plain;
        FrameKind kind = plain switch
        {
            "light" or "object" or "science" or "expose" or "standard" or "target" or "tricolor" or "snapshot" => FrameKind.Light,
            "bias" or "zero" or "offset" => FrameKind.Bias,
            "dark" => FrameKind.Dark,
            "flat" or "skyflat" or "domeflat" or "twilight" or "twilightflat" => FrameKind.Flat,
            "darkflat" or "flatdark" => FrameKind.DarkFlat,
            _ => FrameKind.Unknown,
        };
        return kind == FrameKind.Unknown ? null
            : master ? kind.Mastered()
            : kind;
    }

    /// <summary>The first word of a file name that is a kind: dark_10s-55, Bias_BIN1_…, flat-046, masterDark.</summary>
    private static (FrameKind Kind, string Word)? InName(string name)
    {
        List<string> words = Split(name);
        for (int i = 0; i < words.Count; i++)
        {
            if (i + 2 < words.Count && Plural(words[i] + words[i + 1] + words[i + 2]) is { } three)
            {
                return (three, $"{words[i]} {words[i + 1]} {words[i + 2]}");
            }
            if (i + 1 < words.Count && Plural(words[i] + words[i + 1]) is { } two)
            {
                return (two, $"{words[i]} {words[i + 1]}");
            }
            // 'object', 'target', 'standard' … are parts of stars' names too; only the plain words count alone.
            if (Plural(words[i]) is { } one && (one != FrameKind.Light || i == 0))
            {
                return (one, words[i]);
            }
        }
        return null;
    }

    private static (FrameKind Kind, string Word)? InFolder(string path)
    {
        string? folder = Path.GetFileName(Path.GetDirectoryName(path));
        return folder is not null && Plural(folder) is { } kind ? (kind, folder) : null;
    }

    private static FrameKind? Plural(string word) =>
        OfPlainWord(word) ?? (word.Length > 4 && word[^1] is 's' or 'S' ? OfPlainWord(word[..^1]) : null);

    /// <summary>Runs of letters; a capital behind a small letter begins a new one.</summary>
    private static List<string> Split(string name)
    {
        var words = new List<string>();
        int start = -1;
        for (int i = 0; i <= name.Length; i++)
        {
            bool letter = i < name.Length && char.IsLetter(name[i]);
            bool boundary = letter && start >= 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]);
            if (start >= 0 && (!letter || boundary))
            {
                words.Add(name[start..i]);
                start = -1;
            }
            if (letter && start < 0)
            {
                start = i;
            }
        }
        return words;
    }
}
