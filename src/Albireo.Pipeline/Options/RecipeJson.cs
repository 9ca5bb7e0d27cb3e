using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Options;

/// <summary>The one binding of recipes: source-generated, kebab-case keys and words, unknown keys refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    Converters = [typeof(KebabCaseEnumConverter)],
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true
)]
[JsonSerializable(typeof(Recipe))]
internal sealed partial class RecipeJson : JsonSerializerContext;
