using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>Flags for every pixel of an <see cref="Image"/>: row-major [height, width].</summary>
public sealed class PixelMask
{
    private readonly PixelQuality[] flags;

    /// <summary>A mask without any flag set.</summary>
    public PixelMask(int width, int height)
    {
        Width = Require.Positive(width);
        Height = Require.Positive(height);
        flags = new PixelQuality[checked(width * height)];
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
