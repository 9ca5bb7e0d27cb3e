using System.Globalization;
using System.Text;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline.Export;

/// <summary>EXOFAST's light curves: BJD_TDB, flux, error, then what the flux may be detrended with.</summary>
public static class Exofast
{
    /// <exception cref="AlbireoException">There is no BJD_TDB.</exception>
    public static string Write(ExportSource source)
    {
        FluxTable table = source.Table;
        int[] used = [.. source.Used];
        RequireBarycentric(source, used);
        int target = source.Light.Target;
        (string Name, Func<int, double> Value)[] columns =
        [
            ("airmass", i => table.Frames[i].Airmass ?? double.NaN),
            ("x", i => table.X[table.At(i, target)]),
            ("y", i => table.Y[table.At(i, target)]),
            ("fwhm", i => table.Frames[i].Profile?.Fwhm ?? double.NaN),
            ("sky", i => table.Sky[table.At(i, target)]),
        ];
        // A column with a hole would end EXOFAST's reading there.
        columns = [.. columns.Where(c => used.All(i => double.IsFinite(c.Value(i))))];
        var text = new StringBuilder("#BJD_TDB flux error");
        foreach ((string name, _) in columns)
        {
            text.Append(' ').Append(name);
        }
        text.Append('\n');
        foreach (int i in used)
        {
            text.Append(table.Frames[i].MidBarycentric!.Value.ToDecimal(9));
            text.Append(CultureInfo.InvariantCulture, $" {source.Light.RelativeFlux[i]:F8} {source.Error(i):F8}");
            foreach ((_, Func<int, double> value) in columns)
            {
                text.Append(CultureInfo.InvariantCulture, $" {value(i):F5}");
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <exception cref="AlbireoException">A used frame has no BJD_TDB.</exception>
    internal static void RequireBarycentric(ExportSource source, IEnumerable<int> used)
    {
        if (used.Any(i => source.Table.Frames[i].MidBarycentric is null))
        {
            throw ExportSource.Missing(
                "BJD_TDB",
                "the target's coordinates and the site: albireo curve -o OUT --sky RA,DEC --site LAT,LON,HEIGHT"
            );
        }
    }
}
