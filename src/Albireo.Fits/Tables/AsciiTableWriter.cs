using System.Globalization;
using System.Text;

namespace Albireo.Fits;

/// <summary>Columns in memory → a text table: texts as Aw, whole numbers as Iw, reals as E25.16.</summary>
internal static class AsciiTableWriter
{
    private const string NullText = "NULL";

    public static void Write(FitsOutput output, FitsHeader? user, FitsTable table)
    {
        Field[] fields = [.. table.Columns.Select(Field.Of)];
        int rowBytes = fields.Length == 0 ? 0 : fields.Sum(field => field.Width + 1) - 1;
        var builder = new HeaderBuilder(user);
        builder.Start(primary: false, "TABLE", 8);
        builder.Number("NAXIS", 2, "a table has two axes");
        builder.Number("NAXIS1", rowBytes, "characters of a row");
        builder.Number("NAXIS2", table.RowCount, "rows");
        builder.Number("PCOUNT", 0, "no heap");
        builder.Number("GCOUNT", 1, "one table");
        builder.Number("TFIELDS", fields.Length, "columns");
        int start = 1;
        for (int i = 0; i < fields.Length; i++)
        {
            FitsColumn column = fields[i].Column;
            if (column.Name.Length > 0)
            {
                builder.Text($"TTYPE{i + 1}", column.Name, "");
            }
            builder.Number($"TBCOL{i + 1}", start, "");
            builder.Text($"TFORM{i + 1}", fields[i].Format, "");
            builder.OptionalText($"TUNIT{i + 1}", column.Unit);
            builder.OptionalNumber($"TSCAL{i + 1}", column.Scale == 1 ? null : column.Scale);
            builder.OptionalNumber($"TZERO{i + 1}", column.Zero == 0 ? null : column.Zero);
            builder.OptionalText($"TNULL{i + 1}", fields[i].HasNull ? NullText : null);
            builder.OptionalText($"TDISP{i + 1}", column.Display);
            start += fields[i].Width + 1;
        }
        BinaryTableWriter.DropColumnCards(builder, user);
        FitsHeader header = builder.Finish();
        var sink = new SummedSink(output, output.Length + HduStructure.Padded((header.Count + 1L) * FitsCard.Length));
        var row = new byte[rowBytes];
        for (int r = 0; r < table.RowCount; r++)
        {
            row.AsSpan().Fill((byte)' ');
            int at = 0;
            foreach (Field field in fields)
            {
                Encoding.ASCII.GetBytes(field.Texts[r], row.AsSpan(at));
                at += field.Width + 1;
            }
            sink.Write(row);
        }
        output.FinishHdu(header, sink.Written, sink.Finish((byte)' '), (byte)' ');
    }

    private sealed record Field(FitsColumn Column, string Format, int Width, string[] Texts, bool HasNull)
    {
        public static Field Of(FitsColumn column)
        {
            if (column.Repeat != 1 || column.IsVariable)
            {
                throw new NotSupportedException($"Column {column.Name}: a text table holds one value a row.");
            }
            bool[] undefined = column.Undefined();
            string[] texts = column.Data switch
            {
                string[] values => Array.ConvertAll(values, Ascii),
                double[] values => Array.ConvertAll(values, value => value.ToString("E16", CultureInfo.InvariantCulture)),
                float[] values => Array.ConvertAll(values, value => ((double)value).ToString("E16", CultureInfo.InvariantCulture)),
                byte[] or sbyte[] or short[] or ushort[] or int[] or uint[] or long[] or ulong[] =>
                [
                    .. column.Data.Cast<IFormattable>().Select(v => v.ToString(null, CultureInfo.InvariantCulture)),
                ],
                _ => throw new NotSupportedException($"Column {column.Name}: a text table cannot hold {column.Type} values."),
            };
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = undefined[i] ? NullText : texts[i];
            }
            int width = Math.Max(
                Math.Max(1, column.Data is string[] ? column.TextWidth : 0),
                texts.Length == 0 ? 1 : texts.Max(text => text.Length)
            );
            string format = column.Data switch
            {
                string[] => $"A{width}",
                double[] or float[] => $"E{width = Math.Max(25, width)}.16",
                _ => $"I{width}",
            };
            if (column.Data is not string[])
            {
                texts = Array.ConvertAll(texts, text => text.PadLeft(width));
            }
            return new Field(column, format, width, texts, Array.Exists(undefined, u => u));
        }

        private static string Ascii(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
    }
}
