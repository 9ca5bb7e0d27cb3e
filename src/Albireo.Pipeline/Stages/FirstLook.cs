using System.Globalization;
using System.Numerics.Tensors;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// The first of two visits of the frames of a stack: hash, figures for the log, level. What cannot be used, or is not wanted, is left out
/// with its reason. A packed frame is unpacked here, once.
/// </summary>
internal static class FirstLook
{
    /// <summary>File, raw, clean, corrected and scratch pixels of a frame in flight.</summary>
    private const int BytesPerPixel = 24;

    /// <summary>Cosmic rays and clusters of hot pixels make some spots on any dark.</summary>
    private const int MostSpots = 10;

    /// <param name="job">The group.</param>
    /// <param name="pixels">Takes the frames for the second visit.</param>
    /// <param name="done">Told after every frame.</param>
    /// <returns>The frames that are stacked, in order.</returns>
    public static IReadOnlyList<StackInput> At(StackJob job, StackedPixels pixels, Action done)
    {
        var looked = new StackInput?[job.Frames.Count];
        var refused = new Exception?[job.Frames.Count];
        FrameInfo first = job.Frames[0];
        ReadoutLayout layout = job.Layout(first);
        PixelRegion? region = job.Kind == FrameKind.Flat ? job.LevelRegion(layout.Width, layout.Height) : null;
        int next = -1;
        Workers.Run(
            Math.Min(job.Run.Limits.FramesInFlight((long)first.Width * first.Height, BytesPerPixel), job.Frames.Count),
            () =>
                job.Run.Workspaces.Lend(workspace =>
                {
                    int i;
                    while ((i = Interlocked.Increment(ref next)) < job.Frames.Count)
                    {
                        job.Run.Cancellation.ThrowIfCancellationRequested();
                        try
                        {
                            looked[i] = One(job, i, pixels, region, workspace);
                        }
                        catch (Exception e)
                            when (e is FitsFormatException or IOException or UnauthorizedAccessException or FrameUnusableException)
                        {
                            refused[i] = e;
                        }
                        done();
                    }
                })
        );
        for (int i = 0; i < refused.Length; i++)
        {
            if (refused[i] is { } e)
            {
                job.Notes.Refuse(job.Frames[i], e.Message, isLasting: e is FitsFormatException or FrameUnusableException);
            }
            if (looked[i]?.Doubt is { } doubt)
            {
                job.Notes.Tell(doubt);
            }
        }
        return Accepted(job, [.. looked.OfType<StackInput>()]);
    }

    private static StackInput One(StackJob job, int index, StackedPixels pixels, PixelRegion? region, Workspace workspace)
    {
        FrameInfo info = job.Frames[index];
        Frame frame = FrameReader.Read(info, workspace);
        Image scratch = workspace.Image("scratch", frame.Raw!.Width, frame.Raw.Height);
        RefuseSaturated(job, frame, scratch);
        string? doubt = job.IsDark ? DoubtStars(info, frame.Raw) : null;
        ReadoutLayout layout = job.Layout(info);
        Image raw = RawPicture.Corrected(frame, layout);
        FrameFigures figures;
        MasterSet removed = job.Removed(info);
        double divisor = 1;
        (float, float) limits = (float.NegativeInfinity, float.PositiveInfinity);
        if (job.Kind == FrameKind.Flat)
        {
            Image clean = Cleaned(job, info, raw, removed, workspace);
            figures = FrameFigures.Of(clean, scratch.Pixels, out double median);
            divisor = job.Options.Flat.Scale.Method() switch
            {
                null => 1,
                LevelMethod.Median when region is null => median,
                { } method => FrameLevel.Of(clean, method, region),
            };
            if (!(figures.Median > 0) || !(divisor > 0))
            {
                double level = figures.Median > 0 ? divisor : figures.Median;
                throw new FrameUnusableException($"its level after bias and dark is {level:G6} ADU: there is no light in it.");
            }
        }
        else
        {
            figures = FrameFigures.Of(raw, scratch.Pixels);
        }
        if (job.IsPerSecond)
        {
            divisor = info.ExposureSeconds?.Value is > 0 and var seconds
                ? seconds
                : throw new FrameUnusableException(
                    info.ExposureSeconds is null
                        ? "its exposure is not known: it gives no counts a second."
                        : "its exposure is 0 s: it gives no counts a second."
                );
        }
        if (job.IsDark && job.Options.Dark.ClipFrames)
        {
            Span<float> values = scratch.Pixels[..raw.Pixels.Length];
            Cleaned(job, info, raw, removed, workspace).Pixels.CopyTo(values);
            limits = FrameClip.Limits(values, job.Options.Picture());
        }
        if (frame.IsPacked)
        {
            pixels.Keep(index, raw.Pixels);
        }
        else
        {
            pixels.Open(index, info.Path, layout);
        }
        return new StackInput(info, index, frame.Sha256!, removed, figures, divisor) { Limits = limits, Doubt = doubt };
    }

