namespace Albireo.Fits;

/// <summary>A table: binary, of text, or compressed.</summary>
public sealed class FitsTableHdu : FitsHdu
{
    private TableLayout? layout;

    internal FitsTableHdu(FitsFile file, FitsHeader header, HduStructure structure, int index, long headerOffset, long dataOffset)
        : base(file, header, structure, index, headerOffset, dataOffset) { }

    /// <summary>Number of rows.</summary>
    public long RowCount => Structure.Axes[1];

    /// <summary>Names of the columns (TTYPE; empty where a column has none).</summary>
    public IReadOnlyList<string> ColumnNames => [.. Layout.Columns.Select(column => column.Name)];

    internal TableLayout Layout =>
        layout ??= TableLayout.Read(this, Header, Structure.Axes[0], Structure.Axes[1], Structure.ParameterCount);

    /// <summary>Reads the whole table.</summary>
    /// <exception cref="FitsFormatException">The table is damaged or cut.</exception>
    public FitsTable Read() => Read(0, checked((int)RowCount), null);

    /// <summary>Reads some rows of some columns.</summary>
    /// <param name="firstRow">0-based.</param>
    /// <param name="rowCount">Rows to read.</param>
    /// <param name="columns">Names; null for all.</param>
    /// <exception cref="FitsFormatException">The table is damaged or cut.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public FitsTable Read(long firstRow, int rowCount, IReadOnlyList<string>? columns = null)
    {
        if (firstRow < 0 || rowCount < 0 || firstRow > RowCount - rowCount)
        {
            throw new ArgumentOutOfRangeException(nameof(firstRow), $"Rows {firstRow} to {firstRow + rowCount - 1} of {RowCount}.");
        }
        File.EnsureWhole(this);
        return BinaryTableReader.Read(new StoredData(this), Layout, Chosen(columns), firstRow, rowCount);
    }

    private ColumnFormat[] Chosen(IReadOnlyList<string>? columns) =>
        columns is null
            ? Layout.Columns
            :
            [
                .. columns.Select(name =>
                    Layout.Find(name)
                    ?? throw new KeyNotFoundException($"No column {name}; there are {string.Join(", ", ColumnNames.Take(50))}.")
                ),
            ];

    private sealed class StoredData(FitsHdu hdu) : ITableData
    {
        public void Read(long offset, Span<byte> destination) => hdu.ReadData(offset, destination);
    }
}
