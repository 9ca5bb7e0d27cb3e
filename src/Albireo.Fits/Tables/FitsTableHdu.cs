namespace Albireo.Fits;

/// <summary>A table: binary, of text, or compressed.</summary>
public sealed class FitsTableHdu : FitsHdu
{
    private readonly FitsHeader? tableHeader;
    private readonly Lock gate = new();
    private TableLayout? layout;
    private AsciiColumn[]? textColumns;
    private CompressedTable? restored;

    internal FitsTableHdu(FitsFile file, FitsHeader header, HduStructure structure, int index, long headerOffset, long dataOffset)
        : base(file, header, structure, index, headerOffset, dataOffset)
    {
        tableHeader = structure.Kind == FitsHduKind.CompressedTable ? CompressedTable.ReadHeader(this) : null;
    }

    /// <inheritdoc/>
    public override FitsHeader Header => tableHeader ?? StoredHeader;

    /// <summary>Number of rows.</summary>
    public long RowCount => tableHeader?.Integer("NAXIS2") ?? Structure.Axes[1];

    /// <summary>Names of the columns (TTYPE; empty where a column has none).</summary>
    public IReadOnlyList<string> ColumnNames =>
        Kind == FitsHduKind.AsciiTable ? [.. TextColumns.Select(column => column.Name)] : [.. Layout.Columns.Select(column => column.Name)];

    internal TableLayout Layout =>
        layout ??= TableLayout.Read(
            this,
            Header,
            Header.Integer("NAXIS1") ?? 0,
            Header.Integer("NAXIS2") ?? 0,
            tableHeader?.Integer("PCOUNT") ?? Structure.ParameterCount
        );

    private AsciiColumn[] TextColumns => textColumns ??= AsciiTableReader.Columns(this);

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
        if (Kind == FitsHduKind.AsciiTable)
        {
            return AsciiTableReader.Read(this, Chosen(TextColumns, column => column.Name, columns), firstRow, rowCount);
        }
        ITableData data = tableHeader is null ? new StoredData(this) : Restored();
        return BinaryTableReader.Read(data, Layout, Chosen(Layout.Columns, column => column.Name, columns), firstRow, rowCount);
    }

    private CompressedTable Restored()
    {
        lock (gate)
        {
            return restored ??= CompressedTable.Read(this, tableHeader!);
        }
    }

    private static T[] Chosen<T>(T[] all, Func<T, string> nameOf, IReadOnlyList<string>? names) =>
        names is null
            ? all
            :
            [
                .. names.Select(name =>
                    Array.Find(all, column => nameOf(column).Equals(name, StringComparison.OrdinalIgnoreCase))
                    ?? throw new KeyNotFoundException($"No column {name}; there are {string.Join(", ", all.Take(50).Select(nameOf))}.")
                ),
            ];

    private sealed class StoredData(FitsHdu hdu) : ITableData
    {
        public void Read(long offset, Span<byte> destination) => hdu.ReadData(offset, destination);
    }
}
