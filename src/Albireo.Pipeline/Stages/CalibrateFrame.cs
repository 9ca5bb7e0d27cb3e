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
        Image raw = frame.Raw!;
        MasterSet set = masters.For(frame.Info, recipe.Calibrate);
        FrameNoise noise = masters.NoiseOf(frame.Info, recipe.Detector);
        var inputs = new CalibrationInputs
        {
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
        bool isUntouched = set is { Bias: null, Dark: null, Flat: null };
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
            Clean = clean.Pixels,
            Mask = clean.Mask,
            Uncertainty = clean.Uncertainty,
            Noise = noise,
            Remarks = [.. frame.Remarks, .. set.Remarks],
            Provenance =
            [
                .. new[]
                {
                    Removed("bias", set.Bias, 1),
                    Removed("dark", set.Dark, set.DarkScale),
                    Removed("flat", set.Flat, 1),
                }.OfType<string>(),
            ],
        };
    }

    private static string? Removed(string what, Master? master, double scale) =>
        master is null ? null : $"{what} {master.Name}{(scale == 1 ? "" : $" x {scale:G8}")} sha256 {master.Sha256}";
}
