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
        byte[] tones = new byte[image.Width];
        for (int line = 0; line < image.Height; line++)
        {
            stretch.Apply(image.Row(flipVertical ? line : image.Height - 1 - line), tones);
            if (flipHorizontal)
            {
                Array.Reverse(tones);
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
