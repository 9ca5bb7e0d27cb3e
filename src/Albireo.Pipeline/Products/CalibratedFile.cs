using System.Runtime.InteropServices;
using Albireo.Fits;
using Albireo.Pipeline.Frames;

namespace Albireo.Pipeline.Products;

/// <summary>calibrated/NAME.fits: clean pixels under the raw header, with UNCERT and MASK as ccdproc writes them.</summary>
public static class CalibratedFile
{
    public static void Write(string path, Frame frame)
    {
        FitsHeader header = frame.Header!.Clone();
        foreach (string keyword in (string[])["EXTNAME", "EXTVER", "EXTLEVEL", "INHERIT"])
        {
            header.Remove(keyword);
        }
        header.Set("BUNIT", "adu", "unit of the pixels");
        header.AddHistory($"{ProgramVersion.Text}: calibrated from {Path.GetFileName(frame.Info.Path)} sha256 {frame.Sha256}");
        foreach (string step in frame.Provenance)
        {
            header.AddHistory(step);
        }
        long[] shape = [frame.Clean!.Height, frame.Clean.Width];
        using FitsOutput output = FitsOutput.Create(path);
        output.AddImage(header, shape, (ReadOnlySpan<float>)frame.Clean.Pixels);
        if (frame.Uncertainty is { } uncertainty)
        {
            var extension = new FitsHeader();
            extension.Set("EXTNAME", "UNCERT");
            extension.Set("UTYPE", "StdDevUncertainty", "as ccdproc reads it");
            extension.Set("BUNIT", "adu");
            output.AddImage(extension, shape, (ReadOnlySpan<float>)uncertainty.Pixels);
        }
        if (frame.Mask is { } mask)
        {
            var extension = new FitsHeader();
            extension.Set("EXTNAME", "MASK");
            extension.AddComment("bits: 1 bad pixel, 2 saturated, 4 nonlinear, 8 cosmic ray, 16 undefined, 32 interpolated");
            output.AddImage(extension, shape, (ReadOnlySpan<byte>)MemoryMarshal.AsBytes(mask.Flags));
        }
        output.Commit();
    }
}
