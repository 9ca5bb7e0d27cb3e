using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>
/// Measures all stars of a frame with a profile made of the frame's own stars, however crowded it is: fit, take off, build the profile
/// and the sky anew from what is left round each star, find what the neighbours' light had hidden, and again (the find–subtract–find
/// of DAOPHOT, Stetson 1987, PASP 99, 191).
/// </summary>
public static class CrowdedField
{
    private const int PassesInBetween = 3;
    private const double ProfileRadius = 3;

    // In thresholds of the finder: a frame looked at again and again shows noise that looks like stars.
    private const double HiddenThreshold = 1.25;
    private const int Oversampling = 4;
    private const int ProfileRounds = 3;

    // What is left may be less regular than a star; much sharper or wider it is none.
    private const double SharpestFwhm = 0.5;
    private const double WidestFwhm = 2;
    private const double NextToFwhm = 2;

    /// <summary>Measures them.</summary>
    /// <param name="image">The frame; NaN pixels are left out.</param>
    /// <param name="mask">Bad, cosmic-ray, undefined and saturated pixels are left out.</param>
    /// <param name="saturation">Counts at which a pixel is saturated; NaN if not known.</param>
    /// <param name="sources">The stars found so far, brightest first.</param>
    /// <param name="background">The sky as it is known so far.</param>
    /// <param name="given">Positions that are measured whatever is there; may be empty.</param>
    /// <param name="options">How.</param>
    /// <param name="runner">Who runs the bands; the result does not depend on it.</param>
    /// <returns>Null where no source is good enough to make a profile of.</returns>
    public static CrowdedFieldResult? Measure(
        Image image,
        PixelMask? mask,
        double saturation,
        IReadOnlyList<Source> sources,
        BackgroundMap background,
        IReadOnlyList<PixelPosition> given,
        CrowdedFieldOptions options,
        BandRunner? runner = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(options);
        FrameProfile moments = FrameProfile.Of(sources);
        if (moments.StarCount == 0)
        {
            return null;
        }
        int radius = Math.Max(6, (int)Math.Ceiling(ProfileRadius * moments.Fwhm));
        var frame = new PsfFrame(image, mask, options.Gain);
        frame.Under(background.LevelRow, background.RmsRow);
        PsfModel psf = FirstProfile(image, mask, sources, moments.Fwhm);
        var list = new CrowdedStars(given, sources, psf.Fwhm);
        var fit = new PsfPhotometryOptions
        {
            FitRadiusPixels = Math.Max(3, 1.25 * moments.Fwhm),
            ModelRadiusPixels = radius,
            GroupSeparationPixels = 2 * moments.Fwhm,
            MaximumShiftPixels = options.MaximumShiftFwhm * moments.Fwhm,
            Gain = options.Gain,
            Passes = PassesInBetween,
        };
        int profileStars = 0;
        for (int round = 0; round < options.Rounds; round++)
        {
            list.Fit(frame, psf, fit);
            int changes = list.GiveUp(options.MergedFwhm * psf.Fwhm, options.LeastSignalToNoise);
            frame.TakeOff(psf, list.Stars, radius);
            // The first profile is too coarse: what it leaves of bright stars is no star.
            if (round > 0)
            {
                frame.MeasureProfileError(list.Stars, psf.Fwhm);
                changes += list.Add(Hidden(frame, mask, image, saturation, options.Detection, psf, list.Stars, runner));
            }
            PsfCutout[] cutouts = ProfileCutouts.Choose(frame, psf, list.Stars, radius);
            if (EmpiricalPsfBuilder.Build(cutouts, psf.Fwhm, radius, Oversampling, ProfileRounds, out _) is { } better)
            {
                (psf, profileStars) = (better, cutouts.Length);
            }
            background = BackgroundMesh.Measure(frame.Left, mask, options.Background, runner);
            frame.Under(background.LevelRow, background.RmsRow);
            frame.TakeOff(psf, list.Stars, radius);
            if (round > 0 && changes == 0)
            {
                break;
            }
        }
        list.Fit(frame, psf, fit with { Passes = new PsfPhotometryOptions().Passes });
        list.GiveUp(options.MergedFwhm * psf.Fwhm, options.LeastSignalToNoise);
        frame.TakeOff(psf, list.Stars, radius);
        double confusion = Confusion.Variance(frame, psf, list.Stars, fit.FitRadiusPixels);
        list.AddNoise(confusion);
        return list.Result(psf, background, frame.ResidualImage(), profileStars);
    }

    // A Moffat profile of the stars that are least disturbed; it is to bring the first fits near the truth, no more.
    private static MoffatPsf FirstProfile(Image image, PixelMask? mask, IReadOnlyList<Source> sources, double fwhm)
    {
        int radius = Math.Max(4, (int)Math.Ceiling(2 * fwhm));
        Source[] stars = PsfStars.Isolated(sources, image, radius, maximumStars: 25);
        if (stars.Length < 5)
        {
            stars = PsfStars.Isolated(sources, image, radius, maximumStars: 25, neighbourShare: 0.3);
        }
        PsfCutout[] cutouts = [.. stars.Select(s => PsfCutout.From(image, mask, new PixelPosition(s.X, s.Y), radius))];
        return EmpiricalPsfBuilder.FirstGuess(cutouts, fwhm, radius);
    }

    private static IEnumerable<PixelPosition> Hidden(
        PsfFrame frame,
        PixelMask? mask,
        Image raw,
        double saturation,
        DetectionOptions detection,
        PsfModel psf,
        IReadOnlyList<PsfStar> stars,
        BandRunner? runner
    )
    {
        Source[] left = SegmentFinder.Find(frame.Left, frame.LevelRow, frame.NoiseRow, mask, raw, saturation, detection, runner);
        var near = new NearbyPlaces(NextToFwhm * psf.Fwhm);
        foreach (PsfStar star in stars.Where(s => s.HasFlux))
        {
            near.Add(star.X, star.Y);
        }
        return left.Where(s => s.SignalToNoise > HiddenThreshold * detection.ThresholdSigma)
            .Where(s =>
                s.LooksLikeStar
                    ? s.Fwhm > SharpestFwhm * psf.Fwhm && s.Fwhm < WidestFwhm * psf.Fwhm
                    // Half of a pair that was taken for one star is cut off by the hole beside it and has no shape of its own.
                    : s.Flags.HasFlag(SourceFlags.NoShape) && near.HasNear(s.X, s.Y)
            )
            .Select(s => new PixelPosition(s.X, s.Y));
    }
}
