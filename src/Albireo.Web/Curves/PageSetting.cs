using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;

namespace Albireo.Web.Curves;

/// <summary>One option: its key and its text or texts; null takes the default.</summary>
public sealed record PageSetting(string Key, IReadOnlyList<string>? Values)
{
    internal Setting ToSetting() => new(Key, Values ?? Default(Key), "--set");

    private static IReadOnlyList<string> Default(string key)
    {
        JsonNode? node = RecipeBinder.ToTree(new Recipe());
        foreach (string part in key.Split('.'))
        {
            node =
                node is JsonObject group && group.TryGetPropertyValue(part, out JsonNode? inner)
                    ? inner
                    : throw new AlbireoException(Failure.Usage, $"unknown option {key}; docs/recipes.md lists the options.");
        }
        return node is JsonArray list ? [.. list.Select(Word)] : [Word(node)];
    }

    private static string Word(JsonNode? value) =>
        value is null ? "null"
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>()
        : value.ToJsonString();
}
