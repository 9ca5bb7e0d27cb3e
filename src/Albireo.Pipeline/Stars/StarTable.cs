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
        while (csv.Read())
        {
            rows.Add(ReadRow(csv, path));
        }
        return rows;
    }

    internal static AlbireoException Bad(string path, int line, string column, string found, string expected) =>
        new(Failure.Usage, $"--stars {path}, line {line}: {column} is {found}; expected {expected}.");

    private static StarRow ReadRow(CsvReader csv, string path)
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
                Magnitude = Number("mag"),
                MagnitudeError = Number("mag_error"),
                Band = Text("band"),
            }
        );
    }
}
