using System.Globalization;
using Albireo.Pipeline.Instruments;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// The parameter file of the TAPE programs: lines <c>KEY value # comment</c>, of which the first two words count. WORKDIR names the
/// folder with the frames, BINNING the binning of those that are used.
/// </summary>
public sealed record TapeParameters
{
    public const string FileName = "tape.par";

    public required string Path { get; init; }

    /// <summary>Every key with its value, in the file's order; a key that stands there twice has its last value.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>The folder with the frames: WORKDIR, counted from the file's own folder; that folder itself without one.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>BINNING; null where there is none.</summary>
    public int? Binning { get; init; }

    /// <summary>Whether a frame lies in the folder with the frames or beneath it.</summary>
    public bool Covers(string framePath)
    {
        ArgumentNullException.ThrowIfNull(framePath);
        return framePath.StartsWith(WorkFolder.TrimEnd('/') + "/", StringComparison.Ordinal);
    }

    /// <summary>Reads a tape.par.</summary>
    /// <exception cref="SettingsFileException">A line without a value, or a BINNING that is none.</exception>
    public static TapeParameters Read(string path) => Parse(File.ReadAllLines(path), path);

    /// <summary>Reads the lines of a tape.par that lies at <paramref name="path"/>.</summary>
    public static TapeParameters Parse(IReadOnlyList<string> lines, string path)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < lines.Count; i++)
        {
            string text = lines[i].Split('#')[0];
            string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 1)
            {
                throw new SettingsFileException(path, $"line {i + 1}", $"{words[0]} has no value");
            }
            if (words.Length > 1)
            {
                values[words[0]] = words[1];
            }
        }
        int? binning = null;
        if (values.TryGetValue("BINNING", out string? text2))
        {
            binning =
                int.TryParse(text2, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is >= 1 and <= 64
                    ? n
                    : throw new SettingsFileException(path, "BINNING", $"'{text2}' is no binning");
        }
        string own = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? ".";
        return new TapeParameters
        {
            Path = path,
            Values = values,
            Binning = binning,
            WorkFolder = System.IO.Path.GetFullPath(values.GetValueOrDefault("WORKDIR", "."), own),
        };
    }
}
