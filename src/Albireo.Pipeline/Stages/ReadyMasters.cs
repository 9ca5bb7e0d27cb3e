using System.Security.Cryptography;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>Masters that are given as they are: files among the night whose header says so, and those of a folder.</summary>
internal static class ReadyMasters
{
    /// <summary>A flat whose median differs from 1 by more is brought there.</summary>
    private const double LargestDeparture = 0.1;

    /// <summary>A dark whose median is above this part of the bias level holds the bias.</summary>
    private const double ShareOfBias = 0.5;

    /// <exception cref="AlbireoException">The folder <c>masters.from</c> does not exist or holds no master.</exception>
    public static IReadOnlyList<Master> Read(NightInventory night, Recipe recipe, RunContext run, List<UnusableFrame> unusable)
    {
        var ready = new List<Master>();
        // Bias first: what a dark holds is judged by it.
        foreach (
            FrameInfo file in night
                .Frames.Where(f => f.EffectiveKind.IsMaster())
                .Concat(OfFolder(recipe, run))
                .OrderBy(f => f.EffectiveKind)
        )
        {
            try
            {
                ready.Add(One(file, ready, run));
            }
            catch (Exception e) when (e is FitsFormatException or IOException or UnauthorizedAccessException or FrameUnusableException)
            {
                unusable.Add(new UnusableFrame(file, "masters", e.Message));
            }
        }
        return ready;
    }

    private static List<FrameInfo> OfFolder(Recipe recipe, RunContext run)
    {
        if (recipe.Masters.From is not { } folder)
        {
            return [];
        }
        if (!Directory.Exists(folder))
        {
            throw new AlbireoException(Failure.Usage, $"masters.from = {folder}: there is no such folder.");
        }
        var scan = new ScanOptions { Channel = recipe.Inventory.Channel };
        var inventory = NightInventory.Take([folder], scan, threads: run.Limits.Threads, cancellation: run.Cancellation);
        List<FrameInfo> masters = [.. inventory.Frames.Where(f => f.EffectiveKind.IsMaster())];
        return masters.Count > 0
            ? masters
            : throw new AlbireoException(
                Failure.Usage,
                $"masters.from = {folder} holds no master frame (IMAGETYP = 'Master Dark' and the like)."
            );
    }

    private static Master One(FrameInfo file, List<Master> before, RunContext run)
    {
        FrameKind kind = file.EffectiveKind.Unmastered();
        string name = Path.GetFileName(file.Path);
        using FitsFile fits = FitsFile.Open(file.Path);
        FitsImage picture = fits.FirstImage();
        Image image = FrameReader.Picture(picture);
        Image? uncertainty = fits
            .Hdus.OfType<FitsImage>()
            .FirstOrDefault(h => h.Header.Text("EXTNAME") == "UNCERT" && h.Width == image.Width && h.Height == image.Height)
            is { } extension
            ? FrameReader.Picture(extension)
            : null;
        if (file.Plane is { } plane)
        {
            image = Plane(image, plane);
            uncertainty = uncertainty is null ? null : PlaneOfUncertainty(uncertainty, plane);
        }
        double level = FrameLevel.Of(image, LevelMethod.Median);
        if (kind == FrameKind.Flat && !(level > 0))
        {
            throw new FrameUnusableException($"its median is {level:G6}: there is no light in this flat.");
        }
        if (kind == FrameKind.Flat && Math.Abs(level - 1) > LargestDeparture)
        {
            MasterFlat.Normalise(image, uncertainty);
            run.Notice($"{name} is used as it is, divided by its median of {level:G6}.");
        }
        bool isDark = kind is FrameKind.Dark or FrameKind.DarkFlat;
        bool holdsBias = isDark && (picture.Header.Logical("BIASIN") ?? Guess(file, level, before, name, run));
        string? freedOf = picture.Header.Text("BIASSHA") is { } bias
            ? before.Find(m => m.Kind == FrameKind.Bias && m.Sha256 == bias)?.Name
            : null;
        using FileStream bytes = File.OpenRead(file.Path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var master = new Master
        {
            Kind = kind,
            Like = file,
            Image = image,
            Uncertainty = uncertainty,
            HoldsBias = holdsBias,
            FreedOf = freedOf,
            BiasShare = freedOf is null ? 0 : picture.Header.Real("BIASPART") ?? 0,
            IsPerSecond = isDark && picture.Header.Logical("PERSEC") == true,
            IsReady = true,
            Name = name,
            Hashed = Task.FromResult(hash),
            FrameCount = (int)(picture.Header.Integer("NCOMBINE") ?? 0),
        };
        run.Output.Log.Write($"{file.Path}: a ready {file.EffectiveKind.Phrase()}, used as it is");
        return master;
    }

    /// <summary>A dark of another program rarely says whether the bias is in it.</summary>
    private static bool Guess(FrameInfo file, double level, List<Master> before, string name, RunContext run)
    {
        Master? bias = before.Find(m => m.Kind == FrameKind.Bias && m.Image.Width == file.Width && m.Image.Height == file.Height);
        bool holds = bias is null || level > ShareOfBias * FrameLevel.Of(bias.Image, LevelMethod.Median);
        run.Notice(
            $"{name} does not say whether the bias is in it (BIASIN): it is taken to {(holds ? "hold" : "be free of")} the bias, for {(bias is null ? "there is no ready master bias to tell otherwise" : $"its median is {level:G5} ADU")}."
        );
        return holds;
    }

    private static Image Plane(Image mosaic, BayerPlane plane)
    {
        var result = new Image(mosaic.Width / 2, mosaic.Height / 2);
        plane.Extract(mosaic.Pixels, mosaic.Width, result.Pixels);
        return result;
    }

    /// <summary>σ of the mean of n pixels: the mean of their variances over n, square root.</summary>
    private static Image PlaneOfUncertainty(Image mosaic, BayerPlane plane)
    {
        foreach (ref float value in mosaic.Pixels)
        {
            value *= value;
        }
        Image result = Plane(mosaic, plane with { SaturationAdu = double.PositiveInfinity });
        foreach (ref float value in result.Pixels)
        {
            value = MathF.Sqrt(value / plane.PixelsAveraged);
        }
        return result;
    }
}
