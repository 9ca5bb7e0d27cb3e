using Albireo.Pipeline.Stages;
using Albireo.Science.Photometry;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Products;

/// <summary>The light curve as a table, one row a frame, columns as in the contract: lightcurve.csv, and the same as FITS or ECSV.</summary>
public static class LightCurveTable
{
    /// <summary>Writes it as .csv, .fits or .ecsv, by the path's extension.</summary>
    public static void Write(string path, FluxTable table, LightCurve curve, IReadOnlyList<string> remarks)
    {
        TableFile.RequireExtension("-o", path);
        TableFile.Write(path, "LIGHTCURVE", Columns(table, curve), remarks);
    }

    public static IReadOnlyList<ProductColumn> Columns(FluxTable table, LightCurve curve)
    {
        int count = table.Frames.Count;
        double[] magnitude = [.. curve.RelativeFlux.Select(f => f > 0 ? -2.5 * Math.Log10(f) : double.NaN)];
        double[] magnitudeError =
        [
            .. curve.RelativeFlux.Select((f, i) => f > 0 ? 2.5 / Math.Log(10) * curve.RelativeFluxError[i] / f : double.NaN),
        ];
        return
        [
            Words("frame", f => f.Info.Name),
            Dates("jd_utc_mid", f => f.MidUtc),
            Dates("bjd_tdb_mid", f => f.MidBarycentric),
            Dates("hjd_utc_mid", f => f.MidHeliocentric),
            OfFrames("exposure_s", "s", null, f => f.Info.ExposureSeconds?.Value),
            Words("filter", f => f.Info.Filter?.Value),
            Reals("relative_flux", null, "G10", curve.RelativeFlux),
            Reals("relative_flux_error", null, "G6", curve.RelativeFluxError),
            Reals("relative_magnitude", "mag", "F8", magnitude),
            Reals("relative_magnitude_error", "mag", "G6", magnitudeError),
            Each("target_flux", table.FluxUnit, "G10", i => table.Flux[table.At(i, curve.Aperture, curve.Target)]),
            Each("target_flux_error", table.FluxUnit, "G6", i => table.FluxError[table.At(i, curve.Aperture, curve.Target)]),
            Reals("ensemble_flux", table.FluxUnit, "G10", curve.EnsembleFlux),
            Reals("check_relative_flux", null, "G10", curve.CheckRelativeFlux),
            Each("x", "pixel", "F4", i => table.X[table.At(i, curve.Target)]),
            Each("y", "pixel", "F4", i => table.Y[table.At(i, curve.Target)]),
            OfFrames("fwhm", "pixel", "F4", f => f.Profile?.Fwhm),
            Each("sky", table.FluxUnit, "G8", i => table.Sky[table.At(i, curve.Target)]),
            OfFrames("airmass", null, "F5", f => f.Airmass),
            Words("airmass_from", f => f.AirmassFrom),
            Each("aperture_radius", "pixel", "F4", i => table.RadiusPixels[(i * table.Radii.Count) + curve.Aperture]),
            new ProductColumn("used", null, curve.Used),
            ProductColumn.OfFlags(Array.ConvertAll(curve.Flags, f => (uint)f), bits => ((FluxQuality)bits).Text()),
        ];

        static ProductColumn Reals(string name, string? unit, string? format, double[] values) =>
            new(name, unit, values) { Format = format };
        ProductColumn Each(string name, string? unit, string? format, Func<int, double> value) =>
            Reals(name, unit, format, [.. Enumerable.Range(0, count).Select(value)]);
        ProductColumn OfFrames(string name, string? unit, string? format, Func<FrameRow, double?> value) =>
            Reals(name, unit, format, [.. table.Frames.Select(f => value(f) ?? double.NaN)]);
        ProductColumn Words(string name, Func<FrameRow, string?> value) =>
            new(name, null, (string[])[.. table.Frames.Select(f => value(f) ?? "")]);
        ProductColumn Dates(string name, Func<FrameRow, JulianDate?> value) =>
            Reals(name, "d", null, [.. table.Frames.Select(f => value(f)?.Value ?? double.NaN)]) with
            {
                Texts = [.. table.Frames.Select(f => CsvText.Date(value(f)))],
            };
    }
}
