using System.Text.Json;
using System.Text.Json.Serialization;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Products;

/// <summary>
/// OUT/.albireo/masters.json: what each master in OUT was made of and with, so that a run over the same frames with the same settings
/// takes it as it lies. A damaged memory counts as none.
/// </summary>
internal sealed class MasterMemory
{
    private readonly string path;
    private readonly Dictionary<string, KeptMaster> kept;

    private MasterMemory(string path, IEnumerable<KeptMaster> kept)
    {
        this.path = path;
        this.kept = kept.ToDictionary(k => k.Name, StringComparer.Ordinal);
    }

    public static MasterMemory Open(OutputFolder output)
    {
        string path = output.At(".albireo", OutputFolder.MastersMemory);
        try
        {
            using FileStream stream = File.OpenRead(path);
            return new MasterMemory(path, JsonSerializer.Deserialize(stream, MasterJson.Default.KeptMasterArray) ?? []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return new MasterMemory(path, []); // all masters are made
        }
    }

    /// <summary>What is known of a product made of just this, or null.</summary>
    public KeptMaster? Find(string name, string? key) => kept.TryGetValue(name, out KeptMaster? entry) && entry.Key == key ? entry : null;

    /// <summary>Remembers a product that has been written.</summary>
    public void Keep(KeptMaster master)
    {
        kept[master.Name] = master;
        Write();
    }

    private void Write()
    {
        KeptMaster[] sorted = [.. kept.Values.OrderBy(k => k.Name, StringComparer.Ordinal)];
        TextProduct.Write(path, stream => JsonSerializer.Serialize(stream, sorted, MasterJson.Default.KeptMasterArray));
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(KeptMaster[]))]
internal sealed partial class MasterJson : JsonSerializerContext;
