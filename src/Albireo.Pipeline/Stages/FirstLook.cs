using System.Globalization;
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
internal sealed class FirstLook : IDisposable
{
    /// <summary>File, raw, clean, corrected and scratch pixels of a frame in flight.</summary>
    private const int BytesPerPixel = 24;

    /// <summary>Cosmic rays and clusters of hot pixels make some spots on any dark.</summary>
    private const int MostSpots = 10;

    private readonly StackJob job;
    private readonly FrameSight?[] seen;
    private readonly Exception?[] refused;
    private readonly PixelRegion? region;
    private readonly string? regionRemark;

    /// <param name="job">The group, with the masters that the look needs.</param>
    /// <param name="memory">Bytes that unpacked frames may take.</param>
    public FirstLook(StackJob job, long memory)
    {
        this.job = job;
        seen = new FrameSight?[job.Frames.Count];
        refused = new Exception?[job.Frames.Count];
        ReadoutLayout layout = job.Layout(job.Frames[0]);
        region = job.LevelRegion(layout.Width, layout.Height, out regionRemark);
        Pixels = new StackedPixels(job.Frames.Count, layout.Width, layout.Height, memory, job.ScratchPath);
    }

    /// <summary>The frames for the second visit.</summary>
    public StackedPixels Pixels { get; }

    /// <summary>Looks at all frames of some groups, several at once.</summary>
    /// <param name="looks">At least one, of one run.</param>
    /// <param name="done">Told after every frame.</param>
    public static void Take(IReadOnlyList<FirstLook> looks, Action done)
    {
        RunContext run = looks[0].job.Run;
        var frames = new List<Visit>();
        foreach (FirstLook look in looks)
        {
            for (int i = 0; i < look.job.Frames.Count; i++)
            {
                frames.Add(new Visit(look, i));
            }
        }
        long pixels = looks.Max(l => (long)l.job.Frames[0].Width * l.job.Frames[0].Height);
        int next = -1;
        Workers.Run(
            Math.Min(run.Limits.FramesInFlight(pixels, BytesPerPixel), frames.Count),
            () =>
                run.Workspaces.Lend(workspace =>
                {
                    int i;
                    while ((i = Interlocked.Increment(ref next)) < frames.Count)
                    {
                        run.Cancellation.ThrowIfCancellationRequested();
                        frames[i].Look.At(frames[i].Index, workspace);
                        done();
                    }
                })
        );
    }

    /// <summary>Tells what was seen.</summary>
    /// <param name="now">The group, with the masters that there are now.</param>
    /// <returns>The frames that are stacked, in order.</returns>
    public IReadOnlyList<StackInput> Accepted(StackJob now)
    {
        if (regionRemark is not null)
        {
            now.Notes.Tell(regionRemark);
        }
        for (int i = 0; i < refused.Length; i++)
        {
            if (refused[i] is { } e)
            {
                now.Notes.Refuse(now.Frames[i], e.Message, isLasting: e is FitsFormatException or FrameUnusableException);
            }
            if (seen[i]?.Doubt is { } doubt)
            {
                now.Notes.Tell(doubt);
            }
        }
        return Accepted(now, [.. seen.Select((sight, i) => Input(now, i, sight)).OfType<StackInput>()]);
    }

    public void Dispose() => Pixels.Dispose();

    private static StackInput? Input(StackJob job, int index, FrameSight? sight) =>
        sight is null
            ? null
            : new StackInput(job.Frames[index], index, sight.Sha256, job.Removed(job.Frames[index]), sight.Figures, sight.Divisor)
            {
                Limits = sight.Limits,
                Doubt = sight.Doubt,
            };

    private sealed record Visit(FirstLook Look, int Index);

    private void At(int index, Workspace workspace)
    {
        try
        {
            FrameSight sight = Known(index) ?? Read(index, workspace);
            if (!sight.IsPacked)
            {
                Pixels.Open(index, job.Frames[index].Path, job.Layout(job.Frames[index]));
            }
            seen[index] = sight;
        }
        catch (Exception e) when (e is FitsFormatException or IOException or UnauthorizedAccessException or FrameUnusableException)
        {
            refused[index] = e;
        }
    }

    /// <summary>What was seen of a bias before, where that is all that is asked here.</summary>
    private FrameSight? Known(int index) =>
        job.Kind == FrameKind.Bias
        && job.Sights.GetValueOrDefault(job.Frames[index]) is { IsPacked: false } sight
        && job.Layout(job.Frames[index]) is { IsTrimmed: false, HasLevels: false }
        && double.IsFinite(sight.Figures.Median)
        && !(sight.Figures.Maximum >= Saturation(job.Frames[index]))
            ? sight
            : null;

