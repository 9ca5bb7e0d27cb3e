using System.Globalization;
using System.Text.Json;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Instruments;

/// <summary>The metadata entries of ../shared/data/bad-fits: what headers say, right or unknown, and never silently wrong.</summary>
public sealed class BadFitsMetadataTests
{
    [Fact]
    public void Metadata_is_right_or_unknown_and_what_is_odd_is_said()
    {
        string folder = Repository.Shared("bad-fits");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        int checkedValues = 0;
        int entries = 0;
        var wrong = new List<string>();
        var silent = new List<string>();
        foreach (JsonElement entry in manifest.RootElement.GetProperty("entries").EnumerateArray())
        {
            string path = entry.GetProperty("path").GetString()!;
            string verdict = entry.GetProperty("verdict").GetString()!;
            if (
                !entry.TryGetProperty("truth", out JsonElement truth)
                || truth.ValueKind != JsonValueKind.Object
                || verdict is not ("accept" or "accept_warn")
            )
            {
                continue;
            }
            bool hasMeta = truth.TryGetProperty("meta", out JsonElement meta);
            if ((!hasMeta && entry.GetProperty("category").GetString() != "metadata") || !File.Exists(Path.Combine(folder, path)))
            {
                continue;
            }
            entries++;
            FrameInfo frame = FrameFile.Read(Path.Combine(folder, path), TelescopeLibrary.Open(), null);
            Assert.Null(frame.Problem);
            if (verdict == "accept_warn" && frame.Warnings.Count == 0 && frame.Contradiction is null)
            {
                silent.Add(path);
            }
            foreach (JsonProperty expected in hasMeta ? meta.EnumerateObject().ToList() : [])
            {
                checkedValues++;
                if (!Agrees(frame, expected, out string found))
                {
                    wrong.Add($"{path}: {expected.Name} is {found}, expected {expected.Value}");
                }
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{entries} entries, {checkedValues - wrong.Count} of {checkedValues} values right or unknown, {silent.Count} odd files unsaid"
        );
        Assert.True(entries >= 60, $"only {entries} entries were read");
        Assert.True(checkedValues >= 55, $"only {checkedValues} values were checked");
        Assert.Empty(silent);
        Assert.Empty(wrong);
    }

    private static bool Agrees(FrameInfo frame, JsonProperty expected, out string found)
    {
        switch (expected.Name)
        {
            case "type":
                found = frame.Kind is null or { Value: FrameKind.Unknown } ? "null" : frame.Kind.Value.Word();
                return found == (expected.Value.GetString() ?? "null");
            case "filter":
                found = frame.Filter?.Value ?? "null";
                return found == (expected.Value.GetString() ?? "null");
            case "object_text":
                found = frame.ObjectName?.Value ?? "";
                return found == expected.Value.GetString()!.Trim();
            case "exptime":
                return Number(frame.ExposureSeconds?.Value, expected.Value, 1e-9, out found);
            case "jd_start_utc":
                return Number(frame.Start?.Value.Value, expected.Value, 2e-9, out found);
            case "gain_e_per_adu":
                return Number(frame.Gain?.Value, expected.Value, 1e-9, out found);
            case "temp":
                return Number(frame.TemperatureCelsius?.Value, expected.Value, 1e-9, out found);
            case "dec_deg":
                return Number(frame.Pointing?.Value.DeclinationDegrees, expected.Value, 1e-9, out found);
            case "lat":
                return Number(frame.Site?.Value.LatitudeDegrees, expected.Value, 1e-9, out found);
            case "airmass":
                return Number(frame.Airmass?.Value, expected.Value, 1e-9, out found);
            case "saturate":
                return Number(frame.Saturation is { From: not "BITPIX" } s ? s.Value : null, expected.Value, 1e-9, out found);
            case "xbin":
                return Number(
                    frame.Binning is null ? null : double.Parse(frame.Binning.Value.Split('x')[0], CultureInfo.InvariantCulture),
                    expected.Value,
                    0,
                    out found
                );
            case "ybin":
                return Number(
                    frame.Binning is null ? null : double.Parse(frame.Binning.Value.Split('x')[1], CultureInfo.InvariantCulture),
                    expected.Value,
                    0,
                    out found
                );
            case "biassec":
                return Section(frame.Overscan?.Value, expected.Value, out found);
            case "trimsec":
                return Section(frame.TrimSection?.Value, expected.Value, out found);
            default:
                found = "a field that this test does not know";
                return false;
        }
    }

    private static bool Number(double? value, JsonElement expected, double tolerance, out string found)
    {
        found = value?.ToString("R", CultureInfo.InvariantCulture) ?? "null";
        return expected.ValueKind == JsonValueKind.Null ? value is null : value is { } v && Math.Abs(v - expected.GetDouble()) <= tolerance;
    }

    /// <summary>The manifest counts from 1, both ends included: x1, x2, y1, y2.</summary>
    private static bool Section(PixelSection? section, JsonElement expected, out string found)
    {
        found = section?.ToString() ?? "null";
        if (expected.ValueKind == JsonValueKind.Null)
        {
            return section is null;
        }
        int[] e = [.. expected.EnumerateArray().Select(x => x.GetInt32())];
        return section == new PixelSection(e[0] - 1, e[2] - 1, e[1] - e[0] + 1, e[3] - e[2] + 1);
    }
}
