using System.Collections.Concurrent;
using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// Gain and read noise of lights for which neither the user nor headers nor profile give them, from two bias and two flat frames of the
/// same night's inventory; and the dark current from master darks of two exposures.
/// </summary>
internal static class DetectorOfNight
{
    /// <summary>A flat whose level is above this part of saturation is not linear enough to tell.</summary>
    private const double HighestLevel = 0.9;

    /// <summary>A gain that is less certain than this is not used.</summary>
    private const double LargestError = 0.1;
    private const int MostPairs = 4;

    /// <summary>File, raw and differences of a frame in flight, beside the pictures themselves.</summary>
    private const int BytesPerPixel = 24;

    /// <summary>One measurement for every state of the detector among such lights; none where the frames cannot tell.</summary>
    /// <param name="night">All frames.</param>
    /// <param name="recipe">All settings.</param>
    /// <param name="run">Where to tell and how much may be used.</param>
    /// <param name="sights">Receives what was seen of biases on the way.</param>
    public static IReadOnlyList<MeasuredNoise> Measure(
        NightInventory night,
        Recipe recipe,
        RunContext run,
        ConcurrentDictionary<FrameInfo, FrameSight> sights
    )
    {
        var found = new List<MeasuredNoise>();
        var tried = new List<FrameInfo>();
        // A folder of calibration frames alone has flats to ask for.
        bool hasLights = night.OfKind(FrameKind.Light).Any();
        foreach (FrameInfo light in night.OfKind(hasLights ? FrameKind.Light : FrameKind.Flat))
        {
            bool isKnown = FrameNoise.Of(light, recipe.Detector).Detector.HasNoiseModel;
            if (isKnown || tried.Exists(t => MeasuredNoise.SameState(t, light)))
            {
                continue;
            }
            tried.Add(light);
            if (OfState(light, night, recipe, run, sights) is { } measured)
            {
                found.Add(measured);
            }
        }
        return found;
    }

