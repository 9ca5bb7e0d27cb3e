using System.Text.Json;
using System.Text.Json.Serialization;
using Albireo.Pipeline.Plots;
using Albireo.Web.Runs;

namespace Albireo.Web;

/// <summary>The one form of JSON that pages and server speak: snake_case, missing numbers null.</summary>
public static class WebJson
{
    public static JsonSerializerOptions Options { get; } = Made();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new MissingNumberConverter());
        options.Converters.Add(new JsonStringEnumConverter<JobState>(JsonNamingPolicy.KebabCaseLower));
        options.TypeInfoResolverChain.Insert(0, WebJsonContext.Default);
    }

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }
}
