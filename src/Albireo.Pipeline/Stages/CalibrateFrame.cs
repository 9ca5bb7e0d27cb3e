using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>calibrate</c>: raw counts in, clean pixels with uncertainty and mask out.</summary>
public static class CalibrateFrame
{
    public static FrameStep Step(Masters masters, Recipe recipe) => new("calibrate", frame => Run(frame, masters, recipe));

    private static Frame Run(Frame frame, Masters masters, Recipe recipe)
    {
        ReadoutLayout layout = ReadoutLayout.Of(frame.Info, recipe.Calibrate);
        Image raw = RawPicture.Trimmed(frame, layout);
        OverscanLevels? overscan = RawPicture.Levels(frame, layout);
        MasterSet set = masters.For(frame.Info, recipe.Calibrate);
        FrameNoise noise = masters.NoiseOf(frame.Info, recipe.Detector);
        var inputs = new CalibrationInputs
        {
            Overscan = overscan,
            Bias = set.Bias?.Image,
            BiasUncertainty = set.Bias?.Uncertainty,
            Dark = set.Dark?.Image,
            DarkUncertainty = set.Dark?.Uncertainty,
            DarkScale = set.DarkScale,
            DarkIncludesBias = set.Dark?.HoldsBias ?? false,
            Flat = set.Flat?.Image,
            FlatUncertainty = set.Flat?.Uncertainty,
        };
        Workspace workspace = frame.Workspace;
        bool isUntouched = overscan is null && set is { Bias: null, Dark: null, Flat: null };
        CalibratedImage clean = ImageCalibrator.Calibrate(
            raw,
            inputs,
            noise.Detector,
            new CalibrationOptions(),
            new CalibrationBuffers(
                isUntouched ? raw : workspace.Image("clean", raw.Width, raw.Height),
                workspace.Mask(raw.Width, raw.Height),
                noise.Detector.HasNoiseModel ? workspace.Image("uncertainty", raw.Width, raw.Height) : null
            )
        );
        return frame with
        {
            Header = Header(frame, layout),
            Raw = raw,
            Clean = clean.Pixels,
            Mask = clean.Mask,
            Uncertainty = clean.Uncertainty,
            Noise = noise,
            Remarks = [.. frame.Remarks, .. layout.Remarks, .. set.Remarks],
            Provenance =
            [
                .. new[]
                {
                    overscan is null
                        ? null
                        : $"overscan {ReadoutLayout.Show(layout.Overscan!.Value)} of {layout.OverscanFrom}: {Word(layout.OverscanOptions!)}",
                    layout.IsTrimmed ? $"trimmed to {ReadoutLayout.Show(layout.Kept)} of {layout.KeptFrom}" : null,
                    Removed("bias", set.Bias, 1),
                    Removed("dark", set.Dark, set.DarkScale),
                    Removed("flat", set.Flat, 1),
                }.OfType<string>(),
            ],
        };
    }

    private static FitsHeader Header(Frame frame, ReadoutLayout layout)
    {
        if (!layout.IsTrimmed)
        {
            return frame.Header!;
        }
        FitsHeader header = frame.Header!.Clone();
        HeaderGeometry.Cut(header, layout.Kept);
        return header;
    }

    private static string Word(OverscanOptions options) =>
        options.Method switch
        {
            OverscanMethod.Polynomial => string.Create(
                CultureInfo.InvariantCulture,
                $"polynomial of degree {options.Degree} through the means of the lines"
            ),
            OverscanMethod.Constant => "one median",
            _ => options.Method.ToString().ToLowerInvariant() + " of each line",
        };

    private static string? Removed(string what, Master? master, double scale) =>
        master is null
            ? null
            : $"{what} {master.Name}{(master.Section is { } s ? ReadoutLayout.Show(s) : "")}{(scale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" x {scale:G8}"))} sha256 {master.Sha256}";
}
