using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline.Products;

/// <summary>masters/NAME.fits (with its standard deviation, UNCERT, and the number of values in each pixel, USED) and masters/masters.csv.</summary>
public static class MasterFile
{
    /// <summary>Begins to write a master beside the run, which goes on with it.</summary>
    /// <param name="stack">What was combined.</param>
    /// <param name="job">Its name and settings; its run waits for the writing at its end.</param>
    /// <param name="written">Done beside the run when the master lies in OUT.</param>
    internal static Master Write(StackedMaster stack, StackJob job, Action<Master> written)
    {
        var target = new HashedTarget(job.Run.Output.At("masters", job.Name + ".fits"));
        FrameInfo first = stack.Inputs[0].Info;
        IReadOnlyList<string> settings = StackHistory.Of(job, first, stack.Used);
        var master = new Master
        {
            Kind = stack.Kind,
            Like = Like(first, stack.IsPerSecond),
            Image = stack.Image,
            Uncertainty = stack.Uncertainty,
            HoldsBias = stack.HoldsBias,
            IsPerSecond = stack.IsPerSecond,
            FreedOf = stack.FreedOf?.Name,
            BiasShare = stack.BiasShare,
            RejectedFraction = stack.RejectedFraction,
            Name = job.Name + ".fits",
            Hashed = target.Hashed,
            FrameCount = stack.Inputs.Count,
        };
        _ = job.Run.Later(() =>
        {
            try
            {
                Write(target, stack, job, settings);
            }
            catch (Exception e)
            {
                target.Fail(e);
                throw;
            }
            written(master);
        });
        return master;
    }

    /// <summary>A master as an earlier run wrote it; null where the file is gone or any byte is another.</summary>
    internal static Master? Read(KeptMaster kept, StackJob job, FrameInfo first)
    {
        string path = job.Run.Output.At("masters", kept.Name);
        if (!File.Exists(path) || Hash(path) != kept.Sha256)
        {
            return null;
        }
        using FitsFile file = FitsFile.Open(path);
        return new Master
        {
            Kind = job.Kind,
            Like = Like(first, job.IsPerSecond),
            Image = FrameReader.Picture(file.FirstImage()),
            Uncertainty = FrameReader.Picture((FitsImage)file.Hdu(1)),
            HoldsBias = kept.HoldsBias,
            IsPerSecond = job.IsPerSecond,
            FreedOf = kept.FreedOf,
            BiasShare = kept.BiasShare,
            RejectedFraction = kept.RejectedFraction ?? double.NaN,
            Name = kept.Name,
            Hashed = Task.FromResult(kept.Sha256),
            FrameCount = kept.Frames,
        };
    }

    public static void WriteList(IReadOnlyList<Master> masters, RunContext run)
    {
        ArgumentNullException.ThrowIfNull(masters);
        ArgumentNullException.ThrowIfNull(run);
        var text = new StringBuilder(
            "name,kind,exposure_s,filter,binning,temperature_c,width,height,frames,holds_bias,sha256,rejected_fraction,ready_from\n"
        );
        foreach (Master m in masters)
        {
            text.AppendJoin(
                    ',',
                    CsvText.Cell(m.Name),
                    m.Kind.Word(),
                    CsvText.Number(m.Like.ExposureSeconds?.Value),
                    CsvText.Cell(m.Like.Filter?.Value),
                    CsvText.Cell(m.Like.Binning?.Value),
                    CsvText.Number(m.Like.TemperatureCelsius?.Value),
                    m.Image.Width.ToString(CultureInfo.InvariantCulture),
                    m.Image.Height.ToString(CultureInfo.InvariantCulture),
                    m.FrameCount.ToString(CultureInfo.InvariantCulture),
                    m.HoldsBias ? "true" : "false",
                    m.Sha256,
                    CsvText.Number(double.IsNaN(m.RejectedFraction) ? null : m.RejectedFraction),
                    CsvText.Cell(m.IsReady ? m.Like.Path : null)
                )
                .Append('\n');
        }
        TextProduct.Write(run.Output.At("masters", "masters.csv"), text.ToString(), flushToDisk: true);
    }

    private static void Write(HashedTarget target, StackedMaster stack, StackJob job, IReadOnlyList<string> settings)
    {
        using FitsOutput output = FitsOutput.Create(target);
        long[] shape = [stack.Image.Height, stack.Image.Width];
        output.AddImage(Header(stack, stack.Inputs[0].Info, job, settings), shape, (ReadOnlySpan<float>)stack.Image.Pixels);
        var uncertainty = new FitsHeader();
        uncertainty.Set("EXTNAME", "UNCERT");
        uncertainty.Set("UTYPE", "StdDevUncertainty", "as ccdproc reads it");
        output.AddImage(uncertainty, shape, (ReadOnlySpan<float>)stack.Uncertainty.Pixels);
        CombinedFile.AddUsed(output, stack.Used, stack.Inputs.Count, shape);
        output.Commit();
    }

