using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Albireo.Pipeline.Options;

/// <summary>
/// A recipe as a tree of kebab-case keys, read from its properties. The same as the serializer of <see cref="RecipeJson"/> makes, which
/// compiles a converter for every enum at the start of every run: a tenth of a second.
/// </summary>
internal static class RecipeTree
{
    public static JsonObject Of(Recipe recipe) => Group(recipe);

    private static JsonObject Group(object options)
    {
        var tree = new JsonObject();
        foreach (PropertyInfo property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true })
            {
                tree[JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name)] = Node(property.GetValue(options));
            }
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
            _ => Group(value),
        };
}
