using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Albireo.Pipeline.Options;

/// <summary>What there is to set in a record of options: every public property that can be set, in the order in which it is declared.</summary>
internal sealed class OptionGroup
{
    private static readonly ConcurrentDictionary<Type, OptionGroup> Known = new();
    private static readonly Lazy<Func<object, object>> Copied = new(() =>
        typeof(object)
            .GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object, object>>()
    );

    private OptionGroup(Type type) =>
        Options = [
            .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(p => p.SetMethod is { IsPublic: true })
                .Select(p => new Option(p)),
        ];

    public IReadOnlyList<Option> Options { get; }

    public static OptionGroup Of(Type type) => Known.GetOrAdd(type, static t => new OptionGroup(t));

    public Option? Find(string key) => Options.FirstOrDefault(o => o.Key == key);

    /// <summary>A copy, groups included, of which values may be set.</summary>
    public object Copy(object options)
    {
        object copy = Copied.Value(options);
        foreach (Option option in Options)
        {
            if (option.Group is { } group)
            {
                option.Put(copy, group.Copy(option.Get(options)!));
            }
        }
        return copy;
    }

    /// <summary>As a tree of kebab-case keys.</summary>
    public JsonObject Tree(object options)
    {
        var tree = new JsonObject();
        foreach (Option option in Options)
        {
            object? value = option.Get(options);
            tree[option.Key] = option.Group is { } group ? group.Tree(value!) : Node(value);
        }
        return tree;
    }

    private static JsonNode? Node(object? value) =>
        value switch
        {
            null => null,
            bool flag => JsonValue.Create(flag),
            int whole => JsonValue.Create(whole),
            double number => JsonValue.Create(number),
            string text => JsonValue.Create(text),
            Enum word => JsonValue.Create(JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString())),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
            _ => throw new InvalidOperationException($"Options of type {value.GetType().Name} cannot be kept."),
        };
}
