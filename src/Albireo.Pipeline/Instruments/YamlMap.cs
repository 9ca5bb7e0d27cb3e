using System.Globalization;
using Albireo.Pipeline.Options;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Albireo.Pipeline.Instruments;

/// <summary>
/// One mapping of a YAML file, read key by key. Keys that nobody asked for are an error that names the file and the key, so that a
/// slip of the pen is never a silent default.
/// </summary>
internal sealed class YamlMap
{
    private readonly YamlMappingNode node;
    private readonly string prefix;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private YamlMap(YamlMappingNode node, string source, string prefix)
    {
        this.node = node;
        this.prefix = prefix;
        Source = source;
    }

    public string Source { get; }

    /// <summary>Reads a file's text; an empty file is an empty mapping.</summary>
    /// <exception cref="SettingsFileException">Not YAML, several documents, or no mapping.</exception>
    public static YamlMap Parse(string text, string source)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            string problem = e.InnerException?.Message ?? e.Message;
            throw new SettingsFileException(source, $"line {e.Start.Line}", problem.TrimEnd('.'));
        }
        if (stream.Documents.Count == 0)
        {
            return new YamlMap([], source, "");
        }
        if (stream.Documents.Count > 1)
        {
            throw new SettingsFileException(source, "---", "one document is expected, there are several");
        }
        return stream.Documents[0].RootNode switch
        {
            YamlMappingNode map => new YamlMap(map, source, ""),
            YamlScalarNode { Value: null or "" } => new YamlMap([], source, ""),
            _ => throw new SettingsFileException(source, "line 1", "keys and values are expected"),
        };
    }

    /// <summary>All keys, in the order of the file.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.Select(k => (k as YamlScalarNode)?.Value ?? "");

    /// <summary>The keys that nobody asked for so far.</summary>
    public IEnumerable<string> UnreadKeys => Keys.Where(k => !known.Contains(k));

    /// <summary>A scalar as written; null when the key is absent or has no value.</summary>
    public string? Text(string key) =>
        Child(key) switch
        {
            null => null,
            YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain } => null,
            YamlScalarNode scalar => scalar.Value,
            _ => throw Error(key, "one value is expected"),
        };

    public double? Number(string key) =>
        Text(key) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
        : throw Error(key, $"'{text}' is not a number");

    /// <summary>A number above zero.</summary>
    public double? Positive(string key) =>
        Number(key) is not { } value ? null
        : value > 0 ? value
        : throw Error(key, "a number above zero is expected");

    public int? Whole(string key) =>
        Text(key) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
        : throw Error(key, $"'{text}' is not a whole number");

    public bool? Flag(string key) =>
        Text(key) switch
        {
            null => null,
            "true" or "yes" => true,
            "false" or "no" => false,
            var text => throw Error(key, $"'{text}' is neither true nor false"),
        };

    /// <summary>One of some words.</summary>
    public T? OneOf<T>(string key, IReadOnlyList<(string Word, T Value)> words)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }
        foreach ((string word, T value) in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }
        throw Error(key, $"'{text}' is none of {string.Join(", ", words.Select(w => w.Word))}");
    }

    /// <summary>A list of texts; one value stands for a list of one. Empty when the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        Child(key) switch
        {
            null => [],
            YamlScalarNode { Value: null or "" } => [],
            YamlScalarNode scalar => [scalar.Value!],
            YamlSequenceNode list =>
            [
                .. list.Children.Select(c => (c as YamlScalarNode)?.Value ?? throw Error(key, "a list of values is expected")),
            ],
            _ => throw Error(key, "a value or a list of values is expected"),
        };

    /// <summary>A list of numbers.</summary>
    public IReadOnlyList<double> Numbers(string key) =>
        [
            .. Texts(key)
                .Select(text =>
                    double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                        ? value
                        : throw Error(key, $"'{text}' is not a number")
                ),
        ];

    /// <summary>A mapping under a key, or null.</summary>
    public YamlMap? Map(string key) =>
        Child(key) switch
        {
            null => null,
            YamlScalarNode { Value: null or "" } => null,
            YamlMappingNode map => new YamlMap(map, Source, $"{prefix}{key}."),
            _ => throw Error(key, "keys and values are expected"),
        };

    /// <summary>Everything beneath a key as stage settings, named from <paramref name="name"/> on.</summary>
    public IReadOnlyList<Setting> Settings(string key, string name, SettingLayer layer)
    {
        var settings = new List<Setting>();
        if (Child(key) is { } child)
        {
            RecipeFile.Collect(child, name, Source, layer, settings);
        }
        return settings;
    }

    /// <summary>The error for a key of this mapping.</summary>
    public SettingsFileException Error(string key, string problem)
    {
        YamlNode? found = node.Children.Keys.FirstOrDefault(k => (k as YamlScalarNode)?.Value == key) ?? (prefix.Length == 0 ? null : node);
        return new SettingsFileException(Source, found is null ? prefix + key : $"line {found.Start.Line}, {prefix}{key}", problem);
    }

    /// <summary>Throws for the first key that nobody asked for.</summary>
    public void RequireAllKnown()
    {
        string? unknown = UnreadKeys.FirstOrDefault();
        if (unknown is not null)
        {
            throw Error(unknown, $"there is no such key; known here are {string.Join(", ", known.Order(StringComparer.Ordinal))}");
        }
    }

    private YamlNode? Child(string key)
    {
        known.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;
    }
}
