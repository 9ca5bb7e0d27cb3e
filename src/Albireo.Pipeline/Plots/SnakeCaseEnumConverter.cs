using System.Text.Json;
using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Plots;

/// <summary>Names of an enum in snake_case.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
