using System.Text;
using System.Text.Json.Nodes;
using Albireo.Pipeline;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Albireo.Web.Intake;

/// <summary>
/// The part of OUT/night.yaml that the workbench writes: <c>frames</c>, one entry a file. Everything else in the file stays; the raw
/// frames' own folder is never written to.
/// </summary>
internal sealed class NightEdits
{
    private static readonly string[] Keys =
    [
        "kind",
        "exposure",
        "filter",
        "object",
        "start",
        "gain",
        "read-noise",
        "saturation",
        "temperature",
        "exclude",
    ];

    private readonly YamlMappingNode root;
    private readonly YamlMappingNode frames;

    private NightEdits(YamlMappingNode root)
    {
        this.root = root;
        var key = new YamlScalarNode("frames");
        frames = root.Children.TryGetValue(key, out YamlNode? node) && node is YamlMappingNode map ? map : [];
    }

    /// <summary>What the file says now; nothing where there is none.</summary>
    public static NightEdits Read(string path)
    {
        if (!File.Exists(path))
        {
            return new NightEdits([]);
        }
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            yaml.Load(reader);
        }
        catch (YamlException e)
        {
            throw new AlbireoException(Failure.Usage, $"{path}, line {e.Start.Line}: not valid YAML: {e.Message}", e);
        }
        return new NightEdits(yaml.Documents.FirstOrDefault()?.RootNode as YamlMappingNode ?? []);
    }

    /// <summary>The words that the workbench wrote of one frame.</summary>
    public JsonObject Of(string framePath)
    {
        var words = new JsonObject();
        foreach ((YamlNode pattern, YamlNode values) in frames)
        {
            if (values is YamlMappingNode map && IsOf(pattern.ToString(), framePath))
            {
                foreach ((YamlNode key, YamlNode value) in map)
                {
                    words[key.ToString()] = value.ToString();
                }
            }
        }
        return words;
    }

    /// <summary>Changes words and writes the file whole, if what results is a valid night.yaml.</summary>
    public static void Change(
        string path,
        IReadOnlyList<(string FramePath, IReadOnlyDictionary<string, string?> Values)> changes,
        IReadOnlyList<string> inputs
    )
    {
        NightEdits edits = Read(path);
        foreach ((string framePath, IReadOnlyDictionary<string, string?> values) in changes)
        {
            foreach ((string key, string? value) in values)
            {
                if (!Keys.Contains(key))
                {
                    throw new AlbireoException(Failure.Usage, $"{key} is no value of a frame; expected one of {string.Join(", ", Keys)}.");
                }
                edits.Set(Name(framePath, inputs), key, value);
            }
        }
        string text = edits.Text();
        NightFile.Parse(text, path); // throws, naming key and value
        TextProduct.Write(path, text, flushToDisk: true);
    }

    private void Set(string name, string key, string? value)
    {
        var nameNode = new YamlScalarNode(name) { Style = ScalarStyle.DoubleQuoted };
        if (!frames.Children.TryGetValue(nameNode, out YamlNode? found) || found is not YamlMappingNode map)
        {
            map = [];
            frames.Children[nameNode] = map;
        }
        var keyNode = new YamlScalarNode(key);
        map.Children.Remove(keyNode);
        if (value is not null)
        {
            map.Add(keyNode, new YamlScalarNode(value) { Style = ScalarStyle.DoubleQuoted });
        }
        if (map.Children.Count == 0)
        {
            frames.Children.Remove(nameNode);
        }
    }

    private string Text()
    {
        var key = new YamlScalarNode("frames");
        root.Children.Remove(key);
        if (frames.Children.Count > 0)
        {
            root.Add(key, frames);
        }
        if (root.Children.Count == 0)
        {
            return "# nothing is said of this night\n";
        }
        var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        // The end-of-document mark that YamlDotNet writes says nothing.
        return text.ToString().Replace("\n...\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>The file's place below the night, which tells files of one name in several folders apart.</summary>
    private static string Name(string framePath, IReadOnlyList<string> inputs)
    {
        string? folder = inputs
            .Select(Path.GetFullPath)
            .FirstOrDefault(i => framePath.StartsWith(i.TrimEnd('/') + "/", StringComparison.Ordinal));
        return folder is null ? Path.GetFileName(framePath) : Path.GetRelativePath(folder, framePath);
    }

    private static bool IsOf(string pattern, string framePath) => Pipeline.Instruments.Wildcard.MatchesFile(pattern, framePath);
}
