using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Inventory;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(IndexFile))]
internal sealed partial class IndexJson : JsonSerializerContext;
