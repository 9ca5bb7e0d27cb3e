using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Products;

/// <summary>Reads what is remembered of products; <see cref="MemoryWriting"/> writes it.</summary>
[JsonSerializable(typeof(KeptMaster[]))]
[JsonSerializable(typeof(KeptFrame[]))]
internal sealed partial class MemoryJson : JsonSerializerContext;
