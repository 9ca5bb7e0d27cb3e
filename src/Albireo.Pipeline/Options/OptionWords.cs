using System.Text.Json;
using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Options;

/// <summary>
/// Words of an option as users write them: <c>clipped-mean</c>. One a type, named in <see cref="RecipeJson"/>, so that it is compiled
/// with the program and not at every start.
/// </summary>
internal sealed class OptionWords<T> : JsonConverter<T>
    where T : struct, Enum
{
    private readonly T[] values = Enum.GetValues<T>();
    private readonly string[] words = Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.KebabCaseLower.ConvertName);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        int index = Array.IndexOf(words, text);
        return index >= 0 ? values[index] : throw new JsonException($"{text} is none of {string.Join(", ", words)}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(words[Array.IndexOf(values, value)]);
}
