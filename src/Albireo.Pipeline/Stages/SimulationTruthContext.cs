using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Stages;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = false
)]
[JsonSerializable(typeof(SimulationTruth))]
internal sealed partial class SimulationTruthContext : JsonSerializerContext;
