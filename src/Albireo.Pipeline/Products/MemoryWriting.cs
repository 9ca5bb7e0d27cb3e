using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Products;

/// <summary>Writes what <see cref="MemoryJson"/> reads, without the serializer's tables of types, which are made anew at every start.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(KeptMaster[]))]
[JsonSerializable(typeof(KeptFrame[]))]
internal sealed partial class MemoryWriting : JsonSerializerContext;
