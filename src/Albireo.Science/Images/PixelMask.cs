using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>Flags for every pixel of an <see cref="Image"/>: row-major [height, width].</summary>
public sealed class PixelMask
{
    private readonly PixelQuality[] flags;

    /// <summary>A mask without any flag set.</summary>
    public PixelMask(int width, int height)
        : this(width, height, new PixelQuality[checked(Require.Positive(width) * Require.Positive(height))]) { }

    /// <summary>A mask over an existing array, with the flags that it holds.</summary>
    /// <exception cref="ArgumentException">The array is not as long as the mask.</exception>
    public PixelMask(int width, int height, PixelQuality[] flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        Require.SameLength(checked(Require.Positive(width) * Require.Positive(height)), flags.Length);
        Width = width;
        Height = height;
        this.flags = flags;
    }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>All flags, row after row.</summary>
    public Span<PixelQuality> Flags => flags;

    /// <summary>The flags of the pixel in column <paramref name="x"/>, row <paramref name="y"/>.</summary>
    public ref PixelQuality this[int x, int y] => ref flags[(y * Width) + x];

    /// <summary>One row of flags.</summary>
    public Span<PixelQuality> Row(int y) => flags.AsSpan(y * Width, Width);
}
