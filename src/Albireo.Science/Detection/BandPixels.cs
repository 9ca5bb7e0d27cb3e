using System.Buffers;

namespace Albireo.Science.Detection;

/// <summary>
/// Rented rows of one band with as many rows beyond it as the filter and the search for hot pixels need, each padded with zeros to
/// whole vectors. What lies outside the picture is 0.
/// </summary>
internal sealed class BandPixels : IDisposable
{
    private readonly bool[] rowHasBad;

    public BandPixels(int firstRow, int rows, int stride, int pad, int width, int height)
    {
        (FirstRow, Rows, Stride) = (firstRow, rows, stride);
        Values = ArrayPool<float>.Shared.Rent(rows * stride);
        Noise = ArrayPool<float>.Shared.Rent(rows * stride);
        Bad = ArrayPool<bool>.Shared.Rent(rows * stride);
        Bad.AsSpan(0, rows * stride).Clear();
        rowHasBad = new bool[rows];
        for (int r = 0; r < rows; r++)
        {
            bool isOutside = firstRow + r < 0 || firstRow + r >= height;
            Pad(Values.AsSpan(r * stride, stride));
            Pad(Noise.AsSpan(r * stride, stride));

            void Pad(Span<float> row)
            {
                row[..(isOutside ? stride : pad)].Clear();
                row[(pad + width)..].Clear();
            }
        }
    }

    /// <summary>Row of the picture that the first one here is; may be negative.</summary>
    public int FirstRow { get; }
    public int Rows { get; }

    /// <summary>Values from row to row, a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>Background-subtracted pixels.</summary>
    public float[] Values { get; }

    /// <summary>σ of the background.</summary>
    public float[] Noise { get; }

    /// <summary>Pixels that do not show a value of their own.</summary>
    public bool[] Bad { get; }

    public Span<float> ValuesOf(int row) => Values.AsSpan(row * Stride, Stride);

    public Span<float> NoiseOf(int row) => Noise.AsSpan(row * Stride, Stride);

    /// <summary>The flags of one row; empty where none is set.</summary>
    public ReadOnlySpan<bool> BadOf(int row) => rowHasBad[row] ? Bad.AsSpan(row * Stride, Stride) : default;

    public void MarkBad(int row, int column)
    {
        rowHasBad[row] = true;
        Bad[(row * Stride) + column] = true;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(Values);
        ArrayPool<float>.Shared.Return(Noise);
        ArrayPool<bool>.Shared.Return(Bad);
    }
}
