using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// Writes what <see cref="IndexJson"/> reads, without the serializer's tables of types, which are made anew at every start. Words are
/// numbers here: whoever changes their order raises the version of the index.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true
)]
[JsonSerializable(typeof(IndexFile))]
internal sealed partial class IndexWriting : JsonSerializerContext;
