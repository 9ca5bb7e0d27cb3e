using System.Diagnostics;
using System.Text.Json;
using Albireo.Fits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

/// <summary>
/// The 367 hostile files with their verdicts, as far as the FITS library itself is concerned: what the pipeline judges (metadata,
/// pixel statistics, file names) only has to be read here without harm.
/// </summary>
public sealed class BadFileTests
{
    /// <summary>Seen only in the statistics of the pixels, which are the pipeline's business.</summary>
    private static readonly HashSet<string> JudgedByPipeline = ["scaling/bzero_missing.fits"];

    [Fact]
    public void Every_file_meets_its_verdict()
    {
        string folder = Repository.Shared("bad-fits");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        var wrong = new List<string>();
        int count = 0;
        foreach (JsonElement entry in manifest.RootElement.GetProperty("entries").EnumerateArray())
        {
            count++;
            string path = entry.GetProperty("path").GetString()!;
            string? complaint = Judge(entry, Path.Combine(folder, path));
            if (complaint is not null)
            {
                wrong.Add($"{path} ({entry.GetProperty("what").GetString()}): {complaint}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n{string.Join('\n', wrong)}");
        Assert.Equal(367, count);
    }

    private static string? Judge(JsonElement entry, string path)
    {
        string category = entry.GetProperty("category").GetString()!;
        string verdict = entry.GetProperty("verdict").GetString()!;
        bool quiet =
            Flag(entry, "quiet_ok")
            || Flag(entry, "silent_ok")
            || category is "metadata" or "names" or "pixels" or "objects"
            || JudgedByPipeline.Contains(entry.GetProperty("path").GetString()!);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        Outcome outcome = Read(path);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (clock.Elapsed.TotalSeconds > entry.GetProperty("max_seconds").GetDouble())
        {
            return $"{clock.Elapsed.TotalSeconds} s";
        }
        if (allocated > entry.GetProperty("max_rss_mb").GetInt64() << 20)
        {
            return $"{allocated >> 20} MB allocated";
        }
        string? pixels = entry.TryGetProperty("truth", out JsonElement truth) ? Compare(truth, outcome) : null;
        return verdict switch
        {
            "accept" => outcome.Error ?? pixels ?? (outcome.Warnings.Count > 0 ? "warned: " + string.Join("; ", outcome.Warnings) : null),
            "accept_warn" => outcome.Error ?? pixels ?? (outcome.Warnings.Count == 0 && !quiet ? "accepted without a word" : null),
            "either" => outcome.Error is not null
                ? null
                : pixels ?? (outcome.Warnings.Count == 0 && !quiet ? "accepted without a word" : null),
            "reject" => outcome.Error is null && category is not ("pixels" or "objects")
                ? $"accepted ({string.Join("; ", outcome.Warnings)})"
                : null,
            "skip" => outcome.Error is null && outcome.Shape is not null && category is not ("names" or "foreign")
                ? "an image was found"
                : null,
            _ => null,
        };
    }

    private static string? Compare(JsonElement truth, Outcome outcome)
    {
        if (outcome.Error is not null)
        {
            return null;
        }
        double tolerance = truth.TryGetProperty("tolerance", out JsonElement given) ? given.GetDouble() : 1e-12;
        string shape = string.Join('x', truth.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()));
        if (outcome.Shape != shape)
        {
            return $"shape {outcome.Shape}, {shape} expected";
        }
        if (Number(truth, "sum") is double sum && Math.Abs(sum - outcome.Sum) > tolerance * Math.Abs(outcome.Sum))
        {
            return $"sum {outcome.Sum:R}, {sum:R} expected";
        }
        if (Number(truth, "n_bad") is double bad && bad != outcome.Bad)
        {
            return $"{outcome.Bad} bad pixels, {bad} expected";
        }
        return null;
    }

    private static Outcome Read(string path)
    {
        try
        {
            using FitsFile file = FitsFile.Open(path, new FitsReadOptions { VerifyChecksums = true });
            FitsImage? image = file.FindImage();
            if (image is null)
            {
                string? reason = Assert.Throws<FitsFormatException>(() => file.FirstImage()).Message;
                return new Outcome(file.Warnings.Count > 0 ? reason : null, null, 0, 0, file.Warnings);
            }
            image = file.FirstImage();
            var pixels = new double[256 * image.Width];
            double sum = 0;
            int bad = 0;
            for (int row = 0; row < Math.Min(image.Height, 1024); row += 256)
            {
                int rows = Math.Min(256, image.Height - row);
                image.ReadRows(row, rows, pixels);
                foreach (double pixel in pixels.AsSpan(0, rows * image.Width))
                {
                    sum += double.IsFinite(pixel) ? pixel : 0;
                    bad += double.IsFinite(pixel) ? 0 : 1;
                }
            }
            return new Outcome(null, $"{image.Height}x{image.Width}", sum, bad, file.Warnings);
        }
        catch (Exception e) when (e is FitsFormatException or IOException or UnauthorizedAccessException)
        {
            Assert.Contains(Path.GetFileName(path)[..3], e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
            return new Outcome(e.Message, null, 0, 0, []);
        }
    }

    private static double? Number(JsonElement truth, string name) =>
        truth.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static bool Flag(JsonElement entry, string name) => entry.TryGetProperty(name, out JsonElement flag) && flag.GetBoolean();

    private sealed record Outcome(string? Error, string? Shape, double Sum, int Bad, IReadOnlyList<string> Warnings);
}
