using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>
/// One colour plane of a frame behind a Bayer mosaic (Bayer 1976, US patent 3 971 065), half as many columns and rows: red and blue
/// are the pixel of that colour in every 2 × 2 cell, green is the mean of both green ones. Nothing is interpolated, so the pixels
/// stay independent and the noise model holds: the mean of two pixels has twice the gain (e-/ADU) and √2 times the read noise (e-).
/// </summary>
public sealed record BayerPlane
{
    private readonly int first;
    private readonly int second;

    /// <summary>The plane of one colour.</summary>
    /// <param name="cell">Colours of the picture's first two columns and rows, row by row, as <c>RGGB</c>: one R, one B, two G.</param>
    /// <param name="channel">The colour of the plane.</param>
    /// <exception cref="ArgumentException">The cell is no Bayer cell.</exception>
    public BayerPlane(string cell, ColourChannel channel)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (!IsCell(cell))
        {
            throw new ArgumentException($"'{cell}' is not the cell of a Bayer mosaic.", nameof(cell));
        }
        Cell = cell;
        Channel = channel;
        char letter = "RGB"[(int)channel];
        first = cell.IndexOf(letter, StringComparison.Ordinal);
        second = cell.LastIndexOf(letter);
    }

    /// <summary>Colours of the picture's first two columns and rows, row by row.</summary>
    public string Cell { get; }

    /// <summary>The colour of the plane.</summary>
    public ColourChannel Channel { get; }

    /// <summary>Raw counts from which a pixel is saturated; a mean of which one pixel is saturated becomes the larger of the two.</summary>
    public double SaturationAdu { get; init; } = double.PositiveInfinity;

    /// <summary>How many pixels of the mosaic make one of the plane: 2 for green, else 1.</summary>
    public int PixelsAveraged => first == second ? 1 : 2;

    /// <summary>Where on the mosaic the centre of the plane's first pixel lies, 0-based; the others follow in steps of 2.</summary>
    public (double X, double Y) Origin => (((first & 1) + (second & 1)) / 2.0, ((first >> 1) + (second >> 1)) / 2.0);

    /// <summary>Whether a text names the cell of a Bayer mosaic.</summary>
    public static bool IsCell(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell is "RGGB" or "BGGR" or "GRBG" or "GBRG";
    }

    /// <summary>Takes the plane out of rows of the mosaic.</summary>
    /// <param name="mosaic">Whole rows, row-major, beginning with an even one; an odd last row or column is left over.</param>
    /// <param name="width">Columns of the mosaic.</param>
    /// <param name="plane">Receives (rows / 2) · (width / 2) values; NaN where a pixel that takes part is NaN.</param>
    public void Extract(ReadOnlySpan<float> mosaic, int width, Span<float> plane)
    {
        Require.Positive(width);
        int columns = width / 2;
        int rows = mosaic.Length / width / 2;
        if (plane.Length < rows * columns)
        {
            throw new ArgumentException($"{plane.Length} values are too few for {columns} × {rows}.", nameof(plane));
        }
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<float> a = mosaic.Slice(((2 * y) + (first >> 1)) * width, width)[(first & 1)..];
            ReadOnlySpan<float> b = mosaic.Slice(((2 * y) + (second >> 1)) * width, width)[(second & 1)..];
            Span<float> row = plane.Slice(y * columns, columns);
            if (first == second)
            {
                for (int x = 0; x < columns; x++)
                {
                    row[x] = a[2 * x];
                }
                continue;
            }
            for (int x = 0; x < columns; x++)
            {
                (float p, float q) = (a[2 * x], b[2 * x]);
                bool isSaturated = p >= SaturationAdu || q >= SaturationAdu;
                row[x] = isSaturated ? Math.Max(p, q) : 0.5f * (p + q);
            }
        }
    }
}
