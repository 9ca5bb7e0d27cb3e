using Albireo.Pipeline.Options;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Psf;

namespace Albireo.Pipeline.Stages;

/// <summary>The profile of one picture's stars, as the settings want it.</summary>
internal static class FitProfile
{
    private const double MinimumSignalToNoise = 30;

    /// <summary>Measures it.</summary>
    /// <param name="image">Background included.</param>
    /// <param name="mask">What is wrong with which pixel, or null.</param>
    /// <param name="background">Its level.</param>
    /// <param name="sources">All its sources.</param>
    /// <param name="kind">From what.</param>
    /// <param name="start">The reference's profile to begin from, or null.</param>
    /// <returns>The shape (no stars: FWHM NaN), and the model where one was asked for and could be fitted.</returns>
    public static (FrameProfile Shape, PsfModel? Model) Of(
        Image image,
        PixelMask? mask,
        BackgroundMap background,
        IReadOnlyList<Source> sources,
        ProfileKind kind,
        PsfModel? start
    )
    {
        FrameProfile moments = FrameProfile.Of(sources);
        if (kind == ProfileKind.Moments || moments.StarCount == 0)
        {
            return (moments, null);
        }
        int radius = Math.Max(6, (int)Math.Ceiling(3 * moments.Fwhm));
        Source[] stars = PsfStars.Isolated(sources, image, radius, MinimumSignalToNoise);
        PsfModel? model =
            kind == ProfileKind.Empirical
                ? EmpiricalPsfBuilder.Build(image, mask, stars, radius, oversampling: 4, out _)
                : FitMedian(image, background, stars, radius, kind, moments, start);
        // Fewer stars, a coarser answer: the moments of what there is.
        return model is null ? (moments, null) : (FrameProfile.Of(model, stars.Length), model);
    }

    private static PsfModel? FitMedian(
        Image image,
        BackgroundMap background,
        Source[] stars,
        int radius,
        ProfileKind kind,
        FrameProfile moments,
        PsfModel? start
    )
    {
        if (MedianPsf.Make(image, background.LevelAt, stars, (2 * radius) + 1) is not { } median)
        {
            return null;
        }
        var centre = new PixelPosition(radius, radius);
        var options = new PsfFitOptions { RadiusPixels = radius, MaximumShiftPixels = 1 };
        PsfShapeFit fit =
            kind == ProfileKind.Gaussian
                ? PsfFitter.FitGaussian(median, null, centre, moments.Fwhm, options, start)
                : PsfFitter.FitMoffat(median, null, centre, moments.Fwhm, options, start);
        return fit.Converged ? fit.Model() : null;
    }
}
