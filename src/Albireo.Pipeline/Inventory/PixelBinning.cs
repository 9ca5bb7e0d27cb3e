namespace Albireo.Pipeline.Inventory;

/// <summary>Columns and rows of the detector in one pixel.</summary>
public readonly record struct PixelBinning(int Columns, int Rows)
{
    public override string ToString() => $"{Columns}x{Rows}";
}
