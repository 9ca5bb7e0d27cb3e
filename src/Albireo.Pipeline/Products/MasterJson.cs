using System.Text;
using System.Text.Json;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline.Products;

/// <summary>A master frame in a line of JSON, with the names of masters.csv; what is not known is null.</summary>
public static class MasterJson
{
    public static string Line(Master master)
    {
        ArgumentNullException.ThrowIfNull(master);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", master.Name);
            json.WriteString("kind", master.Kind.Word());
            Number(json, "exposure_s", master.Like.ExposureSeconds?.Value);
            json.WriteString("filter", master.Like.Filter?.Value);
            json.WriteString("binning", master.Like.Binning?.Value);
            Number(json, "temperature_c", master.Like.TemperatureCelsius?.Value);
            json.WriteNumber("width", master.Image.Width);
            json.WriteNumber("height", master.Image.Height);
            json.WriteNumber("frames", master.FrameCount);
            json.WriteBoolean("holds_bias", master.HoldsBias);
            json.WriteString("sha256", master.Sha256);
            Number(json, "rejected_fraction", master.RejectedFraction);
            json.WriteString("ready_from", master.IsReady ? master.Like.Path : null);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
