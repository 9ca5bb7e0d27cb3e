using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// All that the bytes of a product depend on, as one hash: the program's numbers, the settings that count for it, of every frame its
/// path, size and time, what its header was read as and what is known of the detector, and the masters that are taken out of it. Null
/// where a frame was changed just now, and might change once more without its time showing it. The state of the files is
/// taken when the key is asked for, the hashes of masters, which may still be written, when its value is.
/// </summary>
internal static class ProductKey
{
    /// <summary>Of <c>masters</c>: which frames belong together and which masters serve them shows in the frames and masters themselves.</summary>
    private static readonly string[] ShownByFrames =
    [
        "dark",
        "flat",
        "from",
        "past-nights",
        "future-nights",
        "any-camera",
        "exposure-tolerance",
        "temperature-tolerance",
    ];

    /// <summary>Of a master.</summary>
    public static Lazy<string?> Of(StackJob job)
    {
        JsonObject tree = RecipeBinder.ToTree(job.Recipe);
        JsonObject masters = tree["masters"]!.AsObject();
        JsonObject calibrate = tree["calibrate"]!.AsObject();
        IEnumerable<(string Key, JsonNode? Value)> settings =
        [
            .. masters.Where(s => !ShownByFrames.Contains(s.Key)).Select(s => (s.Key, s.Value)),
            ("dark", job.IsDark ? masters["dark"] : null),
            ("flat", job.Kind == FrameKind.Flat ? masters["flat"] : null),
            ("overscan", calibrate["overscan"]),
            ("trim", calibrate["trim"]),
            ("pedestal", calibrate["pedestal"]),
            ("linearity", job.Kind == FrameKind.Bias ? null : calibrate["linearity"]),
            ("bias", job.IsDark ? calibrate["bias"] : null),
        ];
        return Hash(
            [
                $"{job.Name} {job.Kind}",
                .. settings.Select(s => $"{s.Key} {s.Value?.ToJsonString()}"),
                .. job.Frames.Select(f => Words(f, job.Masters, job.Recipe)),
            ],
            // A bias that a dark keeps still tells its noise.
            () => job.Frames.Select(f => job.IsDark ? job.Removed(f) with { Bias = job.Bias(f) } : job.Removed(f))
        );
    }

    /// <summary>Of a calibrated light.</summary>
    public static Lazy<string?> Of(FrameInfo light, Masters masters, Recipe recipe, string settings) =>
        Hash(
            [light.Name, settings, Words(light, masters, recipe), recipe.Calibrate.BadPixels.File is { } map ? Words(map) : ""],
            () => [masters.For(light, recipe.Calibrate)]
        );

    /// <summary>The settings that count for calibrated lights.</summary>
    public static string SettingsOfLights(Recipe recipe)
    {
        JsonObject tree = RecipeBinder.ToTree(recipe);
        return $"{tree["calibrate"]!.ToJsonString()} {tree["detector"]!.ToJsonString()}";
    }

    private static Lazy<string?> Hash(string?[] words, Func<IEnumerable<MasterSet>> removed) =>
        new(() =>
            words.Contains(null)
                ? null
                : Convert.ToHexStringLower(
                    SHA256.HashData(
                        Encoding.UTF8.GetBytes(
                            $"{ProgramVersion.Text} {ProgramVersion.Numbers}\n{string.Join('\n', words.Concat(removed().Select(Words)))}"
                        )
                    )
                )
        );

    private static string? Words(FrameInfo frame, Masters masters, Recipe recipe) =>
        Words(frame.Path) is { } file
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{file} {frame with { Name = "", Night = null }} {masters.NoiseOf(frame, recipe.Detector)}"
            )
            : null;

    private static string Words(MasterSet removed) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Words(removed.Bias ?? removed.Pedestal)} {removed.BiasScale:R} {Words(removed.Dark)} {removed.DarkScale:R} {Words(removed.Flat)}"
        );

    private static string? Words(string path)
    {
        try
        {
            var file = FoundFile.Of(path);
            return file.IsSettled ? file.ToString() : null;
        }
        catch (IOException)
        {
            return null; // who reads it says what is wrong with it
        }
    }

    private static string Words(Master? master) =>
        master is null ? "-" : $"{master.Name} {master.Sha256} {master.Section} {master.HoldsBias} {master.IsPerSecond} {master.FreedOf}";
}
