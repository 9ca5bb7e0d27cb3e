using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Products;

/// <summary>
/// A file in OUT/.albireo: what products in OUT were made of and with, so that a run over the same frames with the same settings takes
/// them as they lie. A damaged memory counts as none.
/// </summary>
internal sealed class ProductMemory<T>
    where T : IKeptProduct
{
    private readonly string path;
    private readonly Func<JsonTypeInfo<T[]>> writing;
    private readonly Dictionary<string, T> kept = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    private ProductMemory(string path, Func<JsonTypeInfo<T[]>> writing)
    {
        this.path = path;
        this.writing = writing;
    }

    /// <param name="output">OUT.</param>
    /// <param name="file">Name of the file.</param>
    /// <param name="reading">How it is read; asked for only where there is one.</param>
    /// <param name="writing">How it is written.</param>
    public static ProductMemory<T> Open(OutputFolder output, string file, Func<JsonTypeInfo<T[]>> reading, Func<JsonTypeInfo<T[]>> writing)
    {
        var memory = new ProductMemory<T>(output.At(".albireo", file), writing);
        if (!File.Exists(memory.path))
        {
            return memory;
        }
        try
        {
            using FileStream stream = File.OpenRead(memory.path);
            foreach (T product in JsonSerializer.Deserialize(stream, reading()) ?? [])
            {
                memory.kept[product.Name] = product;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            memory.kept.Clear(); // all products are made
        }
        return memory;
    }

    /// <summary>What is known of a product made of just this.</summary>
    public T? Find(string name, Lazy<string?> key)
    {
        T? product;
        lock (gate)
        {
            product = kept.GetValueOrDefault(name);
        }
        return product is not null && product.Key == key.Value ? product : default;
    }

    /// <summary>Whether there was ever a product of that name.</summary>
    public bool Knows(string name)
    {
        lock (gate)
        {
            return kept.ContainsKey(name);
        }
    }

    /// <summary>Remembers products that have been written; on any thread.</summary>
    public void Keep(IEnumerable<T> products)
    {
        lock (gate)
        {
            foreach (T product in products)
            {
                kept[product.Name] = product;
            }
            T[] sorted = [.. kept.Values.OrderBy(k => k.Name, StringComparer.Ordinal)];
            TextProduct.Write(
                path,
                stream =>
                {
                    using var writer = new Utf8JsonWriter(stream);
                    JsonSerializer.Serialize(writer, sorted, writing());
                }
            );
        }
    }
}
