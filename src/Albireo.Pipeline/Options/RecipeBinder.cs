using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Albireo.Pipeline.Options;

/// <summary>
/// Lays settings over the defaults, layer by layer (<see cref="SettingLayer"/>) and later ones over earlier ones, and binds the tree
/// once. An unknown key or a value of the wrong type is an error that names the key, its source and what would fit. A setting below <c>compat.</c> takes its place in the order like
/// any other, but counts only where <c>compat</c> is true in the end; it must be a right one all the same.
/// </summary>
public static class RecipeBinder
{
    private const string Compat = "compat";

    /// <summary>What a key begins with that counts only where <c>compat</c> is true.</summary>
    public const string CompatPrefix = Compat + ".";

    /// <summary>The recipe that the settings make of the defaults; an unset option keeps its default.</summary>
    /// <param name="settings">In any order of their layers.</param>
    /// <param name="over">Other defaults than the recipe <c>standard</c>.</param>
    /// <exception cref="AlbireoException">A key is unknown or a value does not fit.</exception>
    public static Recipe Bind(IEnumerable<Setting> settings, Recipe? over = null)
    {
        var all = settings.OrderBy(s => s.Layer).ToList();
        Recipe defaults = over ?? new Recipe();
        if (all.Count == 0)
        {
            return defaults;
        }
        JsonObject tree = ToTree(defaults);
        JsonObject unused = ToTree(defaults);
        bool isCompat = IsCompat(all);
        foreach (Setting setting in all)
        {
            Apply(isCompat || !IsForCompat(setting) ? tree : unused, setting);
        }
        try
        {
            return tree.Deserialize(RecipeJson.Default.Recipe)!;
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            throw new AlbireoException(Failure.Usage, Blame(all, defaults) ?? Sentence(e), e);
        }
    }

    /// <summary>The recipe as a tree with kebab-case keys, as run.json keeps it.</summary>
    public static JsonObject ToTree(Recipe recipe) => RecipeTree.Of(recipe);

    /// <summary>Every key that a recipe, a profile or <c>--set</c> may use.</summary>
    public static IEnumerable<string> Keys() => Walk(RecipeJson.Default.Recipe, "");

    private static bool IsForCompat(Setting setting) => setting.Key.StartsWith(CompatPrefix, StringComparison.Ordinal);

    private static bool IsCompat(List<Setting> settings)
    {
        JsonObject tree = new() { [Compat] = new Recipe().Compat };
        foreach (Setting setting in settings.Where(s => s.Key == Compat))
        {
            Apply(tree, setting);
        }
        return (bool)tree[Compat]!;
    }

    private static void Apply(JsonObject tree, Setting setting)
    {
        JsonTypeInfo info = RecipeJson.Default.Recipe;
        JsonObject node = tree;
        string[] parts = (IsForCompat(setting) ? setting.Key[CompatPrefix.Length..] : setting.Key).Split('.');
        for (int i = 0; i < parts.Length; i++)
        {
            JsonPropertyInfo property =
                info.Properties.FirstOrDefault(p => p.Name == parts[i])
                ?? throw new AlbireoException(Failure.Usage, $"{setting.Source}: unknown option {setting.Key}{Suggest(setting.Key)}");
            JsonTypeInfo next = RecipeJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)!;
            bool isLast = i == parts.Length - 1;
            if (next.Kind == JsonTypeInfoKind.Object != !isLast)
            {
                throw new AlbireoException(
                    Failure.Usage,
                    isLast
                        ? $"{setting.Source}: {setting.Key} is a group of options; set one of {string.Join(", ", next.Properties.Select(p => setting.Key + "." + p.Name))}."
                        : $"{setting.Source}: unknown option {setting.Key}{Suggest(setting.Key)}"
                );
            }
            if (isLast)
            {
                node[parts[i]] = ToNode(setting, property.PropertyType);
            }
            else
            {
                info = next;
                node = node[parts[i]]!.AsObject();
            }
        }
    }

    private static JsonNode? ToNode(Setting setting, Type type)
    {
        Type? item =
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
        if (item is not null)
        {
            var array = new JsonArray();
            foreach (string text in setting.Values.Where(v => v.Length > 0))
            {
                array.Add(Scalar(setting, text, item));
            }
            return array;
        }
        return Scalar(setting, string.Join(',', setting.Values), type);
    }

    private static JsonValue? Scalar(Setting setting, string text, Type type)
    {
        Type? inner = Nullable.GetUnderlyingType(type);
        if (inner is not null && text is "" or "null" or "none")
        {
            return null;
        }
        type = inner ?? type;
        if (type == typeof(string))
        {
            return JsonValue.Create(text);
        }
        if (type == typeof(bool))
        {
            return text.ToLowerInvariant() switch
            {
                "true" or "yes" or "on" => JsonValue.Create(true),
                "false" or "no" or "off" => JsonValue.Create(false),
                _ => throw Misfit(setting, text, "true or false"),
            };
        }
        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int whole)
                ? JsonValue.Create(whole)
                : throw Misfit(setting, text, "a whole number");
        }
        if (type == typeof(double))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? JsonValue.Create(number)
                : throw Misfit(setting, text, "a number");
        }
        if (type.IsEnum)
        {
            string[] names = Enum.GetNames(type).Select(n => JsonNamingPolicy.KebabCaseLower.ConvertName(n)).ToArray();
            return names.Contains(text.ToLowerInvariant())
                ? JsonValue.Create(text.ToLowerInvariant())
                : throw Misfit(setting, text, "one of " + string.Join(", ", names));
        }
        throw new InvalidOperationException($"{setting.Key}: options of type {type.Name} cannot be set.");
    }

    /// <summary>The setting that alone makes the defaults invalid, as a sentence.</summary>
    private static string? Blame(List<Setting> settings, Recipe defaults)
    {
        foreach (Setting setting in settings)
        {
            JsonObject tree = ToTree(defaults);
            try
            {
                Apply(tree, setting);
                tree.Deserialize(RecipeJson.Default.Recipe);
            }
            catch (Exception e) when (e is ArgumentException or JsonException)
            {
                return $"{setting.Source}: {setting.Key} = {string.Join(',', setting.Values)}: {Sentence(e)}";
            }
        }
        return null;
    }

    private static string Sentence(Exception e)
    {
        Exception inner = e is JsonException { InnerException: { } i } ? i : e;
        return inner.Message.Split('\n')[0].Split(" (Parameter", StringSplitOptions.None)[0];
    }

    private static AlbireoException Misfit(Setting setting, string text, string expected) =>
        new(Failure.Usage, $"{setting.Source}: {setting.Key} = {text}; expected {expected}.");

    private static string Suggest(string key)
    {
        IEnumerable<string> keys = key.StartsWith(CompatPrefix, StringComparison.Ordinal) ? Keys().Select(k => CompatPrefix + k) : Keys();
        string nearest = keys.OrderBy(k => Distance(k, key)).First();
        return Distance(nearest, key) <= Math.Max(3, key.Length / 3)
            ? $"; did you mean {nearest}?"
            : "; docs/recipes.md lists the options.";
    }

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }

    private static IEnumerable<string> Walk(JsonTypeInfo info, string prefix)
    {
        foreach (JsonPropertyInfo property in info.Properties)
        {
            JsonTypeInfo next = RecipeJson.Default.GetTypeInfo(property.PropertyType)!;
            foreach (
                string key in next.Kind == JsonTypeInfoKind.Object ? Walk(next, prefix + property.Name + ".") : [prefix + property.Name]
            )
            {
                yield return key;
            }
        }
    }
}
