using System.Runtime.InteropServices;
using Albireo.Fits;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Products;

/// <summary>Reads calibrated/NAME.fits back: pixels and, where it was kept, the mask.</summary>
public static class CalibratedFileReader
{
    /// <exception cref="FitsFormatException">The file is not what <see cref="CalibratedFile"/> writes.</exception>
    public static (Image Pixels, PixelMask? Mask) Read(string path)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage picture = file.FirstImage();
        var pixels = new Image(picture.Width, picture.Height);
        picture.ReadRows(0, picture.Height, pixels.Pixels);
        FitsImage? flags = file.Hdus.OfType<FitsImage>().FirstOrDefault(h => h.Header.Text("EXTNAME") == "MASK");
        if (flags is null)
        {
            return (pixels, null);
        }
        if (flags.Width != picture.Width || flags.Height != picture.Height)
        {
            throw new FitsFormatException(
                path,
                flags.Index,
                "MASK",
                $"{flags.Width} × {flags.Height}",
                $"the picture's {picture.Width} × {picture.Height} pixels"
            );
        }
        var mask = new PixelMask(picture.Width, picture.Height);
        float[] values = new float[picture.Width * picture.Height];
        flags.ReadRows(0, picture.Height, values);
        Span<byte> bits = MemoryMarshal.AsBytes(mask.Flags);
        for (int i = 0; i < values.Length; i++)
        {
            bits[i] = (byte)values[i];
        }
        return (pixels, mask);
    }
}
