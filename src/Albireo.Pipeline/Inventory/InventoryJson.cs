using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Inventory;

/// <summary>The inventory as JSON: notices, and every file with all that is known of it, each value with where it came from.</summary>
public static class InventoryJson
{
    /// <summary>One document, problems first.</summary>
    public static string Write(NightInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            Texts(json, "notices", inventory.Notices);
            json.WriteStartArray("frames");
            foreach (FrameInfo frame in InventoryCsv.Rows(inventory))
            {
                Frame(json, frame, inventory);
            }
            json.WriteEndArray();
            Groups(json, inventory);
            json.WriteStartArray("ignored");
            foreach (IgnoredFile file in inventory.Ignored)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteString("reason", file.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>One object for frames that differ in their time only, numbered from 1 as on screen.</summary>
    private static void Groups(Utf8JsonWriter json, NightInventory inventory)
    {
        json.WriteStartArray("groups");
        int id = 0;
        foreach (FrameGroup group in inventory.Groups())
        {
            json.WriteStartObject();
            json.WriteNumber("id", ++id);
            json.WriteString("night", group.Night?.ToString("O"));
            json.WriteString("telescope", group.Telescope);
            json.WriteString("filter", group.Filter);
            json.WriteString("type", group.Kind.Phrase());
            json.WriteString("target", group.Target);
            json.WriteNumber("width", group.Width);
            json.WriteNumber("height", group.Height);
            json.WriteString("binning", group.Binning);
            if (group.ExposureSeconds is { } seconds)
            {
                json.WriteNumber("exposure_s", seconds);
            }
            else
            {
                json.WriteNull("exposure_s");
            }
            Texts(json, "frames", [.. group.Frames.Select(f => f.Name)]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Frame(Utf8JsonWriter json, FrameInfo frame, NightInventory inventory)
    {
        json.WriteStartObject();
        json.WriteString("frame", frame.Name);
        json.WriteString("path", frame.Path);
        json.WriteString("status", InventoryCsv.Status(frame));
        json.WriteString("reason", InventoryCsv.Reason(frame));
        Texts(json, "warnings", frame.Warnings);
        if (frame.Width > 0)
        {
            json.WriteString("counts_as", frame.EffectiveKind.Word());
            json.WriteBoolean("master", frame.EffectiveKind.IsMaster());
            Value(json, "kind", frame.Kind is { Value: FrameKind.Unknown } ? null : frame.Kind, (w, v) => w.WriteStringValue(v.Word()));
            Value(json, "suggested_kind", frame.SuggestedKind, (w, v) => w.WriteStringValue(v.Word()));
            json.WriteNumber("width", frame.Width);
            json.WriteNumber("height", frame.Height);
            json.WriteNumber("hdu", frame.Hdu);
            json.WriteString("night", inventory.NightOf(frame)?.ToString("O"));
            Number(json, "exposure_s", frame.ExposureSeconds);
            Text(json, "filter", frame.Filter);
            Value(json, "start_utc", frame.Start, (w, v) => w.WriteStringValue(v.ToIso(6)));
            Value(json, "jd_start_utc", frame.Start, (w, v) => w.WriteRawValue(v.To(TimeScale.Utc).ToDecimal(10)));
            Text(json, "binning", frame.Binning);
            Number(json, "temperature_c", frame.TemperatureCelsius);
            Number(json, "set_point_c", frame.SetPointCelsius);
            Number(json, "gain", frame.Gain);
            Number(json, "read_noise_e", frame.ReadNoiseElectrons);
            Number(json, "saturation", frame.Saturation);
            Text(json, "gain_setting", frame.GainSetting);
            Text(json, "offset_setting", frame.OffsetSetting);
            Text(json, "readout_mode", frame.ReadoutMode);
            Text(json, "object", frame.ObjectName);
            Text(json, "instrument", frame.Instrument);
            Text(json, "telescope", frame.Telescope);
            Value(json, "pointing_ra_deg", frame.Pointing, (w, v) => w.WriteNumberValue(v.RightAscensionDegrees));
            Value(json, "pointing_dec_deg", frame.Pointing, (w, v) => w.WriteNumberValue(v.DeclinationDegrees));
            Value(json, "site_latitude_deg", frame.Site, (w, v) => w.WriteNumberValue(v.LatitudeDegrees));
            Value(json, "site_longitude_deg", frame.Site, (w, v) => w.WriteNumberValue(v.LongitudeDegrees));
            Number(json, "site_height_m", frame.SiteHeightMetres);
            Number(json, "airmass", frame.Airmass);
            Number(json, "pixel_scale_arcsec", frame.PixelScaleArcsec);
            Number(json, "aperture_diameter_mm", frame.ApertureDiameterMillimetres);
            Value(json, "overscan", frame.Overscan, (w, v) => w.WriteStringValue(v.ToString()));
            Value(json, "trim", frame.TrimSection, (w, v) => w.WriteStringValue(v.ToString()));
            Value(json, "sub_frame_column", frame.SubFrameOrigin, (w, v) => w.WriteNumberValue(v.Column));
            Value(json, "sub_frame_row", frame.SubFrameOrigin, (w, v) => w.WriteNumberValue(v.Row));
            Text(json, "bayer_pattern", frame.BayerPattern);
            json.WriteString("channel", frame.Plane is { } plane ? ColourPlanes.Letter(plane.Channel) : null);
            Text(json, "pier_side", frame.PierSide);
            Number(json, "pedestal", frame.Pedestal);
            json.WriteString("profile", frame.Profile);
        }
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, Sourced<string>? value) =>
        Value(json, name, value, (w, v) => w.WriteStringValue(v));

    private static void Number(Utf8JsonWriter json, string name, Sourced<double>? value) =>
        Value(json, name, value, (w, v) => w.WriteNumberValue(v));

    /// <summary>name, name_from and name_raw; null, and no more, when missing.</summary>
    private static void Value<T>(Utf8JsonWriter json, string name, Sourced<T>? value, Action<Utf8JsonWriter, T> write)
    {
        json.WritePropertyName(name);
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }
        write(json, value.Value);
        json.WriteString($"{name}_from", value.From);
        json.WriteString($"{name}_raw", value.Raw);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }
}