    private static Image Cleaned(StackJob job, FrameInfo info, Image raw, MasterSet removed, Workspace workspace)
    {
        Image clean = workspace.Image("clean", raw.Width, raw.Height);
        job.TakeOut(info, removed, raw.Pixels, 0, clean.Pixels);
        return clean;
    }

    /// <summary>A light that calls itself a dark is used as one, since its header says so, and said.</summary>
    private static string? DoubtStars(FrameInfo info, Image raw)
    {
        int spots = StarLikeSpots.Count(raw);
        return spots >= MostSpots
            ? $"{info.Path} calls itself a dark and shows {spots} spots as broad as stars: is it a light? 'exclude:' in night.yaml leaves it out."
            : null;
    }

    private static void RefuseSaturated(StackJob job, Frame frame, Image scratch)
    {
        Image raw = frame.Raw!;
        DetectorParameters detector = job.Masters.NoiseOf(frame.Info, job.Recipe.Detector).Detector;
        if (detector.SaturationAdu is not { } full || TensorPrimitives.Max<float>(raw.Pixels) < full)
        {
            return; // nor does its median reach it
        }
        double median = FrameFigures.Of(raw, scratch.Pixels).Median;
        if (median >= full)
        {
            throw new FrameUnusableException(
                $"half of its pixels or more are saturated (median {median:G6} ADU, saturation {full:G6})."
            );
        }
    }

    /// <summary>Tells the log of every frame, and leaves out flats that are too dark or too bright.</summary>
    private static List<StackInput> Accepted(StackJob job, IReadOnlyList<StackInput> looked)
    {
        var accepted = new List<StackInput>();
        foreach (StackInput input in looked)
        {
            double median = input.Figures.Median;
            bool tooDark = job.Kind == FrameKind.Flat && job.Options.Flat.LowestLevel is { } low && median < low;
            bool tooBright = job.Kind == FrameKind.Flat && job.Options.Flat.HighestLevel is { } high && median > high;
            string name = Path.GetFileName(input.Info.Path);
            string figures =
                job.Kind == FrameKind.Flat
                    ? $"{input.Figures.Times(1 / input.Divisor).Show(5)}, level {Show(input.Divisor)}, median {Show(median)} ADU"
                    : input.Figures.Show(1);
            job.Run.Output.Log.Write($"{name} {figures}{(tooDark || tooBright ? " (REJECTED)" : "")}");
            foreach (string operation in Operations(job, input, name))
            {
                job.Run.Output.Log.Write(operation);
            }
            if (tooDark || tooBright)
            {
                string limit = tooDark
                    ? $"below masters.flat.lowest-level = {Show(job.Options.Flat.LowestLevel!.Value)}"
                    : $"above masters.flat.highest-level = {Show(job.Options.Flat.HighestLevel!.Value)}";
                job.Notes.Tell($"{input.Info.Path} was left out of {job.Name}: its median is {Show(median)} ADU, {limit}.");
                continue;
            }
            accepted.Add(input);
        }
        return accepted;
    }

    /// <summary>a - b ==> c.</summary>
    private static IEnumerable<string> Operations(StackJob job, StackInput input, string name)
    {
        string terms =
            (input.Removed.Bias is { } bias && input.Removed.BiasScale != 0 ? $" - {Factor(input.Removed.BiasScale)}{bias.Name}" : "")
            + (input.Removed.Dark is { } dark ? $" - {Factor(input.Removed.DarkScale)}{dark.Name}" : "");
        bool isDivided = input.Divisor != 1;
        if (terms.Length > 0 || isDivided)
        {
            string left = isDivided && terms.Length > 0 ? $"({name}{terms})" : name + terms;
            yield return $"{left}{(isDivided ? $" / {Show(input.Divisor)}" : "")} ==> {job.Name}.fits";
        }
    }

    private static string Factor(double scale) => scale == 1 ? "" : $"{scale.ToString("G6", CultureInfo.InvariantCulture)} x ";

    private static string Show(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
