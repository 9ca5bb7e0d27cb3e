using System.Globalization;
using System.Text;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Export;

/// <summary>
/// AAVSO's extended file format for variable stars: one row an observation, JD or HJD at mid-exposure, <c>na</c> for what is missing.
/// Magnitudes are standard ones (STD) where every comparison has a catalogue magnitude, else differences (DIF).
/// </summary>
public static class AavsoExtended
{
    /// <summary>Codes that FILT may be.</summary>
    public static readonly IReadOnlyList<string> Filters = (
        "U B V R I J H K TG TB TR CV CR SZ SU SG SR SI STU STV STB STY STHBW STHBN MA MB MI ZS Y HA HAC O"
    ).Split(' ');

    private static readonly (string Name, int Width)[] Columns =
    [
        ("NAME", 30),
        ("DATE", 16),
        ("MAG", 8),
        ("MERR", 6),
        ("FILT", 5),
        ("TRANS", 3),
        ("MTYPE", 3),
        ("CNAME", 20),
        ("CMAG", 8),
        ("KNAME", 20),
        ("KMAG", 8),
        ("AMASS", 7),
        ("GROUP", 5),
        ("CHART", 20),
        ("NOTES", 100),
    ];

    /// <exception cref="AlbireoException">Something that the format needs is missing, or a text does not fit its column.</exception>
    public static string Write(ExportSource source)
    {
        string observer = Observer(source.Options);
        string filter = FilterCode(source);
        string name = source.StarName;
        (bool isStandard, double zero) = ZeroPoint(source, filter);
        int[] comparisons = [.. source.Light.Comparisons];
        int? check = source.Light.Check;
        var text = new StringBuilder();
        foreach (
            string line in (string[])
                [
                    "#TYPE=EXTENDED",
                    $"#OBSCODE={observer}",
                    $"#SOFTWARE={ProgramVersion.Text}",
                    "#DELIM=,",
                    $"#DATE={(source.Options.Date == ExportDate.Hjd ? "HJD" : "JD")}",
                    "#OBSTYPE=CCD",
                    "#" + string.Join(',', Columns.Select(c => c.Name)),
                ]
        )
        {
            text.Append(line).Append('\n');
        }
        foreach (int i in source.Used)
        {
            double ratio = source.Table.Flux[source.Table.At(i, source.Light.Aperture, source.Light.Target)] / source.Light.EnsembleFlux[i];
            if (!(ratio > 0))
            {
                continue; // a flux below zero has no magnitude
            }
            double error = 2.5 / Math.Log(10) * source.Error(i) / source.Light.RelativeFlux[i];
            AppendRow(
                text,
                name,
                Date(source, i),
                Number((-2.5 * Math.Log10(ratio)) + zero, "F4"),
                Number(error, "F4"),
                filter,
                source.Options.Transformed ? "YES" : "NO",
                isStandard ? "STD" : "DIF",
                comparisons.Length == 1 ? StarLabel(source, comparisons[0]) : "ENSEMBLE",
                comparisons.Length == 1 ? Number(source.InstrumentalMagnitude(i, comparisons[0]), "F3") : "na",
                check is { } k ? StarLabel(source, k) : "na",
                check is { } c ? Number(source.InstrumentalMagnitude(i, c), "F3") : "na",
                Number(source.Table.Frames[i].Airmass ?? double.NaN, "F4"),
                "na",
                source.Options.Chart ?? "na",
                source.Options.Notes ?? "na"
            );
        }
        return text.ToString();
    }

    /// <summary>The observer's code.</summary>
    internal static string Observer(ExportOptions options) =>
        options.Observer is { Length: > 0 } code && code.All(char.IsAsciiLetterOrDigit)
            ? code
            : throw ExportSource.Missing("your AAVSO observer code (letters and digits)", "--set export.observer=CODE");

    /// <summary>The filter as a code of the AAVSO.</summary>
    internal static string FilterCode(ExportSource source)
    {
        string name = source.FilterName;
        string plain = name.Trim();
        string? code = Filters.FirstOrDefault(f => f == plain) ?? Sloan(plain);
        return code
            ?? throw new AlbireoException(
                Failure.Usage,
                $"The filter '{name}' is not a code of the AAVSO ({string.Join(' ', Filters)}); give one with --set export.filter=CODE, for example CV for unfiltered with V comparison magnitudes."
            );
    }

    private static string? Sloan(string name) =>
        name switch
        {
            "u'" or "up" or "sdss_u" => "SU",
            "g'" or "gp" or "sdss_g" => "SG",
            "r'" or "rp" or "sdss_r" => "SR",
            "i'" or "ip" or "sdss_i" => "SI",
            "z'" or "zp" or "sdss_z" => "SZ",
            _ => null,
        };

    /// <summary>What makes differences to the ensemble magnitudes: its own catalogue magnitude, or 0 where that is not known.</summary>
    private static (bool IsStandard, double Zero) ZeroPoint(ExportSource source, string filter)
    {
        Star[] comparisons = [.. source.Light.Comparisons.Select(c => source.Table.Stars[c])];
        if (comparisons.Any(c => c.Magnitudes.First is null))
        {
            return (false, 0);
        }
        if (comparisons.FirstOrDefault(c => In(c, filter) is null) is { } other)
        {
            string bands = string.Join(" and ", other.Magnitudes.Where(m => !m.IsColour).Select(m => m.Band));
            throw new AlbireoException(
                Failure.Usage,
                $"{other.Label} has a magnitude in {bands}, the observations are in {filter}; give magnitudes in the same band, or --set export.filter=."
            );
        }
        double light = 0;
        for (int c = 0; c < comparisons.Length; c++)
        {
            double weight = source.Light.Weights.Count > 0 ? source.Light.Weights[c] : 1;
            light += weight * Math.Pow(10, -0.4 * In(comparisons[c], filter)!.Value);
        }
        return (true, -2.5 * Math.Log10(light));
    }

    /// <summary>A star's magnitude in the band of the observations: unfiltered ones and colour cameras are reduced to one; null without it.</summary>
    private static CatalogueMagnitude? In(Star star, string filter) =>
        star.Magnitudes.In(filter) ?? (filter is ['C' or 'T', ..] ? star.Magnitudes.In(filter[1..]) : null) ?? star.Magnitudes.In("");

    private static string Date(ExportSource source, int frame)
    {
        JulianDate? date =
            source.Options.Date == ExportDate.Hjd ? source.Table.Frames[frame].MidHeliocentric : source.Table.Frames[frame].MidUtc;
        return date is { } d
            ? d.ToDecimal(8)
            : throw ExportSource.Missing(
                "HJD of every frame",
                "the target's coordinates: albireo curve -o OUT --sky RA,DEC --site LAT,LON,HEIGHT"
            );
    }

    private static string StarLabel(ExportSource source, int star) =>
        source.Table.Stars[star].Name ?? "#" + star.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "na";

    private static void AppendRow(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i].Length > Columns[i].Width || cells[i].AsSpan().ContainsAny(',', '\n', '\r') || cells[i].Length == 0)
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"{Columns[i].Name} is '{cells[i]}'; the AAVSO takes 1 to {Columns[i].Width} characters without a comma there. Names come from --stars or --set export.star=."
                );
            }
            text.Append(i == 0 ? "" : ",").Append(cells[i]);
        }
        text.Append('\n');
    }
}
