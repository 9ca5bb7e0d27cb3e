using System.Globalization;
using Albireo.Science.Images;
using CsvHelper;
using CsvHelper.Configuration;

namespace Albireo.Pipeline.Products;

/// <summary>POSITIONS.csv: columns x and y, 0-based pixels; other columns are left alone.</summary>
public static class PositionTable
{
    /// <param name="path">The table; lines that begin with # are comments.</param>
    /// <param name="allowMissing">Whether an empty cell or <c>nan</c> is a position that is not known (NaN), or an error.</param>
    /// <param name="option">Who named the file, for messages.</param>
    /// <exception cref="AlbireoException">The file is not such a table; the message names line and column.</exception>
    public static IReadOnlyList<PixelPosition> Read(string path, bool allowMissing = false, string option = "--at")
    {
        if (!File.Exists(path))
        {
            throw new AlbireoException(Failure.Usage, $"{option} {path}: there is no such file.");
        }
        using var reader = new StreamReader(path);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = a => a.Header.Trim().ToLowerInvariant(),
            TrimOptions = TrimOptions.Trim,
            AllowComments = true,
        };
        using var csv = new CsvReader(reader, configuration);
        if (
            !csv.Read()
            || !csv.ReadHeader()
            || !csv.HeaderRecord!.Contains("x", StringComparer.OrdinalIgnoreCase)
            || !csv.HeaderRecord!.Contains("y", StringComparer.OrdinalIgnoreCase)
        )
        {
            throw new AlbireoException(Failure.Usage, $"{option} {path}: expected a table whose first line names the columns x and y.");
        }
        var positions = new List<PixelPosition>();
        while (csv.Read())
        {
            positions.Add(new PixelPosition(Number(csv, "x", path, allowMissing, option), Number(csv, "y", path, allowMissing, option)));
        }
        return positions;
    }

    private static double Number(CsvReader csv, string column, string path, bool allowMissing, string option)
    {
        string? text = csv.TryGetField(column, out string? t) ? t : null;
        if (allowMissing && (string.IsNullOrEmpty(text) || text.Equals("nan", StringComparison.OrdinalIgnoreCase)))
        {
            return double.NaN;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new AlbireoException(
                Failure.Usage,
                $"{option} {path}, line {csv.Parser.Row}: {column} is '{text}'; expected a number."
            );
    }
}
