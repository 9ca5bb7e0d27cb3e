using System.Numerics;

namespace Albireo.Fits;

/// <summary>Columns in memory, all with the same number of rows. Names are looked up without regard to case.</summary>
public sealed class FitsTable
{
    private readonly List<FitsColumn> columns = [];

    /// <summary>A table without columns.</summary>
    public FitsTable(int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        RowCount = rowCount;
    }

    /// <summary>Rows of every column.</summary>
    public int RowCount { get; }

    /// <summary>The columns in their order.</summary>
    public IReadOnlyList<FitsColumn> Columns => columns;

    /// <summary>Whether there is a column of this name.</summary>
    public bool Contains(string name) => Find(name) is not null;

    /// <summary>The column of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those that are.</exception>
    public FitsColumn Column(string name) =>
        Find(name)
        ?? throw new KeyNotFoundException(
            $"No column {name}; there are {string.Join(", ", columns.Take(50).Select(column => column.Name))}."
        );

    /// <summary>The stored values of a column as they lie in memory; see <see cref="FitsColumn.Values"/>.</summary>
    public ReadOnlySpan<T> Values<T>(string name) => Column(name).Values<T>();

    /// <summary>Physical values of a column of numbers, undefined ones NaN.</summary>
    public double[] Reals(string name) => Column(name).Reals();

    /// <summary>Values of a column of whole numbers.</summary>
    public long[] Integers(string name) => Column(name).Integers();

    /// <summary>Values of a column of text, without trailing blanks.</summary>
    public string[] Texts(string name) => Column(name).Texts();

    /// <summary>Values of a column of logicals or bits.</summary>
    public bool[] Logicals(string name) => Column(name).Logicals();

