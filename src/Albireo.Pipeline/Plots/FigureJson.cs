using System.Text.Json;

namespace Albireo.Pipeline.Plots;

/// <summary>The JSON form of a figure: names in snake_case, missing numbers null, pictures in base64.</summary>
public static class FigureJson
{
    /// <summary>The figure as JSON text.</summary>
    public static string Write(Figure figure) => JsonSerializer.Serialize(figure, FigureJsonContext.Default.Figure);

    /// <summary>The figure that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a figure.</exception>
    public static Figure Read(string json) =>
        JsonSerializer.Deserialize(json, FigureJsonContext.Default.Figure)
        ?? throw new JsonException("A figure is expected, null was found.");
}
