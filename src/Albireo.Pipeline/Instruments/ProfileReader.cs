using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Instruments;

/// <summary>Reads a telescope profile from YAML.</summary>
public static class ProfileReader
{
    /// <summary>The profile in a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">The file that messages name.</param>
    /// <exception cref="SettingsFileException">Not YAML, an unknown key, or a value that cannot be.</exception>
    public static TelescopeProfile Read(string text, string source)
    {
        YamlMap map = YamlMap.Parse(text, source);
        string name = map.Text("name") ?? throw map.Error("name", "a profile needs a name");
        var profile = new TelescopeProfile
        {
            Name = name,
            Source = source,
            Aliases = map.Texts("aliases"),
            Writers = map.Texts("writers"),
            Description = map.Text("description"),
            Keywords = Keywords(map),
            Words = Words(map),
            FileNames = FileNames(map),
            TimeScale = map.OneOf<TimeScale>(
                "time-scale",
                [("utc", TimeScale.Utc), ("tai", TimeScale.Tai), ("tt", TimeScale.Tt), ("tdb", TimeScale.Tdb)]
            ),
            TimeIs =
                map.OneOf<TimeMeaning>("time-is", [("start", TimeMeaning.Start), ("mid", TimeMeaning.Mid), ("end", TimeMeaning.End)])
                ?? TimeMeaning.Start,
            Century = Century(map),
            Gain = map.Positive("gain"),
            ReadNoise = map.Positive("read-noise"),
            Saturation = map.Positive("saturation"),
            Trimming = Trimming(map),
            PixelScale = map.Positive("pixel-scale"),
            Site = SiteOf(map),
            WestPositiveLongitudes = map.OneOf("longitudes", [("east-positive", false), ("west-positive", true)]) ?? false,
            ApertureDiameter = map.Positive("aperture-diameter"),
            TemperatureInKelvin = map.OneOf("temperatures", [("celsius", false), ("kelvin", true)]) ?? false,
            ExposureUnitSeconds = map.OneOf<double>("exposure-unit", [("us", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60), ("h", 3600)]),
            GainIs =
                map.OneOf<GainMeaning>(
                    "gain-is",
                    [
                        ("electrons-per-adu", GainMeaning.ElectronsPerAdu),
                        ("adu-per-electron", GainMeaning.AduPerElectron),
                        ("setting", GainMeaning.Setting),
                    ]
                ) ?? GainMeaning.Unknown,
            RightAscensionInHours = map.OneOf("right-ascension", [("degrees", false), ("hours", true)]) ?? false,
            SubFrameOriginUnbinned = map.OneOf("sub-frame-origin", [("binned", false), ("unbinned", true)]) ?? false,
            Hdu = map.Whole("hdu") is < 0 ? throw map.Error("hdu", "HDUs are counted from 0") : map.Whole("hdu"),
            Settings = Settings(map),
        };
        map.RequireAllKnown();
        return profile;
    }

    /// <summary>Stage settings, each checked on its own; how headers are read cannot hang on what a header matched.</summary>
    private static IReadOnlyList<Setting> Settings(YamlMap map)
    {
        IReadOnlyList<Setting> settings = map.Settings("settings", "", SettingLayer.Profile);
        if (settings.FirstOrDefault(s => s.Key.StartsWith("inventory.", StringComparison.Ordinal)) is { } early)
        {
            throw map.Error("settings", $"{early.Key} is decided before a header is read; a profile cannot set it");
        }
        RecipeBinder.Bind(settings);
        return settings;
    }

    private static Dictionary<string, IReadOnlyList<string>> Keywords(YamlMap map)
    {
        var keywords = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (map.Map("keywords") is { } inner)
        {
            foreach (string concept in Concepts.Keywords.Keys)
            {
                if (inner.Texts(concept) is { Count: > 0 } own)
                {
                    keywords[concept] = own;
                }
            }
            inner.RequireAllKnown();
        }
        return keywords;
    }

    private static Dictionary<string, FrameKind> Words(YamlMap map) =>
        KindLists(map, "kinds").ToDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase);

    private static List<KeyValuePair<string, FrameKind>> FileNames(YamlMap map) => KindLists(map, "file-names");

    private static List<KeyValuePair<string, FrameKind>> KindLists(YamlMap map, string key)
    {
        var pairs = new List<KeyValuePair<string, FrameKind>>();
        if (map.Map(key) is { } inner)
        {
            foreach (string word in inner.Keys.ToList())
            {
                FrameKind kind =
                    KindReader.OfWord(word) ?? throw inner.Error(word, "this is no kind of frame (light, bias, dark, flat, darkflat)");
                foreach (string pattern in inner.Texts(word))
                {
                    if (pairs.Exists(p => p.Key.Equals(pattern, StringComparison.OrdinalIgnoreCase)))
                    {
                        throw inner.Error(word, $"'{pattern}' stands there twice");
                    }
                    pairs.Add(new(pattern, kind));
                }
            }
        }
        return pairs;
    }

    private static Trimming? Trimming(YamlMap map)
    {
        IReadOnlyList<double> both = map.Numbers("trimming");
        return both.Count switch
        {
            0 => null,
            2 when both.All(n => n >= 0 && n == Math.Floor(n)) => new Trimming((int)both[0], (int)both[1]),
            _ => throw map.Error("trimming", "two whole numbers are expected, columns and rows on every side"),
        };
    }

    private static int Century(YamlMap map) =>
        map.Whole("century") switch
        {
            null => 1900,
            1900 => 1900,
            2000 => 2000,
            _ => throw map.Error("century", "1900 or 2000 is expected, which is added to two-digit years"),
        };

    internal static Site? SiteOf(YamlMap map)
    {
        if (map.Map("site") is not { } inner)
        {
            return null;
        }
        double latitude = inner.Number("latitude") ?? throw inner.Error("latitude", "degrees north are expected");
        double longitude = inner.Number("longitude") ?? throw inner.Error("longitude", "degrees east are expected");
        double height = inner.Number("height") ?? throw inner.Error("height", "metres above the sea are expected");
        if (Math.Abs(latitude) > 90)
        {
            throw inner.Error("latitude", $"{latitude} lies outside -90 to 90 degrees");
        }
        if (Math.Abs(longitude) > 360)
        {
            throw inner.Error("longitude", $"{longitude} lies outside -180 to 360 degrees");
        }
        if (height is not (> -500 and < 9000))
        {
            throw inner.Error("height", $"{height} lies outside -500 to 9000 metres");
        }
        inner.RequireAllKnown();
        return new Site(latitude, longitude - (360 * Math.Round(longitude / 360)), height);
    }
}
