using System.Globalization;
using System.Text;
using Albireo.Pipeline.Stages;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Export;

/// <summary>
/// AstroImageJ's measurements table: one row a measured frame, separated by tabs, or by commas in a <c>.csv</c>. T1 is the target, C2 …
/// the comparisons, the last T the check star; a comparison's rel_flux is against the other comparisons. X(IJ) and Y(IJ) count from the
/// picture's upper left corner, X(FITS) and Y(FITS) from 1 at the centre of the first pixel. Unknown numbers are NaN.
/// </summary>
public static class AstroImageJTable
{
    private static readonly FluxQuality Unusable = FluxQuality.Saturated | FluxQuality.Edge;

    public static string Write(ExportSource source)
    {
        FluxTable table = source.Table;
        char separator = Path.GetExtension(source.Path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ',' : '\t';
        IReadOnlyList<(int Star, string Label)> stars = source.Stars;
        int[] frames =
        [
            .. Enumerable.Range(0, table.Frames.Count).Where(i => table.Frames[i].IsMeasured && table.Frames[i].MidUtc is not null),
        ];
        DifferentialCurve[] curves = [.. stars.Select(s => Against(source, s.Star, s.Label[0] == 'C'))];
        int height = source.Stored.PictureHeight;
        var columns = new List<(string Name, Func<int, string> Cell)>
        {
            ("Label", i => Path.GetFileName(table.Frames[i].Info.Path)),
            ("slice", i => Whole(Array.IndexOf(frames, i) + 1)),
            ("Saturated", i => stars.Any(s => Has(table, i, s.Star, FluxQuality.Saturated)) ? "1" : "0"),
            ("J.D.-2400000", i => Shortened(table.Frames[i].MidUtc!.Value)),
            ("JD_UTC", i => table.Frames[i].MidUtc!.Value.ToDecimal(9)),
        };
        if (frames.All(i => table.Frames[i].MidBarycentric is not null))
        {
            columns.Add(("BJD_TDB", i => table.Frames[i].MidBarycentric!.Value.ToDecimal(9)));
        }
        columns.Add(("AIRMASS", i => Number(table.Frames[i].Airmass ?? double.NaN, "F6")));
        columns.Add(("EXPTIME", i => Number(table.Frames[i].Info.ExposureSeconds?.Value ?? double.NaN, "0.######")));
        columns.Add(("Source_Radius", i => Number(Radius(source, i), "F4")));
        columns.Add(("Sky_Rad(min)", i => Number(table.AnnulusInner * Unit(source, i), "F4")));
        columns.Add(("Sky_Rad(max)", i => Number(table.AnnulusOuter * Unit(source, i), "F4")));
        PerStar("rel_flux_", (i, s) => Number(curves[s].RelativeFlux[i], "F9"));
        PerStar("rel_flux_err_", (i, s) => Number(curves[s].RelativeFluxError[i], "F9"));
        PerStar("rel_flux_SNR_", (i, s) => Number(curves[s].RelativeFlux[i] / curves[s].RelativeFluxError[i], "F3"));
        columns.Add(("tot_C_cnts", i => Number(curves[0].EnsembleFlux[i], "F3")));
        columns.Add(("tot_C_err", i => Number(curves[0].EnsembleFluxError[i], "F3")));
        for (int star = 0; star < stars.Count; star++)
        {
            (int index, string label) = stars[star];
            int at(int i) => table.At(i, index);
            int flux(int i) => table.At(i, source.Light.Aperture, index);
            columns.Add(("X(IJ)_" + label, i => Number((double)table.X[at(i)] + 0.5, "F4")));
            columns.Add(("Y(IJ)_" + label, i => Number(height - (double)table.Y[at(i)] - 0.5, "F4")));
            columns.Add(("X(FITS)_" + label, i => Number((double)table.X[at(i)] + 1, "F4")));
            columns.Add(("Y(FITS)_" + label, i => Number((double)table.Y[at(i)] + 1, "F4")));
            columns.Add(("Source-Sky_" + label, i => Number(table.Flux[flux(i)], "F4")));
            columns.Add(("N_Src_Pixels_" + label, i => Number(Math.PI * Radius(source, i) * Radius(source, i), "F3")));
            columns.Add(("Source_Error_" + label, i => Number(table.FluxError[flux(i)], "F4")));
            columns.Add(("Source_SNR_" + label, i => Number(table.Flux[flux(i)] / table.FluxError[flux(i)], "F3")));
            columns.Add(("Peak_" + label, i => Number(table.Peak[at(i)], "F3")));
            columns.Add(("Sky/Pixel_" + label, i => Number(table.Sky[at(i)], "F5")));
            columns.Add(("Width_" + label, i => Number(table.Frames[i].Profile?.Fwhm ?? double.NaN, "F4")));
        }

        // ImageJ numbers its rows in a first column without a name.
        var text = new StringBuilder(" ");
        columns.ForEach(c => text.Append(separator).Append(c.Name));
        text.Append('\n');
        for (int row = 0; row < frames.Length; row++)
        {
            text.Append(Whole(row + 1));
            columns.ForEach(c => text.Append(separator).Append(c.Cell(frames[row]).Replace(separator, '_')));
            text.Append('\n');
        }
        return text.ToString();

        void PerStar(string prefix, Func<int, int, string> cell)
        {
            for (int star = 0; star < stars.Count; star++)
            {
                int s = star;
                columns.Add((prefix + stars[s].Label, i => cell(i, s)));
            }
        }
    }

    private static DifferentialCurve Against(ExportSource source, int star, bool isComparison)
    {
        FluxTable table = source.Table;
        int[] others = [.. source.Light.Comparisons.Where(c => c != star)];
        StarFluxes fluxes = StarFluxes.OfAperture(
            table.Frames.Count,
            table.Radii.Count,
            table.Stars.Count,
            source.Light.Aperture,
            table.Flux,
            table.FluxError,
            Array.ConvertAll(table.Flags, f => (uint)f)
        );
        // The only comparison has nobody to be measured against.
        return DifferentialPhotometry.Ensemble(
            fluxes,
            star,
            isComparison && others.Length == 0 ? [OtherThan(source, star)] : others,
            default,
            (uint)Unusable
        );
    }

    private static int OtherThan(ExportSource source, int star) =>
        source.Light.Target == star ? source.Light.Comparisons[0] : source.Light.Target;

    private static double Radius(ExportSource source, int frame) =>
        source.Table.RadiusPixels[(frame * source.Table.Radii.Count) + source.Light.Aperture];

    private static double Unit(ExportSource source, int frame) => Radius(source, frame) / source.Table.Radii[source.Light.Aperture];

    private static bool Has(FluxTable table, int frame, int star, FluxQuality flag) =>
        (table.Flags[table.At(frame, star)] & flag) != FluxQuality.None;

    private static string Shortened(JulianDate date) => (date with { Day = date.Day - 2400000 }).ToDecimal(9);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "NaN";
}
