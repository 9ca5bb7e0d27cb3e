using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Products;

/// <summary>What OUT remembers of the run that filled it: request, settings, masters, notices; from run.json and masters.csv.</summary>
public sealed class RunMemory
{
    private const string Source = "run.json";

    private readonly JsonObject? root;
    private readonly JsonObject? observation;

    private RunMemory(string folder, string rootFolder, JsonObject? root)
    {
        Folder = folder;
        RootFolder = rootFolder;
        this.root = root;
        string relative = Path.GetRelativePath(rootFolder, folder);
        observation = (root?["observations"] as JsonArray)
            ?.OfType<JsonObject>()
            .FirstOrDefault(o => (string?)o["folder"] == (relative == "." ? "" : relative));
    }

    /// <summary>The folder that holds observation.fits.</summary>
    public string Folder { get; }

    /// <summary>The folder that holds run.json and the masters: OUT of the reduction.</summary>
    public string RootFolder { get; }

    /// <summary>observation.fits.</summary>
    public string ObservationPath => Path.Combine(Folder, "observation.fits");

    /// <summary>Finds the one observation in OUT.</summary>
    /// <exception cref="AlbireoException">There is none, or several and it is not said which.</exception>
    public static RunMemory Open(string output)
    {
        string full = Path.GetFullPath(output);
        if (!Directory.Exists(full))
        {
            throw new AlbireoException(Failure.Usage, $"{output} does not exist; albireo reduce NIGHT -o {output} makes it.");
        }
        if (File.Exists(Path.Combine(full, "observation.fits")))
        {
            string parent = Path.GetDirectoryName(full) ?? full;
            bool isInside = !File.Exists(Path.Combine(full, Source)) && File.Exists(Path.Combine(parent, Source));
            return new RunMemory(full, isInside ? parent : full, Load(Path.Combine(isInside ? parent : full, Source)));
        }
        string[] folders = [.. Directory.GetDirectories(full).Where(d => File.Exists(Path.Combine(d, "observation.fits"))).Order()];
        return folders.Length switch
        {
            1 when File.Exists(Path.Combine(folders[0], Source)) => Open(folders[0]), // an OUT in a folder, as the demo's
            1 => new RunMemory(folders[0], full, Load(Path.Combine(full, Source))),
            0 => throw new AlbireoException(
                Failure.Usage,
                $"There is no observation.fits in {output}: nothing was measured there. albireo reduce NIGHT -o {output} does that first."
            ),
            _ => throw new AlbireoException(
                Failure.Usage,
                $"{output} holds several observations; name one: {string.Join(" or ", folders.Select(f => $"-o {Path.Combine(output, Path.GetFileName(f))}"))}."
            ),
        };
    }

    /// <summary>What was asked for when OUT was filled last, at whatever stage; null where nothing was.</summary>
    public static ReductionRequest? RequestOf(string output)
    {
        string full = Path.GetFullPath(output);
        return Load(Path.Combine(full, Source)) is { } root ? new RunMemory(full, full, root).Request : null;
    }

    /// <summary>Every setting that differed from the defaults when the curve was made last.</summary>
    public IReadOnlyList<Setting> Settings =>
        (observation?["curve"]?["options"] ?? root?["options"]) is JsonObject options
            ? [.. Differences(options, RecipeBinder.ToTree(new Recipe()), "")]
            : [];

    /// <summary>What was asked for when the curve was made last; its inputs are empty where run.json is missing.</summary>
    public ReductionRequest Request
    {
        get
        {
            var request = new ReductionRequest
            {
                Inputs = Texts(root?["request"]?["inputs"]),
                Output = RootFolder,
                Settings = Settings,
            };
            if (root?["request"] is not JsonObject asked)
            {
                return request;
            }
            JsonObject stars = observation?["curve"] as JsonObject ?? asked;
            return request with
            {
                Target = Designation((string?)stars["target"]),
                Comparisons = [.. Texts(stars["comparisons"]).Select(t => Designation(t)!)],
                Check = Designation((string?)stars["check"]),
                StarsFile = (string?)stars["stars"],
                Reference = (string?)asked["reference"],
                Sky = SkyOf((string?)(stars["sky"] ?? asked["sky"])),
                Site = SiteOf((string?)(stars["site"] ?? asked["site"])),
                ObjectName = (string?)asked["object"],
                Filter = (string?)asked["filter"],
                Join = (bool?)asked["join"] ?? false,
                KeepCalibrated = (bool?)asked["keep_calibrated"] ?? true,
                JoinsReductions = (bool?)asked["joins_reductions"] ?? false,
            };
        }
    }

