using System.Text.Json;
using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Options;

/// <summary>Words of options as users write them: <c>clipped-mean</c>.</summary>
internal sealed class KebabCaseEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var words = (JsonConverterFactory)Activator.CreateInstance(typeof(Words<>).MakeGenericType(typeToConvert))!;
        return words.CreateConverter(typeToConvert, options);
    }

    private sealed class Words<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
        where T : struct, Enum;
}
