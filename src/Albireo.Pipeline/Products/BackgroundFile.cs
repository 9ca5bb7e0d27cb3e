using Albireo.Fits;
using Albireo.Science.Background;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Products;

/// <summary>What <c>albireo find --background</c> writes: the sky level of every pixel and, in the extension RMS, its noise.</summary>
public static class BackgroundFile
{
    public static void Write(string path, string source, BackgroundMap background, BandRunner runner)
    {
        long[] shape = [background.Height, background.Width];
        var header = new FitsHeader();
        header.Set("BUNIT", "adu", "unit of the pixels");
        header.Set("BACKMED", background.MedianLevel, "median of the level mesh");
        header.Set("RMSMED", background.MedianRms, "median of the noise mesh");
        header.Set("BOXX", background.BoxWidth, "pixels in a box of the mesh");
        header.Set("BOXY", background.BoxHeight, "pixels in a box of the mesh");
        header.Set("CREATOR", ProgramVersion.Text, "program that wrote this file");
        header.AddHistory(ObservationFileText.Escaped($"background of {Path.GetFileName(source)}"));
        var noise = new FitsHeader();
        noise.Set("EXTNAME", "RMS");
        noise.Set("BUNIT", "adu", "unit of the pixels");
        using FitsOutput output = FitsOutput.Create(path, flushToDisk: true);
        output.AddImage(header, shape, (ReadOnlySpan<float>)background.LevelImage(runner).Pixels);
        output.AddImage(noise, shape, (ReadOnlySpan<float>)background.RmsImage(runner).Pixels);
        output.Commit();
    }
}