    private FrameSight Read(int index, Workspace workspace)
    {
        FrameInfo info = job.Frames[index];
        Frame frame = FrameReader.Read(info, workspace);
        Image scratch = workspace.Image("scratch", frame.Raw!.Width, frame.Raw.Height);
        if (CountDoubts.OnlyValue(BandedImage.Of(frame.Raw)) is float.NaN)
        {
            throw new FrameUnusableException(CountDoubts.Undefined);
        }
        RefuseSaturated(frame, scratch);
        string? doubt = job.IsDark ? DoubtStars(info, frame.Raw) : null;
        Image raw = RawPicture.Corrected(frame, job.Layout(info));
        double divisor = job.IsPerSecond ? Seconds(info) : 1;
        (float, float) limits = (float.NegativeInfinity, float.PositiveInfinity);
        FrameFigures figures;
        if (job.Kind == FrameKind.Flat)
        {
            Image clean = Cleaned(info, raw, workspace);
            figures = FrameFigures.Of(clean, scratch.Pixels, out double median);
            divisor = Level(clean, figures, median);
        }
        else
        {
            figures = FrameFigures.Of(raw, scratch.Pixels);
        }
        if (job.IsDark && job.Options.Dark.ClipFrames)
        {
            Span<float> values = scratch.Pixels[..raw.Pixels.Length];
            Cleaned(info, raw, workspace).Pixels.CopyTo(values);
            limits = FrameClip.Limits(values, job.Options.Picture());
        }
        if (frame.IsPacked)
        {
            Pixels.Keep(index, raw.Pixels);
        }
        return new FrameSight(frame.Sha256!, frame.IsPacked, figures)
        {
            Divisor = divisor,
            Limits = limits,
            Doubt = doubt ?? frame.Remark,
        };
    }

    /// <summary>What a flat is divided by.</summary>
    private double Level(Image clean, FrameFigures figures, double median)
    {
        double level = job.Options.Flat.Scale.Method() switch
        {
            null => 1,
            LevelMethod.Median when region is null => median,
            { } method => FrameLevel.Of(clean, method, region),
        };
        return figures.Median > 0 && level > 0
            ? level
            : throw new FrameUnusableException(
                $"its level after bias and dark is {(figures.Median > 0 ? level : figures.Median):G6} ADU: there is no light in it."
            );
    }

    private static double Seconds(FrameInfo info) =>
        info.ExposureSeconds?.Value is > 0 and var seconds
            ? seconds
            : throw new FrameUnusableException(
                info.ExposureSeconds is null
                    ? "its exposure is not known: it gives no counts a second."
                    : "its exposure is 0 s: it gives no counts a second."
            );

    private Image Cleaned(FrameInfo info, Image raw, Workspace workspace)
    {
        Image clean = workspace.Image("clean", raw.Width, raw.Height);
        job.TakeOut(info, job.Removed(info), raw.Pixels, 0, clean.Pixels);
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

    private double? Saturation(FrameInfo info) => job.Masters.NoiseOf(info, job.Recipe.Detector).Detector.SaturationAdu;

    private void RefuseSaturated(Frame frame, Image scratch)
    {
        Image raw = frame.Raw!;
        if (Saturation(frame.Info) is not { } full || Extremes.Of(raw.Pixels).Greatest < full)
        {
            return; // nor does its median reach it
        }
        double median = FrameFigures.Of(raw, scratch.Pixels).Median;
        if (median >= full)
        {
            throw new FrameUnusableException($"half of its pixels or more are saturated (median {median:G6} ADU, saturation {full:G6}).");
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
            if (tooDark || tooBright)
            {
                string limit = tooDark
                    ? $"below masters.flat.lowest-level = {Show(job.Options.Flat.LowestLevel!.Value)}"
                    : $"above masters.flat.highest-level = {Show(job.Options.Flat.HighestLevel!.Value)}";
                job.Notes.Tell($"{input.Info.Path} was left out of {job.Name}: its median is {Show(median)} ADU, {limit}.");
                continue;
            }
            if (Operation.Of(name, input.Removed, input.Divisor == 1 ? null : Show(input.Divisor), job.Name + ".fits") is { } operation)
            {
                job.Run.Output.Log.Write(operation);
            }
            accepted.Add(input);
        }
        return accepted;
    }

    private static string Show(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
