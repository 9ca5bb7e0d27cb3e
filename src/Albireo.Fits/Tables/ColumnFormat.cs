using System.Globalization;

namespace Albireo.Fits;

/// <summary>One column of a binary table as TFORMn and its companions describe it.</summary>
internal sealed record ColumnFormat
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>The type letter; of P and Q the letter of the elements.</summary>
    public required char Code { get; init; }

    /// <summary>r: elements (bits, characters) in a row; of P and Q 0 or 1.</summary>
    public required int Count { get; init; }

    /// <summary>'P', 'Q', or 0 for a column of fixed length.</summary>
    public required char Descriptor { get; init; }

    /// <summary>Bytes from the start of a row.</summary>
    public required long Offset { get; init; }

    public FitsColumnType Type { get; init; }

    public double Scale { get; init; } = 1;

    public double Zero { get; init; }

    public long? Null { get; init; }

    /// <summary>Characters of one text (TDIM's first axis, or the whole field).</summary>
    public int TextWidth { get; init; }

    public int[]? Dimensions { get; init; }

    public string? Unit { get; init; }

    public string? Display { get; init; }

    public bool IsVariable => Descriptor != 0;

    /// <summary>Values (texts, bits) of one row.</summary>
    public int Repeat =>
        IsVariable ? 0
        : Code == 'A' ? (TextWidth == 0 ? (Count == 0 ? 0 : 1) : Count / TextWidth)
        : Count;

    /// <summary>Bytes in the row.</summary>
    public long Bytes =>
        Descriptor switch
        {
            'P' => 8L * Count,
            'Q' => 16L * Count,
            _ => SizeOf(Code, Count),
        };

    /// <summary>Bytes of one element; 0 for bits, of which eight make a byte.</summary>
    public static int ElementBytes(char code) =>
        code switch
        {
            'L' or 'B' or 'A' => 1,
            'I' => 2,
            'J' or 'E' => 4,
            'K' or 'D' or 'C' => 8,
            'M' => 16,
            _ => 0,
        };

    /// <summary>Bytes of so many elements.</summary>
    public static long SizeOf(char code, long count) => code == 'X' ? (count / 8) + (count % 8 == 0 ? 0 : 1) : ElementBytes(code) * count;

    /// <summary>Reads the description of column <paramref name="number"/> (1-based).</summary>
    /// <exception cref="FitsFormatException">TFORM is missing or unknown.</exception>
    public static ColumnFormat Read(FitsHdu hdu, FitsHeader header, int number, long offset)
    {
        string keyword = $"TFORM{number}";
        string form = header.Text(keyword)?.Trim() ?? throw hdu.Error(keyword, "missing", "the format of the column");
        int i = 0;
        while (i < form.Length && char.IsAsciiDigit(form[i]))
        {
            i++;
        }
        int count = 1;
        bool valid =
            i < form.Length && (i == 0 || int.TryParse(form.AsSpan(0, i), NumberStyles.None, CultureInfo.InvariantCulture, out count));
        char code = valid ? form[i] : '?';
        char descriptor = '\0';
        if (code is 'P' or 'Q')
        {
            descriptor = code;
            code = i + 1 < form.Length ? form[i + 1] : '?';
            valid = count <= 1 && code is not ('P' or 'Q');
        }
        if (!valid || !"LXBIJKAEDCM".Contains(code, StringComparison.Ordinal))
        {
            throw hdu.Error(keyword, $"'{form}'", "a count and one of L X B I J K A E D C M, or P or Q and one of them");
        }
        double scale = Real(hdu, header, $"TSCAL{number}", 1);
        double zero = Real(hdu, header, $"TZERO{number}", 0);
        bool numeric = code is 'B' or 'I' or 'J' or 'K' or 'E' or 'D' or 'C' or 'M';
        (FitsColumnType type, bool shifted) = TypeOf(code, numeric ? scale : 1, numeric ? zero : 0);
        int[]? dimensions = descriptor == 0 ? ReadDimensions(hdu, header, number, count) : null;
        return new ColumnFormat
        {
            Number = number,
            Name = header.Text($"TTYPE{number}") ?? "",
            Code = code,
            Count = count,
            Descriptor = descriptor,
            Offset = offset,
            Type = type,
            Scale = numeric ? scale : 1,
            Zero = shifted || !numeric ? 0 : zero,
            Null = ReadNull(header, number, code, shifted ? zero : 0),
            TextWidth =
                code != 'A' ? 0
                : dimensions is not null ? dimensions[^1]
                : count,
            Dimensions = code == 'A' ? (dimensions is { Length: > 2 } ? dimensions[..^1] : null) : dimensions,
            Unit = header.Text($"TUNIT{number}"),
            Display = header.Text($"TDISP{number}"),
        };
    }

    /// <summary>A number that must be one if it is there.</summary>
    public static double Real(FitsHdu hdu, FitsHeader header, string keyword, double otherwise)
    {
        double value = header.Real(keyword) ?? otherwise;
        return value != 0 || !keyword.StartsWith("TSCAL", StringComparison.Ordinal)
            ? value
            : throw hdu.Error(keyword, "0", "a scale that is not 0");
    }

    private static (FitsColumnType Type, bool Shifted) TypeOf(char code, double scale, double zero) =>
        (code, scale, zero) switch
        {
            ('B', 1, -128) => (FitsColumnType.SByte, true),
            ('I', 1, 32768) => (FitsColumnType.UInt16, true),
            ('J', 1, 2147483648) => (FitsColumnType.UInt32, true),
            ('K', 1, 9223372036854775808) => (FitsColumnType.UInt64, true),
            ('L', _, _) => (FitsColumnType.Logical, false),
            ('X', _, _) => (FitsColumnType.Bit, false),
            ('B', _, _) => (FitsColumnType.Byte, false),
            ('I', _, _) => (FitsColumnType.Int16, false),
            ('J', _, _) => (FitsColumnType.Int32, false),
            ('K', _, _) => (FitsColumnType.Int64, false),
            ('E', _, _) => (FitsColumnType.Single, false),
            ('D', _, _) => (FitsColumnType.Double, false),
            ('C', _, _) => (FitsColumnType.ComplexSingle, false),
            ('M', _, _) => (FitsColumnType.ComplexDouble, false),
            _ => (FitsColumnType.Text, false),
        };

    private static long? ReadNull(FitsHeader header, int number, char code, double shift) =>
        code is 'B' or 'I' or 'J' or 'K' && header.Find($"TNULL{number}") is { } card && card.TryInteger(out long value)
            ? unchecked((long)((Int128)value + (Int128)shift))
            : null;

    /// <summary>TDIM slowest first, or null where it is absent or does not fit (which is a warning).</summary>
    private static int[]? ReadDimensions(FitsHdu hdu, FitsHeader header, int number, int count)
    {
        string? text = header.Text($"TDIM{number}")?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        var axes = new List<int>();
        long product = 1;
        bool valid = text.StartsWith('(') && text.EndsWith(')');
        foreach (string part in valid ? text[1..^1].Split(',') : [])
        {
            valid &= int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int length);
            axes.Insert(0, length);
            product = Math.Min(product * length, int.MaxValue);
        }
        if (!valid || product > count || axes.Count > 999)
        {
            hdu.File.Warn(
                $"[HDU {hdu.Index}] TDIM{number} = {FitsFormatException.Printable(text)} does not fit {count} elements and is ignored"
            );
            return null;
        }
        return product == count ? [.. axes] : null;
    }
}
