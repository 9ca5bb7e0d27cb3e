using System.Globalization;
using System.Text;
using Albireo.Pipeline.Stages;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Products;

/// <summary>lightcurve.csv: one row a frame, columns as in the contract; what is missing is an empty cell.</summary>
public static class LightCurveCsv
{
    public const string Columns =
        "frame,jd_utc_mid,bjd_tdb_mid,hjd_utc_mid,exposure_s,filter,relative_flux,relative_flux_error,relative_magnitude,"
        + "relative_magnitude_error,target_flux,target_flux_error,ensemble_flux,check_relative_flux,x,y,fwhm,sky,airmass,airmass_from,"
        + "aperture_radius,used,flags";

    public static void Write(string path, FluxTable table, LightCurve curve) =>
        TextProduct.Write(path, Text(table, curve), flushToDisk: true);

    public static string Text(FluxTable table, LightCurve curve)
    {
        var text = new StringBuilder(Columns).Append('\n');
        for (int i = 0; i < table.Frames.Count; i++)
        {
            FrameRow frame = table.Frames[i];
            int at = table.At(i, curve.Target);
            double flux = curve.RelativeFlux[i];
            double magnitude = flux > 0 ? -2.5 * Math.Log10(flux) : double.NaN;
            double magnitudeError = flux > 0 ? 2.5 / Math.Log(10) * curve.RelativeFluxError[i] / flux : double.NaN;
            text.AppendJoin(
                    ',',
                    CsvText.Cell(frame.Info.Name),
                    CsvText.Date(frame.MidUtc),
                    CsvText.Date(frame.MidBarycentric),
                    CsvText.Date(frame.MidHeliocentric),
                    CsvText.Number(frame.Info.ExposureSeconds?.Value),
                    CsvText.Cell(frame.Info.Filter?.Value),
                    CsvText.Number(flux, "G10"),
                    CsvText.Number(curve.RelativeFluxError[i], "G6"),
                    CsvText.Number(magnitude, "F8"),
                    CsvText.Number(magnitudeError, "G6"),
                    CsvText.Number(table.Flux[table.At(i, curve.Aperture, curve.Target)], "G10"),
                    CsvText.Number(table.FluxError[table.At(i, curve.Aperture, curve.Target)], "G6"),
                    CsvText.Number(curve.EnsembleFlux[i], "G10"),
                    CsvText.Number(curve.CheckRelativeFlux[i], "G10"),
                    CsvText.Number(table.X[at], "F4"),
                    CsvText.Number(table.Y[at], "F4"),
                    CsvText.Number(frame.Profile?.Fwhm, "F4"),
                    CsvText.Number(table.Sky[at], "G8"),
                    CsvText.Number(frame.Airmass, "F5"),
                    CsvText.Cell(frame.AirmassFrom),
                    CsvText.Number(table.RadiusPixels[(i * table.Radii.Count) + curve.Aperture], "F4"),
                    curve.Used[i] ? "true" : "false",
                    curve.Flags[i].Text()
                )
                .Append('\n');
        }
        return text.ToString();
    }
}
