using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Products;

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(KeptMaster[]))]
[JsonSerializable(typeof(KeptFrame[]))]
internal sealed partial class MemoryJson : JsonSerializerContext;
