using System.Numerics;

namespace Albireo.Fits;

/// <summary>A column in memory: stored values row after row, and what turns them into physical ones.</summary>
public sealed class FitsColumn
{
    internal FitsColumn(string name, FitsColumnType type, int repeat, Array data)
    {
        Name = name;
        Type = type;
        Repeat = repeat;
        Data = data;
    }

    /// <summary>TTYPE; may be empty.</summary>
    public string Name { get; }

    /// <summary>Type of the stored values.</summary>
    public FitsColumnType Type { get; }

    /// <summary>Values in a row (texts, for text); 0 for a column whose rows differ in length.</summary>
    public int Repeat { get; }

    /// <summary>TUNIT, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>TDIM as lengths of the axes of one row, slowest first; null for a plain list. For text the characters' axis is left out.</summary>
    public IReadOnlyList<int>? Dimensions { get; init; }

    /// <summary>Whether rows differ in length (TFORM P or Q); their bounds are then <see cref="RowStarts"/>.</summary>
    public bool IsVariable => RowStarts is not null;

    /// <summary>Of a column of variable length: where each row's values begin in all values; one more than rows.</summary>
    public IReadOnlyList<int>? RowStarts { get; init; }

    /// <summary>TSCAL, or 1: physical = <see cref="Zero"/> + Scale · stored.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>TZERO where it is not part of the type (the standard's way to store unsigned numbers), or 0.</summary>
    public double Zero { get; init; }

    /// <summary>TNULL: the stored whole number that means undefined, after the shift that makes a type unsigned; or null.</summary>
    public long? Null { get; init; }

    /// <summary>TDISP, or null.</summary>
    public string? Display { get; init; }

    /// <summary>Characters of one text as stored; 0 if it follows from the texts.</summary>
    internal int TextWidth { get; init; }

    /// <summary>TFORM of a text table's column, as in the header; null elsewhere.</summary>
    internal string? TextFormat { get; init; }

    /// <summary>Which values are undefined by their storage (a logical of byte 0, a text table's null); null if none.</summary>
    internal bool[]? UndefinedFlags { get; init; }

    /// <summary>The stored values.</summary>
    internal Array Data { get; }

    /// <summary>Whether stored values are physical ones.</summary>
    internal bool IsUnscaled => Scale == 1 && Zero == 0;

    /// <summary>All stored values, row after row.</summary>
    /// <typeparam name="T">The .NET type named at <see cref="Type"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public ReadOnlySpan<T> Values<T>() =>
        Data.GetType() == typeof(T[])
            ? (T[])Data
            : throw new InvalidOperationException($"Column {Name} holds {Data.GetType().GetElementType()!.Name}, not {typeof(T).Name}.");

    /// <summary>The stored values of one row.</summary>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public ReadOnlySpan<T> Row<T>(int row) =>
        RowStarts is null ? Values<T>().Slice(row * Repeat, Repeat) : Values<T>()[RowStarts[row]..RowStarts[row + 1]];

    /// <summary>For every value whether it is undefined: null by TNULL, a NaN, a logical of byte 0.</summary>
    public bool[] Undefined()
    {
        var undefined = new bool[Data.Length];
        UndefinedFlags?.CopyTo(undefined, 0);
        switch (Data)
        {
            case float[] values:
                Mark(values, float.IsNaN, undefined);
                break;
            case double[] values:
                Mark(values, double.IsNaN, undefined);
                break;
            case not null when Null is long nothing:
                MarkNull(nothing, undefined);
                break;
        }
        return undefined;
    }

    /// <summary>Numbers as physical values; undefined ones NaN.</summary>
    /// <exception cref="InvalidOperationException">The column holds text, logicals or complex numbers.</exception>
    public double[] Reals()
    {
        double[] reals = Type switch
        {
            FitsColumnType.Double => [.. (double[])Data],
            FitsColumnType.Single => Convert((float[])Data),
            FitsColumnType.Byte => Convert((byte[])Data),
            FitsColumnType.SByte => Convert((sbyte[])Data),
            FitsColumnType.Int16 => Convert((short[])Data),
            FitsColumnType.UInt16 => Convert((ushort[])Data),
            FitsColumnType.Int32 => Convert((int[])Data),
            FitsColumnType.UInt32 => Convert((uint[])Data),
            FitsColumnType.Int64 => Convert((long[])Data),
            FitsColumnType.UInt64 => Convert((ulong[])Data),
            _ => throw NotNumbers("numbers"),
        };
        bool[]? undefined = Null is null && UndefinedFlags is null ? null : Undefined();
        for (int i = 0; i < reals.Length; i++)
        {
            double value = IsUnscaled ? reals[i] : Zero + (Scale * reals[i]);
            reals[i] = undefined is not null && undefined[i] ? double.NaN : value;
        }
        return reals;
    }

