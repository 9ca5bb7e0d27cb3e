using System.Text;
using System.Text.Json;

namespace Albireo.Pipeline.Stages;

/// <summary>What <c>albireo detector</c> found as JSON.</summary>
public static class DetectorJson
{
    /// <summary>One object; what was not measured is null.</summary>
    public static string Write(DetectorMeasurement found)
    {
        ArgumentNullException.ThrowIfNull(found);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("gain", found.Noise.GainElectronsPerAdu);
            json.WriteNumber("gain_error", found.Noise.GainError);
            json.WriteNumber("read_noise", found.Noise.ReadNoiseElectrons);
            json.WriteNumber("read_noise_error", found.Noise.ReadNoiseError);
            json.WriteNumber("flat_level", found.Noise.FlatLevelAdu);
            json.WriteNumber("pixels", found.Noise.PixelCount);
            json.WriteNumber("saturated_regions", found.Noise.SaturatedRegions);
            Number(json, "dark_current", found.Dark?.ElectronsPerSecond);
            Number(json, "dark_current_error", found.DarkElectronsError);
            Number(json, "dark_current_adu", found.Dark?.AduPerSecond);
            Number(json, "dark_current_adu_error", found.Dark?.Error);
            Number(json, "short_dark_s", found.ShortDarkSeconds);
            Number(json, "long_dark_s", found.LongDarkSeconds);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
