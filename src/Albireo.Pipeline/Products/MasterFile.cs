using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline.Products;

/// <summary>masters/NAME.fits and masters/masters.csv.</summary>
public static class MasterFile
{
    public static Master Write(StackedMaster stack, string name, RunContext run)
    {
        string path = run.Output.At("masters", name + ".fits");
        FrameInfo first = stack.Inputs[0].Info;
        long[] shape = [stack.Image.Height, stack.Image.Width];
        using (FitsOutput output = FitsOutput.Create(path, flushToDisk: true))
        {
            output.AddImage(Header(stack, first), shape, (ReadOnlySpan<float>)stack.Image.Pixels);
            var extension = new FitsHeader();
            extension.Set("EXTNAME", "UNCERT");
            extension.Set("UTYPE", "StdDevUncertainty", "as ccdproc reads it");
            output.AddImage(extension, shape, (ReadOnlySpan<float>)stack.Uncertainty.Pixels);
            output.Commit();
        }
        using FileStream written = File.OpenRead(path);
        var master = new Master
        {
            Kind = stack.Kind,
            Like = first,
            Image = stack.Image,
            Uncertainty = stack.Uncertainty,
            HoldsBias = stack.HoldsBias,
            Name = name + ".fits",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(written)),
            FrameCount = stack.Inputs.Count,
        };
        run.Output.Log.Write($"masters/{name}.fits: {stack.Inputs.Count} frames");
        foreach (StackInput input in stack.Inputs)
        {
            run.Output.Log.Write(string.Create(CultureInfo.InvariantCulture, $"  {input.Info.Path} median {input.Level:F3} ADU"));
        }
        return master;
    }

    public static void WriteList(IReadOnlyList<Master> masters, RunContext run)
    {
        var text = new StringBuilder("name,kind,exposure_s,filter,binning,temperature_c,width,height,frames,holds_bias,sha256\n");
        foreach (Master m in masters)
        {
            text.AppendJoin(
                    ',',
                    CsvText.Cell(m.Name),
                    m.Kind.ToString().ToLowerInvariant(),
                    CsvText.Number(m.Like.ExposureSeconds?.Value),
                    CsvText.Cell(m.Like.Filter?.Value),
                    CsvText.Cell(m.Like.Binning?.Value),
                    CsvText.Number(m.Like.TemperatureCelsius?.Value),
                    m.Image.Width.ToString(CultureInfo.InvariantCulture),
                    m.Image.Height.ToString(CultureInfo.InvariantCulture),
                    m.FrameCount.ToString(CultureInfo.InvariantCulture),
                    m.HoldsBias ? "true" : "false",
                    m.Sha256
                )
                .Append('\n');
        }
        TextProduct.Write(run.Output.At("masters", "masters.csv"), text.ToString(), flushToDisk: true);
    }

    private static FitsHeader Header(StackedMaster stack, FrameInfo first)
    {
        var header = new FitsHeader();
        header.Set("IMAGETYP", "Master " + stack.Kind, "what this is");
        header.Set("NCOMBINE", stack.Inputs.Count, "frames combined");
        if (first.ExposureSeconds is { } exposure && stack.Kind != FrameKind.Bias)
        {
            header.Set("EXPTIME", exposure.Value, "[s] of the first frame");
        }
        if (first.Filter is { } filter && stack.Kind == FrameKind.Flat)
        {
            header.Set("FILTER", filter.Value);
        }
        if (first.Instrument is { } instrument)
        {
            header.Set("INSTRUME", instrument.Value);
        }
        if (first.Telescope is { } telescope)
        {
            header.Set("TELESCOP", telescope.Value);
        }
        if (first.TemperatureCelsius is { } temperature)
        {
            header.Set("CCD-TEMP", temperature.Value, "[Celsius] of the first frame");
        }
        if (first.Binning?.Value.Split('x') is [{ } columns, { } rows] && int.TryParse(columns, out int x) && int.TryParse(rows, out int y))
        {
            header.Set("XBINNING", x);
            header.Set("YBINNING", y);
        }
        if (stack.Kind != FrameKind.Flat)
        {
            header.Set("BUNIT", "adu", stack.HoldsBias ? "bias included" : null);
        }
        header.AddHistory($"{ProgramVersion.Text}: combined from");
        foreach (StackInput input in stack.Inputs)
        {
            header.AddHistory($"{Path.GetFileName(input.Info.Path)} sha256 {input.Sha256}");
        }
        foreach (Master? removed in (Master?[])[stack.Removed.Bias, stack.Removed.Dark])
        {
            if (removed is not null)
            {
                header.AddHistory($"after subtraction of {removed.Name} sha256 {removed.Sha256}");
            }
        }
        return header;
    }
}