    /// <summary>Whole numbers; undefined ones as stored.</summary>
    /// <exception cref="InvalidOperationException">The column holds something else, or has a scale.</exception>
    /// <exception cref="OverflowException">A number exceeds 64 bits with a sign.</exception>
    public long[] Integers()
    {
        if (!IsUnscaled)
        {
            throw new InvalidOperationException($"Column {Name} has a scale ({Scale}) or an offset ({Zero}); read it as reals.");
        }
        return Type switch
        {
            FitsColumnType.Int64 => [.. (long[])Data],
            FitsColumnType.Byte => ConvertWhole((byte[])Data),
            FitsColumnType.SByte => ConvertWhole((sbyte[])Data),
            FitsColumnType.Int16 => ConvertWhole((short[])Data),
            FitsColumnType.UInt16 => ConvertWhole((ushort[])Data),
            FitsColumnType.Int32 => ConvertWhole((int[])Data),
            FitsColumnType.UInt32 => ConvertWhole((uint[])Data),
            FitsColumnType.UInt64 => ConvertWhole((ulong[])Data),
            _ => throw NotNumbers("whole numbers"),
        };
    }

    /// <summary>Texts without trailing blanks.</summary>
    /// <exception cref="InvalidOperationException">The column holds something else.</exception>
    public string[] Texts() => Data is string[] texts ? [.. texts] : throw NotNumbers("text");

    /// <summary>Logicals or bits; undefined ones are false.</summary>
    /// <exception cref="InvalidOperationException">The column holds something else.</exception>
    public bool[] Logicals() => Data is bool[] flags ? [.. flags] : throw NotNumbers("logicals");

    /// <summary>Complex numbers.</summary>
    /// <exception cref="InvalidOperationException">The column holds something else.</exception>
    public Complex[] Complexes() => Data is Complex[] values ? [.. values] : throw NotNumbers("complex numbers");

    private static double[] Convert<T>(T[] values)
        where T : INumber<T> => Array.ConvertAll(values, double.CreateTruncating);

    private static long[] ConvertWhole<T>(T[] values)
        where T : INumber<T> => Array.ConvertAll(values, long.CreateChecked);

    private static void Mark<T>(T[] values, Predicate<T> isUndefined, bool[] undefined)
    {
        for (int i = 0; i < values.Length; i++)
        {
            undefined[i] |= isUndefined(values[i]);
        }
    }

    private void MarkNull(long nothing, bool[] undefined)
    {
        // By Type, not by pattern: the runtime lets a ushort[] pass for a short[].
        switch (Type)
        {
            case FitsColumnType.Byte:
                Mark((byte[])Data, x => x == nothing, undefined);
                break;
            case FitsColumnType.SByte:
                Mark((sbyte[])Data, x => x == nothing, undefined);
                break;
            case FitsColumnType.Int16:
                Mark((short[])Data, x => x == nothing, undefined);
                break;
            case FitsColumnType.UInt16:
                Mark((ushort[])Data, x => x == nothing, undefined);
                break;
            case FitsColumnType.Int32:
                Mark((int[])Data, x => x == nothing, undefined);
                break;
            case FitsColumnType.UInt32:
                Mark((uint[])Data, x => x == nothing, undefined);
                break;
            case FitsColumnType.Int64:
                Mark((long[])Data, x => x == nothing, undefined);
                break;
            case FitsColumnType.UInt64:
                Mark((ulong[])Data, x => x == unchecked((ulong)nothing), undefined);
                break;
        }
    }

    private InvalidOperationException NotNumbers(string wanted) => new($"Column {Name} holds {Type} values, not {wanted}.");
}
