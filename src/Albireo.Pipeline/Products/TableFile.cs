using System.Globalization;
using System.Text;
using Albireo.Fits;

namespace Albireo.Pipeline.Products;

/// <summary>A table as .csv, .fits or .ecsv, by the path's extension; written whole or not at all.</summary>
public static class TableFile
{
    private static readonly string[] Extensions = [".csv", ".fits", ".ecsv"];

    /// <exception cref="AlbireoException">The extension is none of the three.</exception>
    public static void RequireExtension(string option, string path)
    {
        if (!Extensions.Contains(Path.GetExtension(path).ToLowerInvariant()))
        {
            throw new AlbireoException(Failure.Usage, $"{option} {path}: expected a name that ends in {string.Join(", ", Extensions)}.");
        }
    }

    /// <summary>Writes a table.</summary>
    /// <param name="path">Its extension says how.</param>
    /// <param name="name">EXTNAME in FITS.</param>
    /// <param name="columns">All of one length.</param>
    /// <param name="remarks">Where it came from, one line each.</param>
    public static void Write(string path, string name, IReadOnlyList<ProductColumn> columns, IReadOnlyList<string> remarks)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".fits":
                WriteFits(path, name, columns, remarks);
                break;
            case ".ecsv":
                TextProduct.Write(path, EcsvHeader(columns, remarks) + Rows(columns, isEcsv: true));
                break;
            default:
                TextProduct.Write(path, Rows(columns));
                break;
        }
    }

    private static void WriteFits(string path, string name, IReadOnlyList<ProductColumn> columns, IReadOnlyList<string> remarks)
    {
        var table = new FitsTable(columns[0].Values.Length);
        var header = new FitsHeader();
        header.Set("EXTNAME", name);
        header.Set("CREATOR", ProgramVersion.Text, "program that wrote this file");
        foreach (string remark in remarks)
        {
            header.AddHistory(ObservationFileText.Escaped(remark));
        }
        foreach (ProductColumn column in columns)
        {
            switch (column.Values)
            {
                case double[] real:
                    table.Add(column.Name, real, column.Unit);
                    break;
                case string[] text:
                    table.Add(column.Name, Array.ConvertAll(text, ObservationFileText.Escaped));
                    break;
                case bool[] truth:
                    table.Add(column.Name, truth);
                    break;
                case int[] whole: // flags too: to the runtime an array of uint is one of int
                    table.Add(column.Name, whole, column.Unit);
                    break;
            }
            foreach (string meaning in Meanings(column))
            {
                header.AddComment(meaning);
            }
        }
        using FitsOutput output = FitsOutput.Create(path);
        output.AddTable(header, table);
        output.Commit();
    }

    private static IEnumerable<string> Meanings(ProductColumn column)
    {
        for (int bit = 0; bit < 31 && column.Names is not null; bit++)
        {
            if (column.Names(1u << bit) is { Length: > 0 } word)
            {
                yield return $"{column.Name}: {1u << bit} {word}";
            }
        }
    }

    /// <summary>Astropy's ECSV 1.0: the columns' types and units in YAML comments above a CSV table.</summary>
    private static string EcsvHeader(IReadOnlyList<ProductColumn> columns, IReadOnlyList<string> remarks)
    {
        var text = new StringBuilder("# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n");
        foreach (ProductColumn column in columns)
        {
            string type = column.Values switch
            {
                string[] => "string",
                bool[] => "bool",
                _ when column.Names is not null => "string",
                double[] => "float64",
                _ => "int64",
            };
            string unit = column.Unit is null ? "" : $"unit: {column.Unit}, ";
            text.Append(CultureInfo.InvariantCulture, $"# - {{name: {column.Name}, {unit}datatype: {type}}}\n");
        }
        text.Append("# meta: !!omap\n# - comments:\n");
        foreach (string remark in remarks.Prepend(ProgramVersion.Text))
        {
            text.Append("#   - '").Append(SafeText.OneLine(remark).Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
        }
        return text.Append("# schema: astropy-2.0\n").ToString();
    }

    /// <summary>The table as CSV, its heads in the first line.</summary>
    /// <param name="columns">All of one length.</param>
    /// <param name="isEcsv">Whether it stands below the comments of ECSV, whose truth is written in capitals.</param>
    internal static string Rows(IReadOnlyList<ProductColumn> columns, bool isEcsv = false)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(c => c.Name)).Append('\n');
        for (int row = 0; row < columns[0].Values.Length; row++)
        {
            int at = row;
            text.AppendJoin(',', columns.Select(c => Cell(c, at, isEcsv))).Append('\n');
        }
        return text.ToString();
    }

    private static string Cell(ProductColumn column, int row, bool isEcsv) =>
        column.Values switch
        {
            _ when column.Texts is { } texts => texts[row],
            string[] text => CsvText.Cell(text[row]),
            bool[] truth => truth[row]
                ? isEcsv
                    ? "True"
                    : "true"
                : isEcsv
                    ? "False"
                    : "false",
            uint[] bits when column.Names is { } names => names(bits[row]),
            double[] real => CsvText.Number(real[row], column.Format ?? "R"),
            int[] whole => whole[row].ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"{column.Name}: columns of {column.Values.GetType().Name} cannot be written."),
        };
}
