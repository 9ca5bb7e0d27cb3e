using Albireo.Pipeline.Products;

namespace Albireo.Pipeline.Export;

/// <summary>The formats by name.</summary>
public static class ExportFormats
{
    private static readonly (string Name, Func<ExportSource, string> Write)[] All =
    [
        ("aavso", AavsoExtended.Write),
        ("aavso-exoplanet", AavsoExoplanet.Write),
        ("exoclock", ExoClock.Write),
        ("etd", Etd.Write),
        ("astroimagej", AstroImageJTable.Write),
        ("radec", AstroImageJRadec.Write),
        ("exofast", Exofast.Write),
        ("ds9", Ds9Regions.Write),
    ];

    /// <summary>The light curve as a table: CSV, FITS or ECSV, by the file's extension.</summary>
    private const string Table = "table";

    public static IEnumerable<string> Names => All.Select(f => f.Name).Append(Table);

    /// <summary>Writes the file.</summary>
    /// <exception cref="AlbireoException">There is no such format, or it needs something that is not known; nothing is written.</exception>
    public static void Write(string format, ExportSource source)
    {
        if (format == Table)
        {
            string star = source.Table.Stars[source.Light.Target].Label;
            LightCurveTable.Write(
                source.Path,
                source.Table,
                source.Light,
                [$"light curve of {star} from {source.Stored.Observation.Label}"]
            );
            return;
        }
        TextProduct.Write(source.Path, Find(format)(source), flushToDisk: true);
    }

    /// <exception cref="AlbireoException">There is no such format.</exception>
    public static void Require(string format)
    {
        if (format != Table)
        {
            Find(format);
        }
    }

    /// <summary>Formats in which every point must have an error: where it is not known, the curve's scatter stands for it.</summary>
    public static bool NeedsErrors(string format) => format is not ("radec" or "ds9" or Table);

    /// <summary>The writer of a format that is text.</summary>
    /// <exception cref="AlbireoException">There is no such format.</exception>
    public static Func<ExportSource, string> Find(string format) =>
        Array.Find(All, f => f.Name == format).Write
        ?? throw new AlbireoException(Failure.Usage, $"--format {format}: expected one of {string.Join(", ", Names)}.");
}
