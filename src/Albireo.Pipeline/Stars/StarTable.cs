using System.Globalization;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;
using Albireo.Science.Sky;
using CsvHelper;
using CsvHelper.Configuration;

namespace Albireo.Pipeline.Stars;

/// <summary>Reads star tables.</summary>
public static class StarTable
{
    /// <exception cref="AlbireoException">The file is not such a table; the message names line and column.</exception>
    public static IReadOnlyList<StarRow> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new AlbireoException(Failure.Usage, $"--stars {path}: there is no such file.");
        }
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(
            reader,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                PrepareHeaderForMatch = a => a.Header.Trim().ToLowerInvariant(),
                MissingFieldFound = null,
                TrimOptions = TrimOptions.Trim,
                AllowComments = true,
            }
        );
        var rows = new List<StarRow>();
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new AlbireoException(Failure.Usage, $"--stars {path}: the file is empty; expected columns x,y or ra,dec.");
        }
        IReadOnlyList<MagnitudeColumn> magnitudes = MagnitudeColumn.Of(csv.HeaderRecord!);
        while (csv.Read())
        {
            Add(rows, ReadRow(csv, path, magnitudes));
        }
        return rows;
    }

    /// <summary>A row of its own, or another band of a star that is there already: the same place, and no other name.</summary>
    private static void Add(List<StarRow> rows, StarRow row)
    {
        int same = rows.FindIndex(r => r.IsStarOf(row));
        if (same < 0)
        {
            rows.Add(row);
            return;
        }
        Star star = rows[same].Star;
        CatalogueMagnitude? twice = row.Star.Magnitudes.FirstOrDefault(m => star.Magnitudes.In(m.Band) is { } known && known != m);
        if (twice is not null)
        {
            throw Bad(
                row.File,
                row.Line,
                twice.Band.Length > 0 ? twice.Band : "mag",
                twice.Value.ToString("R", CultureInfo.InvariantCulture),
                $"the value of line {rows[same].Line}, which is the same star, or another band"
            );
        }
        if (row.Star.Role != StarRole.Field && star.Role != StarRole.Field && row.Star.Role != star.Role)
        {
            throw Bad(
                row.File,
                row.Line,
                "role",
                row.Star.Role.ToString().ToLowerInvariant(),
                $"that of line {rows[same].Line}, which is the same star"
            );
        }
        rows[same] = rows[same] with
        {
            Star = star with
            {
                Name = star.Name ?? row.Star.Name,
                Role = star.Role == StarRole.Field ? row.Star.Role : star.Role,
                Magnitudes = star.Magnitudes.With(row.Star.Magnitudes),
            },
        };
    }

    /// <summary>Says which stars of a table, none of them with a role, are not measured.</summary>
    internal static void Tell(string? path, int missing, int blended, string where, Action<string> notice)
    {
        static string Stars(int count) => count == 1 ? "1 star" : string.Create(CultureInfo.InvariantCulture, $"{count} stars");
        if (missing > 0)
        {
            notice($"--stars {path}: {Stars(missing)} without a role {where} and are left out.");
        }
        if (blended > 0)
        {
            notice($"--stars {path}: {Stars(blended)} without a role fall on a star that another line is nearer to, and are left out.");
        }
    }

    internal static AlbireoException Bad(string path, int line, string column, string found, string expected) =>
        new(Failure.Usage, $"--stars {path}, line {line}: {column} is {found}; expected {expected}.");

    private static StarRow ReadRow(CsvReader csv, string path, IReadOnlyList<MagnitudeColumn> columns)
    {
        int line = csv.Parser.Row;
        double? Number(string column)
        {
            string? text = csv.TryGetField(column, out string? t) ? t : null;
            return string.IsNullOrEmpty(text) ? null
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                    ? value
                : throw Bad(path, line, column, text, "a number");
        }
        IEnumerable<CatalogueMagnitude> Magnitudes()
        {
            if (Number("mag") is { } single)
            {
                yield return new CatalogueMagnitude(Text("band") ?? "", single, Number("mag_error"));
            }
            foreach (MagnitudeColumn column in columns.Where(c => !c.IsError))
            {
                if (Cell(column) is { } cell)
                {
                    double? error = columns.FirstOrDefault(c => c.IsError && c.Band == column.Band) is { } e ? Cell(e)?.Value : cell.Error;
                    yield return new CatalogueMagnitude(column.Band, cell.Value, error);
                }
            }
        }
        (double Value, double? Error)? Cell(MagnitudeColumn column) =>
            MagnitudeColumn.TryRead(csv.GetField(column.Index), out (double, double?)? cell)
                ? cell
                : throw Bad(path, line, column.Head, csv.GetField(column.Index)!, "a magnitude");
        string? Text(string column) => csv.TryGetField(column, out string? t) && !string.IsNullOrEmpty(t) ? t : null;

        (double? x, double? y) = (Text("x") is null ? null : Number("x"), Text("y") is null ? null : Number("y"));
        SkyCoordinate? sky = null;
        if (Text("ra") is { } ra && Text("dec") is { } dec)
        {
            sky = SkyCoordinate.TryParse(ra, dec, out SkyCoordinate position, out _)
                ? position
                : throw Bad(path, line, "ra,dec", $"{ra},{dec}", "coordinates");
        }
        if ((x is null || y is null) && sky is null)
        {
            throw Bad(path, line, "position", "missing", "x,y or ra,dec");
        }
        StarRole role = Text("role")?.ToLowerInvariant() switch
        {
            null or "field" => StarRole.Field,
            "target" => StarRole.Target,
            "comparison" or "comp" => StarRole.Comparison,
            "check" => StarRole.Check,
            var other => throw Bad(path, line, "role", other, "target, comparison, check or field"),
        };
        return new StarRow(
            path,
            line,
            x is { } px && y is { } py ? new PixelPosition(px, py) : null,
            sky,
            new Star(0, 0, 0)
            {
                Name = Text("name"),
                Role = role,
                Magnitudes = new StarMagnitudes([.. Magnitudes()]),
            }
        );
    }
}
