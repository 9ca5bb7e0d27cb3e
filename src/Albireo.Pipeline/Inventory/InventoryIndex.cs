using System.Collections.Concurrent;
using System.Text.Json;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Products;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// Remembers what the headers of files said, keyed by path, size and time of change, so that an unchanged tree is not opened again.
/// A damaged or older index counts as none. Files that changed within the last seconds are not remembered: they might change again
/// within the clock's resolution.
/// </summary>
internal sealed class InventoryIndex
{
    private readonly string path;
    private readonly string fingerprint;
    private readonly ConcurrentDictionary<string, IndexEntry> entries;
    private readonly ConcurrentDictionary<string, bool> used = new(StringComparer.Ordinal);
    private bool changed;

    private InventoryIndex(string path, string fingerprint, IEnumerable<IndexEntry> entries)
    {
        this.path = path;
        this.fingerprint = fingerprint;
        this.entries = new(entries.Select(e => new KeyValuePair<string, IndexEntry>(e.Frame.Path, e)), StringComparer.Ordinal);
    }

    public static InventoryIndex Open(string path, string fingerprint)
    {
        if (!File.Exists(path))
        {
            return new InventoryIndex(path, fingerprint, []);
        }
        try
        {
            using FileStream stream = File.OpenRead(path);
            IndexFile? file = JsonSerializer.Deserialize(stream, IndexJson.Default.IndexFile);
            if (file is not null && file.Version == HeaderMap.Version && file.Profiles == fingerprint)
            {
                return new InventoryIndex(path, fingerprint, file.Entries);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            // No index: every file is opened.
        }
        return new InventoryIndex(path, fingerprint, []);
    }

    /// <summary>What is known of a file, if it has not changed.</summary>
    public FrameInfo? Frame(FoundFile file, string profile) => Entry(file) is { } entry && entry.Profile == profile ? entry.Frame : null;

    public string? Hash(FoundFile file, bool whole) => whole ? Entry(file)?.WholeHash : Entry(file)?.PartHash;

    public void Keep(FoundFile file, FrameInfo frame, string profile)
    {
        used[file.Path] = true;
        if (file.IsSettled)
        {
            entries[file.Path] = new IndexEntry(file.Length, file.ModifiedTicks, profile, frame, null, null);
            changed = true;
        }
    }

    public void KeepHash(FoundFile file, bool whole, string? hash)
    {
        if (hash is not null && Entry(file) is { } entry)
        {
            entries[file.Path] = whole ? entry with { WholeHash = hash } : entry with { PartHash = hash };
            changed = true;
        }
    }

    /// <summary>Writes the index, whole or not at all; a disk that does not take it is no reason to stop.</summary>
    public void Save()
    {
        if (!changed)
        {
            return;
        }
        IndexEntry[] sorted =
        [
            .. entries
                .Values.Where(e => used.ContainsKey(e.Frame.Path) || File.Exists(e.Frame.Path))
                .OrderBy(e => e.Frame.Path, StringComparer.Ordinal),
        ];
        var index = new IndexFile(HeaderMap.Version, fingerprint, sorted);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
            TextProduct.Write(
                path,
                stream =>
                {
                    using var writer = new Utf8JsonWriter(stream);
                    JsonSerializer.Serialize(writer, index, IndexWriting.Default.IndexFile);
                }
            );
            changed = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays as it was: the next run opens what it does not know.
        }
    }

    private IndexEntry? Entry(FoundFile file) =>
        entries.TryGetValue(file.Path, out IndexEntry? entry) && entry.Length == file.Length && entry.ModifiedTicks == file.ModifiedTicks
            ? entry
            : null;
}
