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
    // Found when they are first asked for: a run reads or writes the words of a few types of the forty.
    private static readonly Lazy<T[]> Values = new(Enum.GetValues<T>);
    private static readonly Lazy<string[]> Words = new(() =>
        Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.KebabCaseLower.ConvertName)
    );

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        int index = Array.IndexOf(Words.Value, text);
        return index >= 0 ? Values.Value[index] : throw new JsonException($"{text} is none of {string.Join(", ", Words.Value)}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words.Value[Array.IndexOf(Values.Value, value)]);
}