    /// <summary>Counts a second are like a dark of one second.</summary>
    private static FrameInfo Like(FrameInfo first, bool isPerSecond) =>
        isPerSecond ? first with { ExposureSeconds = new Sourced<double>(1, "masters.dark.form", "per-second") } : first;

    private static string Hash(string path)
    {
        using FileStream written = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(written));
    }

    private static FitsHeader Header(StackedMaster stack, FrameInfo first, StackJob job, IReadOnlyList<string> settings)
    {
        FitsHeader header = State(stack, first);
        ReadoutLayout layout = job.Layout(job.Frames[0]);
        if (job.Options.DateProcessed)
        {
            CalibratedFile.Date(header, job.Run);
        }
        if (first.SubFrameOrigin is { Value: var origin })
        {
            header.Set("LTV1", -(double)(origin.Column + layout.Kept.FirstColumn), "where the picture begins on the detector");
            header.Set("LTV2", -(double)(origin.Row + layout.Kept.FirstRow));
        }
        header.Set("IMAGETYP", "Master " + stack.Kind, "what this is");
        header.Set("OBJECT", job.Name);
        header.Set("NCOMBINE", stack.Inputs.Count, "frames combined");
        header.Set("REJFRAC", stack.RejectedFraction, "part of all values left out");
        if (stack.IsPerSecond)
        {
            header.Set("EXPTIME", 1.0, "[s] counts a second");
            header.Set("PERSEC", true, "counts a second, from darks of any exposure");
        }
        if (stack.Kind is FrameKind.Dark or FrameKind.DarkFlat)
        {
            header.Set("BIASIN", stack.HoldsBias, "whether the bias is in it");
            if (stack.FreedOf is { } bias)
            {
                header.Set("BIASPART", stack.BiasShare, "how much of a bias was taken out");
                header.Set("BIASSHA", bias.Sha256);
            }
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
        foreach (
            Master removed in stack
                .Inputs.SelectMany(i => new[] { i.Removed.Bias, i.Removed.Dark })
                .OfType<Master>()
                .DistinctBy(m => m.Sha256)
        )
        {
            header.AddHistory($"after subtraction of {removed.Name} sha256 {removed.Sha256}");
        }
        foreach (string line in settings)
        {
            header.AddHistory(line);
        }
        return header;
    }

    /// <summary>
    /// What tells which frames it may calibrate, in the cards of the first frame, so that the file is as good a master in another run;
    /// what came from a profile in cards of ours.
    /// </summary>
    private static FitsHeader State(StackedMaster stack, FrameInfo first)
    {
        FitsHeader raw;
        using (FitsFile file = FitsFile.Open(first.Path))
        {
            raw = file.FirstImage().Header;
        }
        var header = new FitsHeader();
        bool hasFilter = stack.Kind == FrameKind.Flat;
        bool hasExposure = stack.Kind != FrameKind.Bias && !stack.IsPerSecond;
        bool Copied(string? from)
        {
            bool found = false;
            foreach (string keyword in (from ?? "").Split('+', ',', ' '))
            {
                if (keyword.Length > 0 && raw.Find(keyword) is { Image.Length: 80 } card && !header.Contains(keyword))
                {
                    header.AddCard(card.Image);
                    found = true;
                }
            }
            return found || (from is not null && header.Contains(from));
        }
        if (hasExposure && first.ExposureSeconds is { } exposure && !Copied(exposure.From))
        {
            header.Set("EXPTIME", exposure.Value, "[s] of the first frame");
        }
        if (hasFilter && first.Filter is { } filter && !Copied(filter.From))
        {
            header.Set("FILTER", filter.Value);
        }
        if (first.Instrument is { } instrument && !Copied(instrument.From))
        {
            header.Set("INSTRUME", instrument.Value);
        }
        if (first.Telescope is { } telescope && !Copied(telescope.From))
        {
            header.Set("TELESCOP", telescope.Value);
        }
        if (first.TemperatureCelsius is { } temperature && !Copied(temperature.From))
        {
            header.Set("CCD-TEMP", temperature.Value, "[Celsius] of the first frame");
        }
        bool hasBinning = Copied(first.Binning?.From);
        if (!hasBinning && first.Binning?.Value.Split('x') is [{ } columns, { } rows])
        {
            header.Set("XBINNING", int.Parse(columns, CultureInfo.InvariantCulture));
            header.Set("YBINNING", int.Parse(rows, CultureInfo.InvariantCulture));
        }
        foreach (
            string? from in (string?[])
                [
                    first.SetPointCelsius?.From,
                    first.GainSetting?.From,
                    first.OffsetSetting?.From,
                    first.ReadoutMode?.From,
                    first.Start?.From,
                ]
        )
        {
            Copied(from);
        }
        return header;
    }
}