    /// <summary>Dark current of every state with darks of two exposures, into the log.</summary>
    public static void LogDarkCurrent(IReadOnlyList<Master> masters, Masters all, Recipe recipe, RunContext run)
    {
        List<Master> darks = [.. masters.Where(m => m is { Kind: FrameKind.Dark, IsPerSecond: false } && m.ExposureSeconds >= 0)];
        while (darks.Count > 0)
        {
            List<Master> state = darks.FindAll(d =>
                d.HoldsBias == darks[0].HoldsBias
                && d.Image.Width == darks[0].Image.Width
                && d.Image.Height == darks[0].Image.Height
                && CalibrationMatcher.WhyNot(d.Like, darks[0].Like, recipe.Masters.Window()) is null
            );
            darks.RemoveAll(state.Contains);
            Master longest = state.MaxBy(d => d.ExposureSeconds)!;
            Master shortest = state.MinBy(d => d.ExposureSeconds)!;
            if (!(longest.ExposureSeconds > shortest.ExposureSeconds))
            {
                continue;
            }
            double? gain = all.NoiseOf(longest.Like, recipe.Detector).Detector.GainElectronsPerAdu;
            DarkCurrentEstimate rate = DetectorNoise.DarkCurrent(
                longest.Image,
                longest.ExposureSeconds,
                shortest.Image,
                shortest.ExposureSeconds,
                gain
            );
            string electrons = rate.ElectronsPerSecond is { } e ? string.Create(CultureInfo.InvariantCulture, $", {e:F5} e-/s") : "";
            run.Output.Log.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"dark current ({longest.Name} - {shortest.Name}) / {longest.ExposureSeconds - shortest.ExposureSeconds:G6} s: {rate.AduPerSecond:F5} ± {rate.Error:F5} ADU/s{electrons}"
                )
            );
        }
    }

    private static MeasuredNoise? OfState(
        FrameInfo light,
        NightInventory night,
        Recipe recipe,
        RunContext run,
        ConcurrentDictionary<FrameInfo, FrameSight> sights
    )
    {
        FrameInfo[] biases = [.. night.OfKind(FrameKind.Bias).Where(f => MeasuredNoise.SameState(f, light))];
        FrameInfo[] flats = [.. night.OfKind(FrameKind.Flat).Where(f => MeasuredNoise.SameState(f, light))];
        if (biases.Length < 2)
        {
            return null;
        }
        foreach (FrameInfo[] pair in Pairs(flats).Take(MostPairs))
        {
            (FrameInfo one, FrameInfo two) = (pair[0], pair[1]);
            FrameInfo[] alike = [.. biases.Where(b => (b.Width, b.Height) == (one.Width, one.Height)).Take(2)];
            if (alike.Length < 2)
            {
                continue;
            }
            FrameInfo[] four = [.. alike, one, two];
            string names = string.Join(", ", four.Select(f => Path.GetFileName(f.Path)));
            int inFlight = run.Limits.FramesInFlight((long)one.Width * one.Height, BytesPerPixel);
            Workspace[] workspaces = [.. four.Take(inFlight).Select(_ => run.Workspaces.Take())];
            try
            {
                run.Cancellation.ThrowIfCancellationRequested();
                BandRunner bands = Workers.Bands(inFlight);
                var images = new Image[four.Length];
                var levels = new double[four.Length];
                bands.Run(
                    workspaces.Length,
                    1,
                    (worker, _, _) =>
                    {
                        for (int index = worker; index < four.Length; index += workspaces.Length)
                        {
                            bool isFlat = index >= alike.Length;
                            bool isLast = index + workspaces.Length >= four.Length;
                            // A workspace has one raw picture; the first one before it goes where the clean pixels of flats will be.
                            string? use =
                                isLast ? null
                                : index < workspaces.Length ? "clean"
                                : $"frame {index}";
                            (Frame frame, Image image) = Read(four[index], workspaces[worker], use, recipe);
                            images[index] = image;
                            Image scratch = workspaces[worker].Image("scratch", image.Width, image.Height);
                            if (!isFlat)
                            {
                                var figures = FrameFigures.Of(image, scratch.Pixels);
                                sights.TryAdd(four[index], new FrameSight(frame.Sha256!, frame.IsPacked, figures) { Doubt = frame.Remark });
                            }
                            else if (light.Saturation is not null)
                            {
                                _ = FrameFigures.Of(image, scratch.Pixels, out levels[index]);
                            }
                        }
                    }
                );
                if (light.Saturation is { } full && levels.Max() is var level && level > HighestLevel * full.Value)
                {
                    throw new FrameUnusableException(
                        string.Create(CultureInfo.InvariantCulture, $"the flats' level of {level:F0} ADU is too near to saturation")
                    );
                }
                DetectorEstimate noise = DetectorNoise.Measure(
                    images[0],
                    images[1],
                    images[2],
                    images[3],
                    MeasureDetector.Tiles(images[0]),
                    bands
                );
                if (!(noise.GainError < LargestError * noise.GainElectronsPerAdu))
                {
                    throw new FrameUnusableException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"the gain is {noise.GainElectronsPerAdu:G4} ± {noise.GainError:G2} e-/ADU only"
                        )
                    );
                }
                run.Notice(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Neither headers nor settings give gain and read noise: measured from {names}: gain {noise.GainElectronsPerAdu:F4} ± {noise.GainError:F4} e-/ADU, read noise {noise.ReadNoiseElectrons:F3} ± {noise.ReadNoiseError:F3} e-."
                    )
                );
                return new MeasuredNoise(light, noise, $"measured from {names}");
            }
            catch (Exception e)
                when (e is ArgumentException or FrameUnusableException or FitsFormatException or IOException or UnauthorizedAccessException)
            {
                run.Output.Log.Write(
                    $"gain and read noise cannot be measured from {names}: {e.Message.Split(" (Parameter", StringSplitOptions.None)[0]}"
                );
            }
            finally
            {
                Array.ForEach(workspaces, run.Workspaces.Return);
            }
        }
        return null;
    }

    /// <summary>Neighbours in time of one filter and size.</summary>
    private static IEnumerable<FrameInfo[]> Pairs(FrameInfo[] flats) =>
        flats.GroupBy(f => (f.Filter?.Value, f.Width, f.Height)).SelectMany(g => g.Chunk(2)).Where(pair => pair.Length == 2);

    /// <param name="frame">The file.</param>
    /// <param name="workspace">Where its pixels go.</param>
    /// <param name="use">What they are moved to in the workspace; null where they may stay.</param>
    /// <param name="recipe">How it is trimmed.</param>
    private static (Frame Frame, Image Image) Read(FrameInfo frame, Workspace workspace, string? use, Recipe recipe)
    {
        Frame read = FrameReader.Read(frame, workspace);
        ReadoutLayout layout = ReadoutLayout.Of(frame, recipe.Calibrate);
        if (use is null && !layout.IsTrimmed)
        {
            return (read, read.Raw!);
        }
        Image image = workspace.Image(use ?? "trimmed", layout.Width, layout.Height);
        ImageGeometry.Cut(read.Raw!, layout.Kept, image);
        return (read, image);
    }
}
