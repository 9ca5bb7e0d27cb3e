using Albireo.Fits;
using Albireo.Science.Images;

namespace Albireo.Tests.Support;

/// <summary>Pictures in memory as FITS files and back.</summary>
internal static class PictureFiles
{
    /// <summary>Writes a picture of floats; returns its path.</summary>
    public static string Write(string path, Image image, FitsHeader? header = null)
    {
        using FitsOutput output = FitsOutput.Create(path);
        output.AddImage<float>(header ?? new FitsHeader(), [image.Height, image.Width], image.Pixels);
        output.Commit();
        return path;
    }

    /// <summary>The picture of a file, or of one of its extensions.</summary>
    public static Image Read(string path, string? extension = null)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage hdu = extension is null ? file.FirstImage() : file.Hdus.OfType<FitsImage>().Single(h => h.Name == extension);
        var image = new Image(hdu.Width, hdu.Height);
        hdu.ReadRows(0, hdu.Height, image.Pixels);
        return image;
    }

    /// <summary>Puts other pixels under the header of a frame.</summary>
    public static void Change(string path, Action<Image> change)
    {
        FitsHeader header;
        Image image = Read(path);
        using (FitsFile file = FitsFile.Open(path))
        {
            header = file.FirstImage().Header.Clone();
        }
        change(image);
        foreach (string keyword in (string[])["BZERO", "BSCALE", "CHECKSUM", "DATASUM"])
        {
            header.Remove(keyword);
        }
        Write(path, image, header);
    }
}
