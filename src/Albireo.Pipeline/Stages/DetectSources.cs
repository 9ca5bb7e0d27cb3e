using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Science.Background;
using Albireo.Science.Images;
using Albireo.Science.Psf;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>detect</c>: background, stars and the frame's stellar profile.</summary>
public static class DetectSources
{
    /// <param name="recipe">How.</param>
    /// <param name="reference">Whose profile fits may start from; null while it is chosen.</param>
    public static FrameStep Step(Recipe recipe, ReferenceFrame? reference = null) =>
        new("detect", frame => Run(frame, recipe.Detect, recipe.Detect.ProfileFromReference ? reference?.Frame.Psf : null));

    private static Frame Run(Frame frame, DetectOptions options, PsfModel? start)
    {
        Image clean = frame.Clean!;
        FoundStars found = FindStars.In(
            clean,
            frame.Mask,
            frame.Raw!,
            frame.Noise?.Detector.SaturationAdu ?? double.NaN,
            options,
            () => frame.Workspace.Image("scratch", clean.Width, clean.Height),
            BandRunner.Serial
        );
        if (found.Background is not { } background)
        {
            return frame.Discard("no sky is left between the stars and the masked pixels.");
        }
        (FrameProfile shape, PsfModel? model) = FitProfile.Of(clean, frame.Mask, background, found.Sources, options.Profile, start);
        Frame detected = frame with
        {
            Background = background,
            Sources = found.Sources,
            Profile = shape.StarCount > 0 ? shape : null,
            Psf = model,
            Quality = new FrameQuality { StarsFound = found.Sources.Count },
        };
        return Rejection(detected, background, options.Limits) is { } reason ? detected.Discard(reason) : detected;
    }

    private static string? Rejection(Frame frame, BackgroundMap background, DetectLimits limits)
    {
        (int stars, double fwhm, double ellipticity) = (
            frame.Sources.Count,
            frame.Profile?.Fwhm ?? double.NaN,
            frame.Profile?.Ellipticity ?? double.NaN
        );
        double sky = background.MedianLevel;
        // A width that could not be measured passes no limit on widths.
        return stars < limits.MinimumStars ? Sentence("stars", stars, "at least", limits.MinimumStars, "minimum-stars")
            : stars > limits.MaximumStars ? Sentence("stars", stars, "at most", limits.MaximumStars, "maximum-stars")
            : !(fwhm >= (limits.MinimumFwhmPixels ?? double.NegativeInfinity)) && limits.MinimumFwhmPixels is not null
                ? Sentence("FWHM", fwhm, "at least", limits.MinimumFwhmPixels, "minimum-fwhm-pixels")
            : !(fwhm <= (limits.MaximumFwhmPixels ?? double.PositiveInfinity)) && limits.MaximumFwhmPixels is not null
                ? Sentence("FWHM", fwhm, "at most", limits.MaximumFwhmPixels, "maximum-fwhm-pixels")
            : !(ellipticity <= (limits.MaximumEllipticity ?? double.PositiveInfinity)) && limits.MaximumEllipticity is not null
                ? Sentence("ellipticity", ellipticity, "at most", limits.MaximumEllipticity, "maximum-ellipticity")
            : sky < limits.MinimumSky ? Sentence("sky", sky, "at least", limits.MinimumSky, "minimum-sky")
            : sky > limits.MaximumSky ? Sentence("sky", sky, "at most", limits.MaximumSky, "maximum-sky")
            : null;
    }

    private static string Sentence(string what, double found, string relation, double? limit, string key) =>
        FrameQuality.Sentence(what, found, relation, limit!.Value, "detect.limits." + key);
}
