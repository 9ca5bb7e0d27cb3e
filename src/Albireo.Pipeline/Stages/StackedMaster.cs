using System.Globalization;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>What came of combining one group of calibration frames.</summary>
/// <param name="Kind">Bias, Dark, DarkFlat or Flat.</param>
/// <param name="Inputs">The frames that it is made of.</param>
/// <param name="Image">Bias and dark: ADU (ADU a second where darks are). Flat: about 1.</param>
/// <param name="Uncertainty">σ of each pixel; NaN where it cannot be told.</param>
/// <param name="Used">How many values each pixel rests on.</param>
/// <param name="HoldsBias">Whether the bias is still in a dark.</param>
/// <param name="IsPerSecond">Whether it is a dark of counts a second.</param>
public sealed record StackedMaster(
    FrameKind Kind,
    IReadOnlyList<StackInput> Inputs,
    Image Image,
    Image Uncertainty,
    ushort[] Used,
    bool HoldsBias,
    bool IsPerSecond
)
{
    /// <summary>Dark: the one master bias that was taken out of all its frames, or null.</summary>
    public Master? FreedOf { get; } =
        Kind is FrameKind.Dark or FrameKind.DarkFlat && Inputs.Select(i => i.Removed.Bias).DistinctBy(b => b?.Name).ToList() is [{ } bias]
            ? bias
            : null;

    /// <summary>How much of <see cref="FreedOf"/> was taken out: 1, of counts a second the mean of 1/exposure.</summary>
    public double BiasShare
    {
        get
        {
            double sum = 0;
            foreach (StackInput input in Inputs)
            {
                sum += 1 / input.Divisor;
            }
            return FreedOf is null ? 0 : sum / Inputs.Count;
        }
    }

    /// <summary>Part of all values that no pixel rests on: clipped or undefined.</summary>
    public double RejectedFraction { get; } = CombinedPicture.RejectedPart(Used, Inputs.Count);

    /// <summary>
    /// Combines a group in bands of rows, so that memory stays within the limit whatever the number of frames. Every file is visited
    /// twice: for its hash and level, then for its pixels.
    /// </summary>
    /// <returns>Null, with a sentence to the user, if the group makes no master.</returns>
    internal static StackedMaster? Combine(StackJob job, Func<FirstLook> taken)
    {
        if (job.WhyNot() is { } reason)
        {
            job.Notes.Tell($"No {job.Name} was made of {Count(job.Frames.Count)}: {reason}; the frames that it is for go without.");
            return null;
        }
        long room = job.Masters.MemoryLeft(job.Run.Limits);
        using FirstLook look = taken();
        IReadOnlyList<StackInput> inputs = look.Accepted(job);
        if (inputs.Count < job.Options.MinimumFrames)
        {
            job.Notes.Tell(
                $"No {job.Name} was made: {Count(inputs.Count)} of {job.Frames.Count} can be used, masters.minimum-frames asks for {job.Options.MinimumFrames}; the frames that it is for go without."
            );
            return null;
        }
        if (inputs.Count == 1)
        {
            job.Notes.Tell(
                $"{job.Name}.fits is made of a single frame, {Path.GetFileName(inputs[0].Info.Path)}: nothing in it could be rejected, and its noise is in every frame that it calibrates."
            );
        }
        if (job.Kind != FrameKind.Flat)
        {
            TellGains(job, inputs);
        }
        try
        {
            return job.Options.DoublePrecision
                ? StackBands.InDouble(job, inputs, look.Pixels, room)
                : StackBands.InSingle(job, inputs, look.Pixels, room);
        }
        catch (ArgumentException e)
        {
            job.Notes.Tell(
                $"No {job.Name} was made of {Count(inputs.Count)}: {e.Message.Split(" (Parameter", StringSplitOptions.None)[0]}"
            );
            return null;
        }
    }

    /// <summary>Tells the log what came of it.</summary>
    internal void Tell(StackJob job)
    {
        job.Run.Workspaces.Lend(workspace =>
        {
            Image image = Image;
            var figures = FrameFigures.Of(image, workspace.Image("scratch", image.Width, image.Height).Pixels);
            job.Run.Output.Log.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"MASTER {job.Name} {figures.Show(job.Kind == FrameKind.Flat || job.IsPerSecond ? 5 : 1)}: {Inputs.Count} frames, {100 * RejectedFraction:F3} % of the values left out"
                )
            );
        });
    }

    /// <summary>Counts of several gains have no common level above the bias; flats are brought to one anyway.</summary>
    private static void TellGains(StackJob job, IReadOnlyList<StackInput> inputs)
    {
        double[] gains = [.. inputs.Select(i => i.Info.Gain?.Value).OfType<double>()];
        if (gains.Length > 1 && gains.Max() - gains.Min() > Masters.GainTolerance * gains.Max())
        {
            StackInput other = inputs.First(i => i.Info.Gain is { } gain && gain.Value != gains[0]);
            job.Notes.Tell(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{job.Name}.fits is made of frames of several gains, {gains.Min():G4} to {gains.Max():G4} e-/ADU ({Path.GetFileName(other.Info.Path)} is not like the first); 'exclude:' in night.yaml leaves frames out."
                )
            );
        }
    }

    private static string Count(int frames) => frames == 1 ? "1 frame" : $"{frames} frames";
}
