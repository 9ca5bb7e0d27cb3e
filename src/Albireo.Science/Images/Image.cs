using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>
/// A picture in memory: <see cref="Width"/> × <see cref="Height"/> floats, row-major; x is the column, y the row, (0, 0) the centre
/// of the first pixel. Undefined pixels are NaN.
/// </summary>
public sealed class Image
{
    private readonly float[] buffer;

    /// <summary>A picture of zeros.</summary>
    public Image(int width, int height)
        : this(width, height, new float[checked(Require.Positive(width) * Require.Positive(height))]) { }

    /// <summary>A picture over an existing buffer, which may be longer than needed (a pooled array).</summary>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public Image(int width, int height, float[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (buffer.Length < checked(Require.Positive(width) * Require.Positive(height)))
        {
            throw new ArgumentException($"{width} × {height} pixels do not fit into {buffer.Length} values.", nameof(buffer));
        }
        Width = width;
        Height = height;
        this.buffer = buffer;
    }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>All pixels, row after row.</summary>
    public Span<float> Pixels => buffer.AsSpan(0, Width * Height);

    /// <summary>The array behind the pixels; it may be longer than <c>Width · Height</c>.</summary>
    public float[] Buffer => buffer;

    /// <summary>The pixel in column <paramref name="x"/>, row <paramref name="y"/>.</summary>
    public ref float this[int x, int y] => ref buffer[(y * Width) + x];

    /// <summary>One row.</summary>
    public Span<float> Row(int y) => buffer.AsSpan(y * Width, Width);

    /// <summary>Rows <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1.</summary>
    public Span<float> Rows(int first, int count) => buffer.AsSpan(first * Width, count * Width);

    /// <summary>Whether a position lies on the picture (pixel areas included: −0.5 … width − 0.5).</summary>
    public bool Contains(double x, double y) => x >= -0.5 && x < Width - 0.5 && y >= -0.5 && y < Height - 0.5;
}
