using System.Globalization;
using System.Text;

namespace Albireo.Fits;

/// <summary>Rows of a text table (FITS 4.0, section 7.2) → columns in memory: text, long and double.</summary>
internal static class AsciiTableReader
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>The columns as the header describes them.</summary>
    /// <exception cref="FitsFormatException">A description is missing, unknown, or reaches beyond the row.</exception>
    public static AsciiColumn[] Columns(FitsTableHdu hdu)
    {
        FitsHeader header = hdu.Header;
        int fields = (int)HduStructure.Required(header, "TFIELDS", n => n is >= 0 and <= 999, "a number of columns from 0 to 999");
        long rowBytes = hdu.Structure.Axes[0];
        if (hdu.Structure.BitPix != 8 || rowBytes > Array.MaxLength)
        {
            throw hdu.Error("NAXIS1", $"rows of {rowBytes} values of {hdu.Structure.BitPix} bits", "rows of bytes, below 2 GiB");
        }
        var columns = new AsciiColumn[fields];
        for (int i = 0; i < fields; i++)
        {
            string keyword = $"TFORM{i + 1}";
            string form = header.Text(keyword)?.Trim() ?? throw hdu.Error(keyword, "missing", "the format of the column");
            string[] parts = form.Length > 1 ? form[1..].Split('.') : [];
            int decimals = 0;
            bool valid =
                parts.Length is 1 or 2
                && form[0] is 'A' or 'I' or 'F' or 'E' or 'D'
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out decimals));
            if (!valid)
            {
                throw hdu.Error(keyword, $"'{form}'", "Aw, Iw, Fw.d, Ew.d or Dw.d");
            }
            int width = int.Parse(parts[0], CultureInfo.InvariantCulture);
            long start =
                HduStructure.Required(
                    header,
                    $"TBCOL{i + 1}",
                    b => b >= 1 && b - 1 <= rowBytes - width,
                    $"a column from 1 to {rowBytes - width + 1}"
                ) - 1;
            columns[i] = new AsciiColumn
            {
                Number = i + 1,
                Name = header.Text($"TTYPE{i + 1}") ?? "",
                Code = form[0],
                Format = form,
                Start = (int)start,
                Width = width,
                Decimals = decimals,
                Null = header.Text($"TNULL{i + 1}"),
                Scale = form[0] == 'A' ? 1 : ColumnFormat.Real(hdu, header, $"TSCAL{i + 1}", 1),
                Zero = form[0] == 'A' ? 0 : ColumnFormat.Real(hdu, header, $"TZERO{i + 1}", 0),
                Unit = header.Text($"TUNIT{i + 1}"),
                Display = header.Text($"TDISP{i + 1}"),
            };
        }
        return columns;
    }

    /// <summary>Reads some rows of some columns.</summary>
    public static FitsTable Read(FitsTableHdu hdu, IReadOnlyList<AsciiColumn> columns, long firstRow, int rowCount)
    {
        int rowBytes = (int)hdu.Structure.Axes[0];
        Array[] data = [.. columns.Select(column => column.NewArray(rowCount))];
        bool[]?[] undefined = new bool[]?[columns.Count];
        int rowsAtOnce = Math.Clamp(ChunkBytes / Math.Max(1, rowBytes), 1, Math.Max(1, rowCount));
        var buffer = new byte[checked(rowsAtOnce * rowBytes)];
        for (int first = 0; first < rowCount && rowBytes > 0; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rowCount - first);
            hdu.ReadData((firstRow + first) * rowBytes, buffer.AsSpan(0, count * rowBytes));
            for (int c = 0; c < columns.Count; c++)
            {
                for (int row = 0; row < count; row++)
                {
                    ReadOnlySpan<byte> field = buffer.AsSpan((row * rowBytes) + columns[c].Start, columns[c].Width);
                    Put(hdu, columns[c], field, data[c], first + row, rowCount, ref undefined[c]);
                }
            }
        }
        var table = new FitsTable(rowCount);
        for (int c = 0; c < columns.Count; c++)
        {
            AsciiColumn column = columns[c];
            table.AddRead(
                new FitsColumn(column.Name, column.Type, 1, data[c])
                {
                    Unit = column.Unit,
                    Display = column.Display,
                    Scale = column.Scale,
                    Zero = column.Zero,
                    TextFormat = column.Format,
                    TextWidth = column.Code == 'A' ? column.Width : 0,
                    UndefinedFlags = undefined[c],
                }
            );
        }
        return table;
    }

    private static void Put(
        FitsHdu hdu,
        AsciiColumn column,
        ReadOnlySpan<byte> field,
        Array data,
        int row,
        int rowCount,
        ref bool[]? undefined
    )
    {
        Span<char> text = field.Length <= 256 ? stackalloc char[256] : new char[field.Length];
        text = text[..Encoding.Latin1.GetChars(field, text)];
        bool isNull =
            column.Null is not null
            && text.Trim(' ').SequenceEqual(column.Null.AsSpan().Trim(' '))
            && (column.Code != 'A' || column.Null.Length > 0);
        if (isNull)
        {
            undefined ??= new bool[rowCount];
            undefined[row] = true;
        }
        switch (data)
        {
            case string[] texts:
                texts[row] = BinaryTableReader.Text(field);
                break;
            case long[] longs:
                longs[row] =
                    isNull || text.Trim(' ').Length == 0 ? 0
                    : long.TryParse(text.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
                    : throw Bad(hdu, column, text, row, "a whole number");
                break;
            case double[] doubles:
                doubles[row] =
                    isNull ? double.NaN
                    : text.Trim(' ').Length == 0 ? 0
                    : Real(text.Trim(' '), column.Decimals, out double real) ? real
                    : throw Bad(hdu, column, text, row, "a number");
                break;
        }
    }

    /// <summary>A number; without a point its last <paramref name="decimals"/> digits are the fraction (section 7.2.5).</summary>
    private static bool Real(ReadOnlySpan<char> text, int decimals, out double value)
    {
        if (!CardParser.TryReal(text, out value))
        {
            return false;
        }
        if (decimals > 0 && !text.Contains('.'))
        {
            value /= Math.Pow(10, decimals);
        }
        return true;
    }

    private static FitsFormatException Bad(FitsHdu hdu, AsciiColumn column, ReadOnlySpan<char> text, int row, string expected) =>
        hdu.Error($"row {row + 1}, column {column.Number}", $"'{text}'", $"{expected} in the format {column.Format}");
}
