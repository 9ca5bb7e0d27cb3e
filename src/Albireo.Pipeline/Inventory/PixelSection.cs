using System.Globalization;

namespace Albireo.Pipeline.Inventory;

/// <summary>A rectangle of pixels: the first column and row count from 0, the header's from 1.</summary>
public readonly record struct PixelSection(int Column, int Row, int Width, int Height)
{
    /// <summary>As IRAF writes it: <c>[x1:x2,y1:y2]</c>, from 1, both ends included.</summary>
    public override string ToString() => $"[{Column + 1}:{Column + Width},{Row + 1}:{Row + Height}]";

    /// <summary>Reads <c>[x1:x2,y1:y2]</c>; reversed, empty and overflowing ranges are none.</summary>
    public static bool TryParse(string text, out PixelSection section)
    {
        ArgumentNullException.ThrowIfNull(text);
        section = default;
        string[] axes = text.Trim().TrimStart('[').TrimEnd(']').Split(',');
        if (axes.Length != 2 || !Range(axes[0], out int x, out int width) || !Range(axes[1], out int y, out int height))
        {
            return false;
        }
        section = new PixelSection(x, y, width, height);
        return true;
    }

    /// <summary>Whether it lies inside a picture of this size.</summary>
    public bool IsInside(int width, int height) => Column + Width <= width && Row + Height <= height;

    /// <summary>The 2 × 2 cells that lie whole inside it, on the grid of cells.</summary>
    public PixelSection OfCells()
    {
        (int column, int row) = ((Column + 1) / 2, (Row + 1) / 2);
        return new PixelSection(column, row, ((Column + Width) / 2) - column, ((Row + Height) / 2) - row);
    }

    private static bool Range(string text, out int first, out int length)
    {
        string[] ends = text.Split(':');
        first = length = 0;
        if (
            ends.Length != 2
            || !int.TryParse(ends[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            || !int.TryParse(ends[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int to)
            || from < 1
            || to < from
        )
        {
            return false;
        }
        first = from - 1;
        length = to - first;
        return true;
    }
}
