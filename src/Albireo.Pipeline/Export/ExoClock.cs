using System.Globalization;
using System.Text;

namespace Albireo.Pipeline.Export;

/// <summary>The ExoClock project's light curves: tab-separated, JD_UTC at the start of the exposure, ten decimals.</summary>
public static class ExoClock
{
    /// <exception cref="AlbireoException">Planet or filter are not known, or exposures differ.</exception>
    public static string Write(ExportSource source) => Write(source, "JD_UTC", "Exposure start", "Flux", -0.5);

    /// <param name="source">The curve.</param>
    /// <param name="timeFormat">As the header says it.</param>
    /// <param name="timeStamp">As the header says it.</param>
    /// <param name="fluxFormat">As the header says it.</param>
    /// <param name="shift">Added to mid-exposure, in exposures.</param>
    internal static string Write(ExportSource source, string timeFormat, string timeStamp, string fluxFormat, double shift)
    {
        double exposure = source.ExposureSeconds;
        var text = new StringBuilder();
        text.Append($"#Planet: {source.PlanetName}\n");
        text.Append($"#Time format: {timeFormat}\n");
        text.Append($"#Time stamp: {timeStamp}\n");
        text.Append($"#Flux format: {fluxFormat}\n");
        text.Append($"#Filter: {source.FilterName}\n");
        text.Append(CultureInfo.InvariantCulture, $"#Exposure time in seconds: {exposure:0.######}\n");
        text.Append("#Time\tFlux\tFlux uncertainty\n");
        foreach (int i in source.Used)
        {
            text.Append(source.Table.Frames[i].MidUtc!.Value.AddSeconds(shift * exposure).ToDecimal(10));
            text.Append(CultureInfo.InvariantCulture, $"\t{source.Light.RelativeFlux[i]:F10}\t{source.Error(i):F10}\n");
        }
        return text.ToString();
    }
}
