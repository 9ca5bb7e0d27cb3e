using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// All that the bytes of a master depend on, as one hash: the program's numbers, the settings that count for its kind, and for every
/// frame its path, size and time, what its header was read as, what is known of the detector, and the masters that are taken out of it.
/// </summary>
internal static class MasterKey
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

    /// <summary>Null where a frame was changed just now, and might change once more without its time showing it.</summary>
    public static string? Of(StackJob job)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{ProgramVersion.Text} {ProgramVersion.Numbers} {job.Name} {job.Kind}\n");
        foreach (string setting in Settings(job))
        {
            text.Append(setting).Append('\n');
        }
        foreach (FrameInfo frame in job.Frames)
        {
            FoundFile file;
            try
            {
                file = FoundFile.Of(frame.Path);
            }
            catch (IOException)
            {
                return null; // the stack says what is wrong with it
            }
            if (!file.IsSettled)
            {
                return null;
            }
            MasterSet removed = job.Removed(frame);
            FrameInfo read = frame with { Name = "", Night = null };
            text.Append(CultureInfo.InvariantCulture, $"{file}\n{read}\n{job.Masters.NoiseOf(frame, job.Recipe.Detector)}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Word(removed.Bias)} {removed.BiasScale:R} {Word(removed.Dark)} {removed.DarkScale:R}\n");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<string> Settings(StackJob job)
    {
        JsonObject tree = RecipeBinder.ToTree(job.Recipe);
        JsonObject masters = tree["masters"]!.AsObject();
        JsonObject calibrate = tree["calibrate"]!.AsObject();
        IEnumerable<(string Key, JsonNode? Value)> counting =
        [
            .. masters.Where(s => !ShownByFrames.Contains(s.Key)).Select(s => (s.Key, s.Value)),
            ("dark", job.IsDark ? masters["dark"] : null),
            ("flat", job.Kind == FrameKind.Flat ? masters["flat"] : null),
            ("overscan", calibrate["overscan"]),
            ("trim", calibrate["trim"]),
            ("pedestal", calibrate["pedestal"]),
            ("linearity", job.Kind == FrameKind.Bias ? null : calibrate["linearity"]),
        ];
        return counting.Select(s => $"{s.Key} {s.Value?.ToJsonString()}");
    }

    private static string Word(Master? master) =>
        master is null ? "-" : $"{master.Name} {master.Sha256} {master.Section} {master.HoldsBias} {master.IsPerSecond}";
}