    /// <summary>Adds a column of numbers, logicals (bool) or Complex values.</summary>
    /// <param name="name">Letters, digits and underscores are safe everywhere.</param>
    /// <param name="values">rows · repeat values, row after row; copied.</param>
    /// <param name="unit">TUNIT, or null.</param>
    /// <param name="repeat">Values in a row.</param>
    /// <param name="dimensions">Lengths of the axes of one row, slowest first, where it is more than a list.</param>
    /// <param name="null">For whole numbers: the value that means undefined.</param>
    public FitsColumn Add<T>(
        string name,
        ReadOnlySpan<T> values,
        string? unit = null,
        int repeat = 1,
        IReadOnlyList<int>? dimensions = null,
        long? @null = null
    )
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(repeat);
        CheckLength(name, values.Length, repeat);
        if (dimensions is not null && dimensions.Aggregate(1L, (product, length) => product * length) != repeat)
        {
            throw new ArgumentException(
                $"Column {name}: axes {string.Join(" x ", dimensions)} do not make up {repeat} values.",
                nameof(dimensions)
            );
        }
        return Add(
            new FitsColumn(name, TypeOf<T>(), repeat, values.ToArray())
            {
                Unit = unit,
                Dimensions = dimensions,
                Null = @null,
            }
        );
    }

    /// <summary>Adds a column of text; characters that are not printable ASCII become question marks when written.</summary>
    /// <param name="name">Letters, digits and underscores are safe everywhere.</param>
    /// <param name="values">rows · repeat texts.</param>
    /// <param name="unit">TUNIT, or null.</param>
    /// <param name="repeat">Texts in a row.</param>
    public FitsColumn Add(string name, IReadOnlyList<string> values, string? unit = null, int repeat = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckLength(name, values.Count, repeat);
        return Add(new FitsColumn(name, FitsColumnType.Text, repeat, values.ToArray()) { Unit = unit });
    }

    /// <summary>Adds a column of bits.</summary>
    /// <param name="name">Letters, digits and underscores are safe everywhere.</param>
    /// <param name="values">rows · repeat bits.</param>
    /// <param name="repeat">Bits in a row.</param>
    public FitsColumn AddBits(string name, ReadOnlySpan<bool> values, int repeat = 1)
    {
        CheckLength(name, values.Length, repeat);
        return Add(new FitsColumn(name, FitsColumnType.Bit, repeat, values.ToArray()));
    }

    /// <summary>Adds a column of complex numbers stored in single precision.</summary>
    /// <param name="name">Letters, digits and underscores are safe everywhere.</param>
    /// <param name="values">rows · repeat numbers.</param>
    /// <param name="unit">TUNIT, or null.</param>
    /// <param name="repeat">Numbers in a row.</param>
    public FitsColumn AddComplexSingle(string name, ReadOnlySpan<Complex> values, string? unit = null, int repeat = 1)
    {
        CheckLength(name, values.Length, repeat);
        return Add(new FitsColumn(name, FitsColumnType.ComplexSingle, repeat, values.ToArray()) { Unit = unit });
    }

    /// <summary>Adds a column of whole numbers that stand for scaled reals: physical = zero + scale · stored.</summary>
    /// <param name="name">Letters, digits and underscores are safe everywhere.</param>
    /// <param name="stored">rows · repeat numbers.</param>
    /// <param name="scale">TSCAL, not 0.</param>
    /// <param name="zero">TZERO.</param>
    /// <param name="unit">TUNIT, or null.</param>
    /// <param name="repeat">Numbers in a row.</param>
    /// <param name="null">TNULL: the stored number that means undefined.</param>
    public FitsColumn AddScaled<T>(
        string name,
        ReadOnlySpan<T> stored,
        double scale,
        double zero,
        string? unit = null,
        int repeat = 1,
        long? @null = null
    )
        where T : unmanaged
    {
        CheckLength(name, stored.Length, repeat);
        FitsColumnType type = TypeOf<T>();
        if (
            !double.IsFinite(scale)
            || scale == 0
            || !double.IsFinite(zero)
            || type is FitsColumnType.SByte or FitsColumnType.UInt16 or FitsColumnType.UInt32 or FitsColumnType.UInt64
        )
        {
            throw new ArgumentException($"Column {name}: {type} with TSCAL {scale} and TZERO {zero} cannot be written.", nameof(scale));
        }
        return Add(
            new FitsColumn(name, type, repeat, stored.ToArray())
            {
                Unit = unit,
                Scale = scale,
                Zero = zero,
                Null = @null,
            }
        );
    }

    /// <summary>Adds a column whose rows differ in length (written with 64-bit descriptors where the heap needs them).</summary>
    /// <param name="name">Letters, digits and underscores are safe everywhere.</param>
    /// <param name="rows">The values of each row.</param>
    /// <param name="unit">TUNIT, or null.</param>
    public FitsColumn AddVariable<T>(string name, IReadOnlyList<T[]> rows, string? unit = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckLength(name, rows.Count, 1);
        var starts = new int[rows.Count + 1];
        for (int i = 0; i < rows.Count; i++)
        {
            starts[i + 1] = checked(starts[i] + rows[i].Length);
        }
        return Add(new FitsColumn(name, TypeOf<T>(), 0, rows.SelectMany(row => row).ToArray()) { Unit = unit, RowStarts = starts });
    }

    internal FitsColumn Add(FitsColumn column)
    {
        if (column.Name.Length > 0 && Contains(column.Name))
        {
            throw new ArgumentException($"There is a column {column.Name} already.", nameof(column));
        }
        columns.Add(column);
        return column;
    }

    /// <summary>Adds a column as read from a file, where names may repeat.</summary>
    internal void AddRead(FitsColumn column) => columns.Add(column);

    private static FitsColumnType TypeOf<T>() =>
        typeof(T) == typeof(bool) ? FitsColumnType.Logical
        : typeof(T) == typeof(byte) ? FitsColumnType.Byte
        : typeof(T) == typeof(sbyte) ? FitsColumnType.SByte
        : typeof(T) == typeof(short) ? FitsColumnType.Int16
        : typeof(T) == typeof(ushort) ? FitsColumnType.UInt16
        : typeof(T) == typeof(int) ? FitsColumnType.Int32
        : typeof(T) == typeof(uint) ? FitsColumnType.UInt32
        : typeof(T) == typeof(long) ? FitsColumnType.Int64
        : typeof(T) == typeof(ulong) ? FitsColumnType.UInt64
        : typeof(T) == typeof(float) ? FitsColumnType.Single
        : typeof(T) == typeof(double) ? FitsColumnType.Double
        : typeof(T) == typeof(Complex) ? FitsColumnType.ComplexDouble
        : throw new NotSupportedException($"FITS has no columns of type {typeof(T).Name}.");

    private FitsColumn? Find(string name)
    {
        foreach (FitsColumn column in columns)
        {
            if (column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return column;
            }
        }
        return null;
    }

    private void CheckLength(string name, int count, int repeat)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (count != (long)RowCount * repeat)
        {
            throw new ArgumentException($"Column {name}: {count} values for {RowCount} rows of {repeat}.", name);
        }
    }
}
