using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Albireo.Pipeline.Options;

/// <summary>
/// A recipe as a tree of kebab-case keys, read through the generated getters of <see cref="RecipeJson"/>: calling a property by
/// reflection compiles a stub for each of the two hundred at every start.
/// </summary>
internal static class RecipeTree
{
    public static JsonObject Of(Recipe recipe) => Group(recipe, RecipeJson.Default.Recipe);

    private static JsonObject Group(object options, JsonTypeInfo info)
    {
        var tree = new JsonObject();
        foreach (JsonPropertyInfo property in info.Properties)
        {
            if (property.Get is { } get)
            {
                tree[property.Name] = Node(get(options));
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
            _ => Group(value, RecipeJson.Default.GetTypeInfo(value.GetType())!),
        };
}
