using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// What the user says about a night in a file <c>night.yaml</c> beside the frames: kinds by file name, values of single frames, the
/// telescope, the site, the target and its coordinates, and stage settings. It counts for its folder and those beneath.
/// </summary>
public sealed record NightFile
{
    public const string FileName = "night.yaml";

    public required string Path { get; init; }

    /// <summary>File names, with <c>*</c> and <c>?</c>, and the kind of frame that they are; the first that fits counts.</summary>
    public IReadOnlyList<KeyValuePair<string, FrameKind>> Kinds { get; init; } = [];

    /// <summary>Values of frames by file name; all that fit count, later ones over earlier ones.</summary>
    public IReadOnlyList<FrameOverride> Frames { get; init; } = [];

    /// <summary>Name or file of the telescope profile.</summary>
    public string? Telescope { get; init; }
    public Site? Site { get; init; }

    /// <summary>The target's own coordinates.</summary>
    public SkyCoordinate? Sky { get; init; }

    /// <summary>The stars, as the options of the same names point at them.</summary>
    public StarDesignation? Target { get; init; }
    public IReadOnlyList<StarDesignation> Comparisons { get; init; } = [];
    public StarDesignation? Check { get; init; }

    /// <summary>Full path of a table of stars.</summary>
    public string? StarsFile { get; init; }

    /// <summary>Name of the frame that pixel positions refer to.</summary>
    public string? Reference { get; init; }

    /// <summary>All other keys, as stage settings, in the file's order.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>The folder that it lies in, with a slash at its end.</summary>
    public string Folder => (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "").TrimEnd('/') + "/";

    /// <summary>Reads a night.yaml.</summary>
    /// <exception cref="SettingsFileException">It is wrong; the message names file and key.</exception>
    public static NightFile Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads the text of a night.yaml that lies at <paramref name="path"/>.</summary>
    public static NightFile Parse(string text, string path)
    {
        YamlMap map = YamlMap.Parse(text, path);
        var night = new NightFile
        {
            Path = path,
            Kinds = KindsOf(map),
            Frames = FramesOf(map),
            Telescope = map.Text("telescope"),
            Site = ProfileReader.SiteOf(map),
            Sky = SkyOf(map),
            Target = StarOf(map, "target"),
            Comparisons = [.. map.Texts("comparison").Select(text => Star(map, "comparison", text))],
            Check = StarOf(map, "check"),
            Reference = map.Text("reference"),
        };
        night = night with { StarsFile = map.Text("stars") is { } stars ? System.IO.Path.GetFullPath(stars, night.Folder) : null };
        return night with { Settings = [.. map.UnreadKeys.ToList().SelectMany(k => map.Settings(k, k, SettingLayer.Night))] };
    }

    /// <summary>Whether it counts for all frames, not only for those of its folder.</summary>
    public bool CoversAll { get; init; }

    /// <summary>Whether it counts for a frame: one that lies in this file's folder or beneath it.</summary>
    public bool Covers(string framePath) => CoversAll || framePath.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>The frame with what this file says of it.</summary>
    public FrameInfo Apply(FrameInfo frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        FrameInfo read = frame;
        foreach ((string pattern, FrameKind kind) in Kinds)
        {
            if (Wildcard.MatchesFile(pattern, frame.Path))
            {
                frame = frame with { Kind = new(kind, FileName, pattern), Contradiction = null };
                break;
            }
        }
        foreach (FrameOverride own in Frames.Where(o => Wildcard.MatchesFile(o.Pattern, frame.Path)))
        {
            frame = own.Apply(frame);
        }
        if (Site is { } site)
        {
            string raw = $"{site.LatitudeDegrees} {site.LongitudeDegrees} {site.HeightMetres}";
            frame = frame with { Site = new(site, FileName, raw), SiteHeightMetres = new(site.HeightMetres, FileName, raw) };
        }
        return FrameSense.Again(frame, read);
    }

    /// <summary>The patterns that none of some files fits, as a slip of the pen leaves them.</summary>
    internal IReadOnlyList<string> WithoutFile(IEnumerable<string> paths)
    {
        var open = new HashSet<string>(Kinds.Select(k => k.Key).Concat(Frames.Select(f => f.Pattern)), StringComparer.Ordinal);
        foreach (string path in paths.Where(Covers))
        {
            open.RemoveWhere(pattern => Wildcard.MatchesFile(pattern, path));
        }
        return [.. open.Order(StringComparer.Ordinal)];
    }

    /// <summary>Patterns that no file of the folders that were looked through fits.</summary>
    internal IReadOnlyList<string> Idle { get; init; } = [];

    private static List<KeyValuePair<string, FrameKind>> KindsOf(YamlMap map)
    {
        var kinds = new List<KeyValuePair<string, FrameKind>>();
        if (map.Map("kinds") is not { } inner)
        {
            return kinds;
        }
        foreach (string key in inner.Keys.ToList())
        {
            IReadOnlyList<string> values = inner.Texts(key);
            if (KindReader.OfWord(key) is { } kind)
            {
                kinds.AddRange(values.Select(pattern => new KeyValuePair<string, FrameKind>(pattern, kind)));
            }
            else if (values.Count == 1 && KindReader.OfWord(values[0]) is { } named)
            {
                kinds.Add(new(key, named));
            }
            else
            {
                throw inner.Error(key, "a kind of frame (light, bias, dark, flat, darkflat) with file names is expected");
            }
        }
        return kinds;
    }

    private static List<FrameOverride> FramesOf(YamlMap map)
    {
        var frames = new List<FrameOverride>();
        if (map.Map("frames") is { } inner)
        {
            foreach (string pattern in inner.Keys.ToList())
            {
                YamlMap values = inner.Map(pattern) ?? throw inner.Error(pattern, "keys and values are expected");
                frames.Add(FrameOverride.Read(pattern, values));
            }
        }
        return frames;
    }

    private static StarDesignation? StarOf(YamlMap map, string key) => map.Text(key) is { } text ? Star(map, key, text) : null;

    private static StarDesignation Star(YamlMap map, string key, string text)
    {
        try
        {
            return StarDesignation.Parse(text, key);
        }
        catch (AlbireoException e)
        {
            throw map.Error(key, e.Message.TrimEnd('.'));
        }
    }

    private static SkyCoordinate? SkyOf(YamlMap map) =>
        map.Text("sky") is not { } text ? null
        : SkyCoordinate.TryParse(text, out SkyCoordinate sky, out string? why) ? sky
        : throw map.Error("sky", why ?? "no coordinates");
}
