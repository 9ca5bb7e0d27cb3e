namespace Albireo.Fits;

/// <summary>The data of a table, wherever they come from.</summary>
internal interface ITableData
{
    /// <summary>Fills <paramref name="destination"/> from an offset into the data.</summary>
    void Read(long offset, Span<byte> destination);
}
