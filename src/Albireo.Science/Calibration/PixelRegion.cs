namespace Albireo.Science.Calibration;

/// <summary>A rectangle of whole pixels, half-open: columns FirstColumn … EndColumn − 1, rows FirstRow … EndRow − 1.</summary>
/// <param name="FirstColumn">0-based.</param>
/// <param name="EndColumn">One past the last column.</param>
/// <param name="FirstRow">0-based.</param>
/// <param name="EndRow">One past the last row.</param>
public readonly record struct PixelRegion(int FirstColumn, int EndColumn, int FirstRow, int EndRow)
{
    /// <summary>Number of columns.</summary>
    public int Width => EndColumn - FirstColumn;

    /// <summary>Number of rows.</summary>
    public int Height => EndRow - FirstRow;

    /// <summary>The part of it that lies on a frame.</summary>
    /// <exception cref="ArgumentException">None does.</exception>
    public PixelRegion Within(int width, int height)
    {
        var part = new PixelRegion(Math.Max(FirstColumn, 0), Math.Min(EndColumn, width), Math.Max(FirstRow, 0), Math.Min(EndRow, height));
        return part.Width > 0 && part.Height > 0
            ? part
            : throw new ArgumentException(
                $"The region {FirstColumn}:{EndColumn},{FirstRow}:{EndRow} lies outside a frame of {width} × {height}.",
                nameof(width)
            );
    }

    /// <summary>The central window of a frame, at most <paramref name="side"/> pixels wide and high.</summary>
    public static PixelRegion Central(int width, int height, int side)
    {
        int w = Math.Min(side, width);
        int h = Math.Min(side, height);
        int x = (width - w) / 2;
        int y = (height - h) / 2;
        return new PixelRegion(x, x + w, y, y + h);
    }
}
