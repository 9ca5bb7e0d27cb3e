using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Inventory;

/// <summary>Reads the index; <see cref="IndexWriting"/> writes it.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(IndexFile))]
internal sealed partial class IndexJson : JsonSerializerContext;
