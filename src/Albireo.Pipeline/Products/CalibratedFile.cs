using System.Runtime.InteropServices;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Products;

/// <summary>calibrated/NAME.fits: clean pixels under the raw header, with UNCERT and MASK as ccdproc writes them unless they are not wanted.</summary>
public static class CalibratedFile
{
    /// <param name="run">Its writer takes the bytes.</param>
    /// <param name="path">Of the product.</param>
    /// <param name="frame">What is written.</param>
    /// <param name="options">What of it.</param>
    /// <returns>CHECKSUM of each HDU.</returns>
    internal static string Write(RunContext run, string path, Frame frame, CalibrateOptions options)
    {
        FitsHeader header = Header(frame, frame.Provenance);
        if (options.DateProcessed)
        {
            Date(header, run);
        }
        using FitsOutput output = run.Writer.Create(path);
        long[] shape = Add(output, header, frame.CleanRows!);
        if (options.KeepUncertainty && frame.Uncertainty is { } uncertainty)
        {
            output.AddImage(UncertaintyHeader(frame.Unit), shape, (ReadOnlySpan<float>)uncertainty.Pixels);
        }
        if (options.KeepMask && frame.Mask is { } mask)
        {
            var extension = new FitsHeader();
            extension.Set("EXTNAME", "MASK");
            extension.AddComment("bits: 1 bad pixel, 2 saturated, 4 nonlinear, 8 cosmic ray, 16 undefined, 32 interpolated");
            output.AddImage(extension, shape, (ReadOnlySpan<byte>)MemoryMarshal.AsBytes(mask.Flags));
        }
        output.Commit();
        return string.Join(' ', output.Checksums);
    }

    /// <summary>A frame from which bias and dark were taken, not yet divided by the flat.</summary>
    internal static void WriteBeforeFlat(WriterBehind writer, string path, Frame frame)
    {
        FitsHeader header = Header(frame, frame.Steps!.Provenance);
        using FitsOutput output = writer.Create(path);
        Add(output, header, BandedImage.Of(frame.Steps.BeforeFlat));
        output.Commit();
    }

    /// <summary>A master's part under a sub-frame.</summary>
    public static void WriteCut(string path, Master master)
    {
        var header = new FitsHeader();
        header.Set("IMAGETYP", "Master " + master.Kind, "what this is");
        header.AddHistory($"{ProgramVersion.Text}: {ReadoutLayout.Show(master.Section!.Value)} of {master.Name} sha256 {master.Sha256}");
        using FitsOutput output = FitsOutput.Create(path);
        long[] shape = Add(output, header, BandedImage.Of(master.Image));
        if (master.Uncertainty is { } uncertainty)
        {
            output.AddImage(UncertaintyHeader(null), shape, (ReadOnlySpan<float>)uncertainty.Pixels);
        }
        output.Commit();
    }

    /// <summary>DATE-PRC: when the run began, which a run that was killed and started again keeps.</summary>
    internal static void Date(FitsHeader header, RunContext run)
    {
        if (run.Started is { } started)
        {
            header.Set("DATE-PRC", started.TrimEnd('Z'), "[UTC] begin of the run that made this");
        }
    }

    private static long[] Add(FitsOutput output, FitsHeader header, BandedImage picture)
    {
        long[] shape = [picture.Height, picture.Width];
        using FitsImageWriter writer = output.BeginImage(header, shape, FitsPixelType.Single);
        for (int first = 0; first < picture.Height; first += picture.RowsOfBand)
        {
            ReadOnlySpan<float> rows = picture.Rows(first, Math.Min(picture.RowsOfBand, picture.Height - first));
            writer.Write(rows);
        }
        writer.Complete();
        return shape;
    }

    private static FitsHeader Header(Frame frame, IReadOnlyList<string> history)
    {
        FitsHeader header = frame.Header!.Clone();
        foreach (string keyword in (string[])["EXTNAME", "EXTVER", "EXTLEVEL", "INHERIT"])
        {
            header.Remove(keyword);
        }
        header.Set("BUNIT", frame.Unit, "unit of the pixels");
        header.AddHistory($"{ProgramVersion.Text}: calibrated from {Path.GetFileName(frame.Info.Path)} sha256 {frame.Sha256}");
        foreach (string step in history)
        {
            header.AddHistory(step);
        }
        return header;
    }

    private static FitsHeader UncertaintyHeader(string? unit)
    {
        var header = new FitsHeader();
        header.Set("EXTNAME", "UNCERT");
        header.Set("UTYPE", "StdDevUncertainty", "as ccdproc reads it");
        if (unit is not null)
        {
            header.Set("BUNIT", unit);
        }
        return header;
    }
}
