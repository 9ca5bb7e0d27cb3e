using System.Buffers;
using System.Globalization;
using System.Text;
using Albireo.Fits;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Products;

/// <summary>A table as .csv, .fits or .ecsv, by the path's extension; written whole or not at all.</summary>
public static class TableFile
{
    private const int RowsOfPart = 1024;
    private const int LongestNumber = 32;
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
    /// <param name="runner">Who writes the numbers out; null: this thread.</param>
    public static void Write(
        string path,
        string name,
        IReadOnlyList<ProductColumn> columns,
        IReadOnlyList<string> remarks,
        BandRunner? runner = null
    )
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".fits":
                WriteFits(path, name, columns, remarks);
                break;
            case ".ecsv":
                WriteRows(path, EcsvHeader(columns, remarks), columns, runner);
                break;
            default:
                WriteRows(path, "", columns, runner);
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

    private static void WriteRows(string path, string heading, IReadOnlyList<ProductColumn> columns, BandRunner? runner)
    {
        int rows = columns[0].Values.Length;
        var parts = new byte[(rows + RowsOfPart - 1) / RowsOfPart][];
        (runner ?? BandRunner.Serial).Run(rows, RowsOfPart, (index, first, count) => parts[index] = Rows(columns, first, count));
        TextProduct.Write(
            path,
            stream =>
            {
                stream.Write(Encoding.UTF8.GetBytes(heading + string.Join(',', columns.Select(c => c.Name)) + '\n'));
                foreach (byte[] part in parts)
                {
                    stream.Write(part);
                }
            }
        );
    }

    private static byte[] Rows(IReadOnlyList<ProductColumn> columns, int first, int count)
    {
        var text = new ArrayBufferWriter<byte>(count * columns.Count * 20);
        var words = new Dictionary<uint, string>();
        for (int row = first; row < first + count; row++)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                Append(text, columns[i], row, words);
                text.GetSpan(1)[0] = (byte)(i < columns.Count - 1 ? ',' : '\n');
                text.Advance(1);
            }
        }
        return text.WrittenSpan.ToArray();
    }

    private static void Append(ArrayBufferWriter<byte> text, ProductColumn column, int row, Dictionary<uint, string> words)
    {
        switch (column.Values)
        {
            case uint[] bits when column.Names is { } names:
                if (!words.TryGetValue(bits[row], out string? word)) // few of them are told apart
                {
                    words[bits[row]] = word = names(bits[row]);
                }
                Encoding.UTF8.GetBytes(word, text);
                break;
            case double[] real:
                if (double.IsFinite(real[row]))
                {
                    real[row].TryFormat(text.GetSpan(LongestNumber), out int length, "R", CultureInfo.InvariantCulture);
                    text.Advance(length);
                }
                break;
            case int[] whole:
                whole[row].TryFormat(text.GetSpan(LongestNumber), out int digits, default, CultureInfo.InvariantCulture);
                text.Advance(digits);
                break;
            default:
                throw new InvalidOperationException($"{column.Name}: columns of {column.Values.GetType().Name} cannot be written.");
        }
    }
}
