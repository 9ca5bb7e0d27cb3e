using System.Globalization;
using System.Numerics.Tensors;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>One master to be made: of which frames, with which masters made before.</summary>
/// <param name="Name">Of the product, without .fits.</param>
/// <param name="Kind">Bias, Dark, DarkFlat or Flat.</param>
/// <param name="Frames">Of one state of the detector.</param>
/// <param name="Masters">What there is already.</param>
/// <param name="Recipe">All settings.</param>
/// <param name="Run">Where to tell and how much may be used.</param>
internal sealed record StackJob(
    string Name,
    FrameKind Kind,
    IReadOnlyList<FrameInfo> Frames,
    Masters Masters,
    Recipe Recipe,
    RunContext Run
)
{
    private static readonly MasterSet Nothing = new(null, null, 0, null, []);

    public StackNotes Notes { get; } = new(Run);

    public MasterOptions Options => Recipe.Masters;
    public bool IsDark => Kind is FrameKind.Dark or FrameKind.DarkFlat;
    public bool IsPerSecond => IsDark && Options.Dark.Form == DarkForm.PerSecond;

    /// <summary>Whether the first look is at frames without bias and dark: their masters must be there by then.</summary>
    public bool LooksAtClean => Kind == FrameKind.Flat || (IsDark && Options.Dark.ClipFrames);

    /// <summary>How its values become one.</summary>
    public StackOptions Stack => Options.Stack(Kind == FrameKind.Flat || IsPerSecond ? 0 : Options.MinimumSpread);

    /// <summary>Frames that were seen before, as they were read.</summary>
    public required IReadOnlyDictionary<FrameInfo, FrameSight> Sights { get; init; }

    /// <summary>What of a frame is kept.</summary>
    public ReadoutLayout Layout(FrameInfo frame) => ReadoutLayout.Of(frame, Recipe.Calibrate);

    /// <summary>What is taken out of a frame before it is stacked.</summary>
    public MasterSet Removed(FrameInfo frame)
    {
        CalibrateOptions all = Recipe.Calibrate with { Flat = false };
        return Kind switch
        {
            FrameKind.Flat => Masters.For(frame, all with { Dark = all.Dark && Options.Flat.Dark }),
            FrameKind.Dark or FrameKind.DarkFlat when Options.Dark.Form != DarkForm.WithBias => Masters.For(
                frame,
                all with
                {
                    Dark = false,
                }
            ),
            _ => Nothing,
        };
    }

    /// <summary>Removes bias and dark from rows of a frame, and makes its counts linear where the bias is known.</summary>
    /// <param name="frame">Whose rows they are.</param>
    /// <param name="removed">Its masters.</param>
    /// <param name="raw">ADU, whole rows, trimmed.</param>
    /// <param name="firstPixel">Where these begin in the masters.</param>
    /// <param name="result">ADU; may be <paramref name="raw"/>.</param>
    public void TakeOut(FrameInfo frame, MasterSet removed, ReadOnlySpan<float> raw, int firstPixel, Span<float> result)
    {
        ReadOnlySpan<float> bias = Rows(removed.Bias, firstPixel, raw.Length);
        ReadOnlySpan<float> dark = Rows(removed.Dark, firstPixel, raw.Length);
        if (IsMadeLinear(frame, removed))
        {
            CalibrationKernel.Apply(raw, bias, 1, [], 1, [], result);
            new Linearity(Recipe.Calibrate.Linearity).Correct(result, result);
            CalibrationKernel.Apply(result, [], 1, dark, (float)removed.DarkScale, [], result);
            return;
        }
        CalibrationKernel.Apply(raw, bias, (float)removed.BiasScale, dark, (float)removed.DarkScale, [], result);
    }

    /// <summary>The same in double precision.</summary>
    public void TakeOut(FrameInfo frame, MasterSet removed, Span<float> raw, int firstPixel, Span<double> result)
    {
        if (IsMadeLinear(frame, removed))
        {
            TakeOut(frame, removed, raw, firstPixel, raw);
            TensorPrimitives.ConvertTruncating<float, double>(raw, result);
            return;
        }
        ReadOnlySpan<float> bias = Rows(removed.Bias, firstPixel, raw.Length);
        ReadOnlySpan<float> dark = Rows(removed.Dark, firstPixel, raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            double value = raw[i];
            value -= bias.IsEmpty ? 0 : removed.BiasScale * bias[i];
            value -= dark.IsEmpty ? 0 : removed.DarkScale * dark[i];
            result[i] = value;
        }
    }

    /// <summary>The master bias that fits a frame, whether or not it is taken out of this group.</summary>
    public Master? Bias(FrameInfo frame) => Masters.For(frame, Recipe.Calibrate with { Bias = true, Dark = false, Flat = false }).Bias;

    /// <summary>
    /// Whether the bias is still in a dark: it was not taken out, and it will be taken out of lights, or no overscan took its level away.
    /// </summary>
    public bool HoldsBias(StackInput input) =>
        IsDark
        && input.Removed.Bias is null
        && (Layout(input.Info).Overscan is null || (Recipe.Calibrate.Bias && Bias(input.Info) is not null));

    /// <summary>Why this group can make no master of the form that is wanted, or null.</summary>
    public string? WhyNot()
    {
        bool needsBias = IsDark && Options.Dark.Form is DarkForm.BiasFree or DarkForm.PerSecond;
        return needsBias && Removed(Frames[0]).Bias is null
            ? $"masters.dark.form = {(IsPerSecond ? "per-second" : "bias-free")} needs a master bias that fits, and there is none"
            : null;
    }

    /// <summary>The window of the flats' level on a frame of this size, or null for all of it.</summary>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="told">A sentence where it is not the window that was asked for.</param>
    public PixelRegion? LevelRegion(int width, int height, out string? told)
    {
        told = null;
        if (Kind != FrameKind.Flat || RegionText.Of(Options.Flat.Region) is not { } window)
        {
            return null;
        }
        if (window.EndColumn <= width && window.EndRow <= height)
        {
            return window;
        }
        int w = Math.Min(window.Width, width);
        int h = Math.Min(window.Height, height);
        int x = (width - w) / 2;
        int y = (height - h) / 2;
        told =
            $"masters.flat.region = {Options.Flat.Region} does not lie on frames of {width} × {height} pixels: the level of flats is taken in their middle, {x}:{x + w},{y}:{y + h}.";
        return new PixelRegion(x, x + w, y, y + h);
    }

    /// <summary>The polynomial is one in counts above the bias: a bias frame or the overscan must have told it.</summary>
    private bool IsMadeLinear(FrameInfo frame, MasterSet removed) =>
        Kind != FrameKind.Bias
        && Recipe.Calibrate.Linearity.Count > 0
        && (removed is { Bias: not null, BiasScale: 1 } || Layout(frame).Overscan is not null);

    private static ReadOnlySpan<float> Rows(Master? master, int firstPixel, int length) =>
        master is null ? [] : master.Image.Pixels.Slice(firstPixel, length);

    /// <summary>A temporary file of this run.</summary>
    public string ScratchPath() =>
        Run.Output.At(".albireo", "scratch", string.Create(CultureInfo.InvariantCulture, $".{Name}.{Guid.NewGuid():N}.part"));
}
