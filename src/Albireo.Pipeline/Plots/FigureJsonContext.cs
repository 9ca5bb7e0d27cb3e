using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Plots;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(MissingNumberConverter),
        typeof(SnakeCaseEnumConverter<ColorSlot>),
        typeof(SnakeCaseEnumConverter<SeriesStyle>),
        typeof(SnakeCaseEnumConverter<PointState>),
        typeof(SnakeCaseEnumConverter<PointMarker>),
        typeof(SnakeCaseEnumConverter<AxisScale>),
    ]
)]
[JsonSerializable(typeof(Figure))]
internal sealed partial class FigureJsonContext : JsonSerializerContext;