    /// <summary>What the user was told when the night was reduced.</summary>
    public IReadOnlyList<string> Notices => Texts(root?["notices"]);

    /// <summary>The masters of the night, from masters.csv; none where there is no such file.</summary>
    public IReadOnlyList<MasterSummary> Masters => MasterSummary.Read(Path.Combine(RootFolder, "masters", "masters.csv"));

    /// <summary>Keeps what the curve was made with now, so that <c>report</c>, <c>fit</c> and <c>export</c> make the same one.</summary>
    public void Remember(ReductionRequest request, Recipe recipe, LightCurve? curve)
    {
        if (root is null || observation is null)
        {
            return;
        }
        observation["curve"] = new JsonObject
        {
            ["target"] = request.Target?.Text,
            ["comparisons"] = new JsonArray([.. request.Comparisons.Select(c => (JsonNode)c.Text)]),
            ["check"] = request.Check?.Text,
            ["stars"] = request.StarsFile,
            ["sky"] = request.Sky is { } sky ? $"{sky.RightAscensionText()},{sky.DeclinationText()}" : null,
            ["site"] = request.Site is { } site
                ? string.Create(CultureInfo.InvariantCulture, $"{site.LatitudeDegrees},{site.LongitudeDegrees},{site.HeightMetres}")
                : null,
            ["options"] = RecipeBinder.ToTree(recipe),
        };
        observation["aperture"] = curve?.Aperture;
        observation["point_to_point_scatter"] =
            curve is not null && double.IsFinite(curve.PointToPointScatter) ? curve.PointToPointScatter : null;
        root["state"] = "done";
        TextProduct.Write(
            Path.Combine(RootFolder, Source),
            stream =>
            {
                using var writer = new Utf8JsonWriter(
                    stream,
                    new JsonWriterOptions
                    {
                        Indented = true,
                        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                    }
                );
                root.WriteTo(writer);
            },
            flushToDisk: true
        );
    }

    /// <summary>The settings in which a recipe differs from the defaults.</summary>
    public static IReadOnlyList<Setting> NotDefault(Recipe recipe) =>
        [.. Differences(RecipeBinder.ToTree(recipe), RecipeBinder.ToTree(new Recipe()), "")];

    private static JsonObject? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("not an object");
        }
        catch (JsonException e)
        {
            throw new AlbireoException(Failure.Input, $"{path} is not the record of a run: {e.Message}", e);
        }
    }

    private static IEnumerable<Setting> Differences(JsonObject options, JsonObject defaults, string prefix)
    {
        foreach ((string key, JsonNode? value) in options)
        {
            JsonNode? standard = defaults[key];
            if (value is JsonObject group && standard is JsonObject standardGroup)
            {
                foreach (Setting setting in Differences(group, standardGroup, prefix + key + "."))
                {
                    yield return setting;
                }
            }
            else if (defaults.ContainsKey(key) && !JsonNode.DeepEquals(value, standard))
            {
                // What is said now wins, be it a recipe.
                yield return new Setting(prefix + key, value is JsonArray list ? [.. list.Select(Word)] : [Word(value)], Source)
                {
                    Layer = SettingLayer.Recipe,
                };
            }
        }
    }

    private static string Word(JsonNode? value) =>
        value is null ? "null"
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>()
        : value.ToJsonString();

    private static IReadOnlyList<string> Texts(JsonNode? list) =>
        list is JsonArray array ? [.. array.OfType<JsonValue>().Select(v => v.GetValue<string>())] : [];

    private static StarDesignation? Designation(string? text) => text is null ? null : StarDesignation.Parse(text, Source);

    private static SkyCoordinate? SkyOf(string? text) =>
        text is not null && SkyCoordinate.TryParse(text, out SkyCoordinate sky, out _) ? sky : null;

    private static Site? SiteOf(string? text) => text is not null && Site.TryParse(text, out Site site, out _) ? site : null;
}
