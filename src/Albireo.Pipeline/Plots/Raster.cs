using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>A picture as red, green and blue bytes from the top row down, ready for <see cref="PngWriter"/>.</summary>
internal sealed class Raster
{
    /// <summary>What undefined pixels look like: a colour that no grey scale has.</summary>
    public static readonly (byte Red, byte Green, byte Blue) UndefinedColor = (112, 48, 160);

    public Raster(int width, int height)
    {
        (Width, Height) = (width, height);
        Rgb = new byte[checked(3 * width * height)];
    }

    public int Width { get; }
    public int Height { get; }
    public byte[] Rgb { get; }

    /// <summary>A picture of the sky with its first row at the bottom, in greys.</summary>
    /// <param name="image">Shown whole, one pixel a pixel.</param>
    /// <param name="stretch">Values → tones.</param>
    /// <param name="flipVertical">First row at the top instead.</param>
    /// <param name="flipHorizontal">First column at the right.</param>
    public static Raster Of(Image image, ImageStretch stretch, bool flipVertical = false, bool flipHorizontal = false)
    {
        var raster = new Raster(image.Width, image.Height);
        byte[] all = new byte[image.Width * image.Height];
        stretch.Apply(image.Pixels, all);
        for (int line = 0; line < image.Height; line++)
        {
            Span<byte> tones = all.AsSpan((flipVertical ? line : image.Height - 1 - line) * image.Width, image.Width);
            if (flipHorizontal)
            {
                tones.Reverse();
            }
            Span<byte> row = raster.Rgb.AsSpan(3 * line * image.Width, 3 * image.Width);
            for (int x = 0; x < tones.Length; x++)
            {
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = Color(tones[x]);
            }
        }
        return raster;
    }

    /// <summary>The colour of a tone of <see cref="ImageStretch"/>.</summary>
    public static (byte Red, byte Green, byte Blue) Color(byte tone)
    {
        if (tone == ImageStretch.Undefined)
        {
            return UndefinedColor;
        }
        byte grey = (byte)(((tone - 1) * 255 + 127) / 254);
        return (grey, grey, grey);
    }

    /// <summary>Sets a pixel; nothing happens outside.</summary>
    public void Set(int x, int y, (byte Red, byte Green, byte Blue) color)
    {
        if ((uint)x < (uint)Width && (uint)y < (uint)Height)
        {
            int i = 3 * ((y * Width) + x);
            (Rgb[i], Rgb[i + 1], Rgb[i + 2]) = color;
        }
    }

    /// <summary>One colour everywhere.</summary>
    public void Fill((byte Red, byte Green, byte Blue) color)
    {
        for (int i = 0; i < Rgb.Length; i += 3)
        {
            (Rgb[i], Rgb[i + 1], Rgb[i + 2]) = color;
        }
    }

    /// <summary>Copies another picture, which must fit, with its upper left corner at (<paramref name="x"/>, <paramref name="y"/>).</summary>
    public void Paste(Raster other, int x, int y)
    {
        for (int row = 0; row < other.Height; row++)
        {
            other.Rgb.AsSpan(3 * row * other.Width, 3 * other.Width).CopyTo(Rgb.AsSpan(3 * (((y + row) * Width) + x)));
        }
    }

    /// <summary>A circle one and a half pixels wide, smooth at its edges.</summary>
    public void Circle(double x, double y, double radius, (byte Red, byte Green, byte Blue) color)
    {
        if (!double.IsFinite(x + y + radius))
        {
            return;
        }
        int firstY = (int)Math.Max(0, Math.Floor(y - radius - 2));
        int lastY = (int)Math.Min(Height - 1, Math.Ceiling(y + radius + 2));
        int firstX = (int)Math.Max(0, Math.Floor(x - radius - 2));
        int lastX = (int)Math.Min(Width - 1, Math.Ceiling(x + radius + 2));
        for (int row = firstY; row <= lastY; row++)
        {
            for (int column = firstX; column <= lastX; column++)
            {
                double distance = Math.Sqrt(((column - x) * (column - x)) + ((row - y) * (row - y)));
                double cover = Math.Clamp(1.25 - Math.Abs(distance - radius), 0, 1);
                if (cover > 0)
                {
                    int i = 3 * ((row * Width) + column);
                    Rgb[i] = Mix(Rgb[i], color.Red, cover);
                    Rgb[i + 1] = Mix(Rgb[i + 1], color.Green, cover);
                    Rgb[i + 2] = Mix(Rgb[i + 2], color.Blue, cover);
                }
            }
        }
    }

    private static byte Mix(byte below, byte above, double cover) => (byte)Math.Round(below + (cover * (above - below)));

    /// <summary>A PNG file: grey if every pixel is.</summary>
    public byte[] ToPng()
    {
        for (int i = 0; i < Rgb.Length; i += 3)
        {
            if (Rgb[i] != Rgb[i + 1] || Rgb[i] != Rgb[i + 2])
            {
                return PngWriter.ToBytes(Width, Height, Rgb);
            }
        }
        byte[] grey = new byte[Width * Height];
        for (int i = 0; i < grey.Length; i++)
        {
            grey[i] = Rgb[3 * i];
        }
        return PngWriter.ToBytes(Width, Height, grey);
    }
}
