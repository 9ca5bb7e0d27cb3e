using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Albireo.Pipeline.Options;

/// <summary>
/// Recipes as YAML: built in, or a file of the user's. The default, <c>standard</c>, is the code's defaults and parses nothing. A map
/// below <c>compat:</c> holds settings that count only where <c>compat</c> is true.
/// </summary>
public static class RecipeFile
{
    public const string Default = "standard";

    /// <summary>Names of the built-in recipes.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        Default,
        .. typeof(RecipeFile)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("recipes/", StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n))
            .Where(n => n != Default)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The settings of a recipe given by name or file; none for null and <c>standard</c>.</summary>
    /// <exception cref="AlbireoException">There is no such recipe, or it is not a tree of options.</exception>
    public static IReadOnlyList<Setting> Load(string? nameOrFile)
    {
        if (nameOrFile is null or Default)
        {
            return [];
        }
        using Stream? resource = typeof(RecipeFile).Assembly.GetManifestResourceStream($"recipes/{nameOrFile}.yaml");
        if (resource is not null)
        {
            return Read(new StreamReader(resource), $"recipe {nameOrFile}");
        }
        if (!File.Exists(nameOrFile))
        {
            throw new AlbireoException(
                Failure.Usage,
                $"--recipe {nameOrFile}: there is no such file and no such built-in recipe ({string.Join(", ", BuiltIn)})."
            );
        }
        using var reader = new StreamReader(nameOrFile);
        return Read(reader, nameOrFile);
    }

    /// <summary>A YAML tree as settings: nested keys are joined by dots, sequences become lists. What is below <c>compat:</c> comes last.</summary>
    public static IReadOnlyList<Setting> Read(TextReader reader, string source)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(reader);
        }
        catch (YamlException e)
        {
            throw new AlbireoException(Failure.Usage, $"{source}, line {e.Start.Line}: not valid YAML: {e.Message}", e);
        }
        var settings = new List<Setting>();
        foreach (YamlDocument document in yaml.Documents)
        {
            Collect(document.RootNode, "", source, SettingLayer.Recipe, settings);
        }
        return [.. settings.OrderBy(s => s.Key.StartsWith(RecipeBinder.CompatPrefix, StringComparison.Ordinal))];
    }

    /// <summary>A recipe as YAML that <see cref="Read"/> and the binder take back: what differs from the defaults, or everything.</summary>
    public static string Write(Recipe recipe, bool withDefaults = false)
    {
        var text = new StringBuilder();
        Write(text, RecipeBinder.ToTree(recipe), RecipeBinder.ToTree(new Recipe()), withDefaults, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonObject tree, JsonObject defaults, bool withDefaults, string indent)
    {
        foreach ((string key, JsonNode? value) in tree)
        {
            // Null is written only where it takes a default away.
            if (JsonNode.DeepEquals(value, defaults[key]) && (value is null || !withDefaults))
            {
                continue;
            }
            if (value is JsonObject group)
            {
                var inside = new StringBuilder();
                Write(inside, group, defaults[key] as JsonObject ?? [], withDefaults, indent + "  ");
                if (inside.Length > 0)
                {
                    text.Append(indent).Append(key).Append(":\n").Append(inside);
                }
            }
            else
            {
                string word = value is JsonArray list ? $"[{string.Join(", ", list.Select(Word))}]" : Word(value);
                text.Append(indent).Append(key).Append(": ").Append(word).Append('\n');
            }
        }
    }

    private static string Word(JsonNode? value) =>
        value is null ? "null"
        : value.GetValueKind() == JsonValueKind.String ? "'" + value.GetValue<string>().Replace("'", "''", StringComparison.Ordinal) + "'"
        : value.ToJsonString();

    /// <summary>Everything beneath a node as settings of that key, each with its line in the source.</summary>
    internal static void Collect(YamlNode node, string key, string source, SettingLayer layer, List<Setting> settings)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach ((YamlNode name, YamlNode value) in mapping)
                {
                    Collect(value, key.Length == 0 ? name.ToString() : $"{key}.{name}", source, layer, settings);
                }
                break;
            case YamlSequenceNode list:
                settings.Add(At([.. list.Select(i => Text(i, key, source))]));
                break;
            case YamlScalarNode scalar when key.Length > 0:
                settings.Add(At([scalar.Value ?? ""]));
                break;
            case YamlScalarNode { Value: null or "" }:
                break;
            default:
                throw new AlbireoException(
                    Failure.Usage,
                    $"{source}, line {node.Start.Line}: expected stage names with options below them."
                );
        }
        Setting At(IReadOnlyList<string> values) => new(key, values, $"{source}, line {node.Start.Line}") { Layer = layer };
    }

    private static string Text(YamlNode item, string key, string source) =>
        item is YamlScalarNode { Value: { } text }
            ? text
            : throw new AlbireoException(Failure.Usage, $"{source}, line {item.Start.Line}: {key} takes a flat list.");
}
