using System.Globalization;
using System.Text.Json.Nodes;

namespace Albireo.Pipeline.Options;

/// <summary>
/// Lays settings over the defaults, layer by layer (<see cref="SettingLayer"/>) and later ones over earlier ones. An unknown key or a
/// value that does not fit is an error that names the key, its source and what would fit. A setting below <c>compat.</c> takes its place in the order like
/// any other, but counts only where <c>compat</c> is true in the end; it must be a right one all the same.
/// </summary>
public static class RecipeBinder
{
    private const string Compat = "compat";

    /// <summary>What a key begins with that counts only where <c>compat</c> is true.</summary>
    public const string CompatPrefix = Compat + ".";

    private static OptionGroup All => OptionGroup.Of(typeof(Recipe));

    /// <summary>The recipe that the settings make of the defaults; an unset option keeps its default.</summary>
    /// <param name="settings">In any order of their layers.</param>
    /// <param name="over">Other defaults than the recipe <c>standard</c>.</param>
    /// <exception cref="AlbireoException">A key is unknown or a value does not fit.</exception>
    public static Recipe Bind(IEnumerable<Setting> settings, Recipe? over = null)
    {
        var all = settings.OrderBy(s => (int)s.Layer).ToList();
        Recipe defaults = over ?? new Recipe();
        if (all.Count == 0)
        {
            return defaults;
        }
        object recipe = All.Copy(defaults);
        object unused = All.Copy(defaults);
        bool isCompat = all.LastOrDefault(s => s.Key == Compat) is { } last ? (bool)Value(last, typeof(bool))! : defaults.Compat;
        foreach (Setting setting in all)
        {
            Apply(isCompat || !IsForCompat(setting) ? recipe : unused, setting);
        }
        return (Recipe)recipe;
    }

    /// <summary>The recipe as a tree with kebab-case keys, as run.json keeps it.</summary>
    public static JsonObject ToTree(Recipe recipe) => All.Tree(recipe);

    /// <summary>Every key that a recipe, a profile or <c>--set</c> may use.</summary>
    public static IEnumerable<string> Keys() => Walk(All, "");

    private static bool IsForCompat(Setting setting) => setting.Key.StartsWith(CompatPrefix, StringComparison.Ordinal);

    private static void Apply(object options, Setting setting)
    {
        string[] parts = (IsForCompat(setting) ? setting.Key[CompatPrefix.Length..] : setting.Key).Split('.');
        OptionGroup group = All;
        foreach (string part in parts[..^1])
        {
            Option inner = group.Find(part) ?? throw Unknown(setting);
            group = inner.Group ?? throw Unknown(setting);
            options = inner.Get(options)!;
        }
        Option option = group.Find(parts[^1]) ?? throw Unknown(setting);
        if (option.Group is { } below)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{setting.Source}: {setting.Key} is a group of options; set one of {string.Join(", ", below.Options.Select(o => setting.Key + "." + o.Key))}."
            );
        }
        try
        {
            option.Set(options, option.Item is { } item ? List(setting, item) : Value(setting, option.Type, option.IsNullable));
        }
        catch (ArgumentException e)
        {
            string sentence = e.Message.Split('\n')[0].Split(" (Parameter", StringSplitOptions.None)[0];
            throw new AlbireoException(
                Failure.Usage,
                $"{setting.Source}: {setting.Key} = {string.Join(',', setting.Values)}: {sentence}",
                e
            );
        }
    }

    private static Array List(Setting setting, Type item)
    {
        string[] texts = [.. setting.Values.Where(v => v.Length > 0)];
        var list = Array.CreateInstance(item, texts.Length);
        for (int i = 0; i < texts.Length; i++)
        {
            list.SetValue(Scalar(setting, texts[i], item), i);
        }
        return list;
    }

    private static object? Value(Setting setting, Type type, bool isNullable = false)
    {
        string text = string.Join(',', setting.Values);
        return isNullable && text is "" or "null" or "none" ? null : Scalar(setting, text, type);
    }

    private static object Scalar(Setting setting, string text, Type type)
    {
        if (type == typeof(string))
        {
            return text;
        }
        if (type == typeof(bool))
        {
            return text.ToLowerInvariant() switch
            {
                "true" or "yes" or "on" => true,
                "false" or "no" or "off" => false,
                _ => throw Misfit(setting, text, "true or false"),
            };
        }
        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int whole)
                ? whole
                : throw Misfit(setting, text, "a whole number");
        }
        if (type == typeof(double))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? number
                : throw Misfit(setting, text, "a number");
        }
        if (type.IsEnum)
        {
            string[] words = Option.Words(type);
            int index = Array.IndexOf(words, text.ToLowerInvariant());
            return index >= 0
                ? Enum.Parse(type, Enum.GetNames(type)[index])
                : throw Misfit(setting, text, "one of " + string.Join(", ", words));
        }
        throw new InvalidOperationException($"{setting.Key}: options of type {type.Name} cannot be set.");
    }

    private static AlbireoException Unknown(Setting setting) =>
        new(Failure.Usage, $"{setting.Source}: unknown option {setting.Key}{Suggest(setting.Key)}");

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

    private static IEnumerable<string> Walk(OptionGroup group, string prefix) =>
        group.Options.SelectMany(o => o.Group is { } below ? Walk(below, prefix + o.Key + ".") : [prefix + o.Key]);
}
