using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>The shape of the stars of one frame.</summary>
/// <param name="FwhmX">FWHM along x, pixels; NaN without a star that can be used.</param>
/// <param name="FwhmY">FWHM along y, pixels.</param>
/// <param name="AngleDegrees">From +x towards +y to the long axis of the mean shape, in (−90, 90].</param>
/// <param name="Fwhm">Geometric mean of major and minor FWHM, pixels.</param>
/// <param name="StarCount">Stars that it was taken from.</param>
public readonly record struct FrameProfile(double FwhmX, double FwhmY, double AngleDegrees, double Fwhm, int StarCount)
{
    /// <summary>FWHM along the long axis over that along the short one.</summary>
    public double Elongation
    {
        get
        {
            // Squares of the axes: their sum is that of the squares along x and y, their product the fourth power of the mean.
            double sum = (FwhmX * FwhmX) + (FwhmY * FwhmY);
            double root = Math.Sqrt(Math.Max(0, (sum * sum) - (4 * Math.Pow(Fwhm, 4))));
            return (sum + root) / (2 * Fwhm * Fwhm);
        }
    }

    /// <summary>1 − short axis / long axis.</summary>
    public double Ellipticity => 1 - (1 / Elongation);

    private const SourceFlags Unfit =
        SourceFlags.Saturated
        | SourceFlags.Blended
        | SourceFlags.Edge
        | SourceFlags.HotPixel
        | SourceFlags.CosmicRay
        | SourceFlags.Trailed
        | SourceFlags.NoShape
        | SourceFlags.Extended;

    /// <summary>
    /// The median shape of clean stars: of the unsaturated, unblended ones the brightest <paramref name="maximumStars"/> with
    /// S/N above <paramref name="minimumSignalToNoise"/>, medians of the three second moments after dropping what lies more than
    /// three (scaled) median deviations off in size.
    /// </summary>
    /// <param name="sources">Brightest first.</param>
    /// <param name="minimumSignalToNoise">Of the matched filter.</param>
    /// <param name="maximumStars">How many stars at most.</param>
    public static FrameProfile Of(IEnumerable<Source> sources, double minimumSignalToNoise = 15, int maximumStars = 200)
    {
        ArgumentNullException.ThrowIfNull(sources);
        using var clean = new PooledList<Source>(64);
        foreach (Source s in sources)
        {
            if (clean.Count == maximumStars)
            {
                break;
            }
            if ((s.Flags & Unfit) == SourceFlags.None && s.SignalToNoise >= minimumSignalToNoise && double.IsFinite(s.Fwhm))
            {
                clean.Add(s);
            }
        }
        if (clean.Count == 0)
        {
            return new FrameProfile(double.NaN, double.NaN, double.NaN, double.NaN, 0);
        }
        using var values = new PooledList<double>(clean.Count);
        Span<double> one = values.Extend(clean.Count);
        double size = Median(clean.Items, s => s.Fwhm, one);
        double spread = 1.4826 * Median(clean.Items, s => Math.Abs(s.Fwhm - size), one);
        int kept = 0;
        foreach (Source s in clean.Items)
        {
            if (!(Math.Abs(s.Fwhm - size) > Math.Max(3 * spread, 0.05 * size)))
            {
                clean.Items[kept++] = s;
            }
        }
        ReadOnlySpan<Source> stars = clean.Items[..kept];
        // FWHM² behaves like the variance matrix: along x it is major² cos² + minor² sin².
        double xx = Median(stars, s => Along(s, 0), one);
        double yy = Median(stars, s => Along(s, 90), one);
        double xy = Median(stars, Mixed, one);
        double half = Math.Sqrt((0.25 * (xx - yy) * (xx - yy)) + (xy * xy));
        double major = Math.Sqrt(((xx + yy) / 2) + half);
        double minor = Math.Sqrt(Math.Max(0, ((xx + yy) / 2) - half));
        double angle = 0.5 * Math.Atan2(2 * xy, xx - yy) * 180 / Math.PI;
        return new FrameProfile(Math.Sqrt(xx), Math.Sqrt(yy), angle <= -90 ? angle + 180 : angle, Math.Sqrt(major * minor), kept);
    }

    /// <summary>The shape of a fitted profile.</summary>
    /// <param name="model">The profile.</param>
    /// <param name="starCount">Stars that it was taken from.</param>
    public static FrameProfile Of(PsfModel model, int starCount)
    {
        ArgumentNullException.ThrowIfNull(model);
        (double sin, double cos) = Math.SinCos(model.AngleDegrees * Math.PI / 180);
        (double major, double minor) = (model.FwhmMajor * model.FwhmMajor, model.FwhmMinor * model.FwhmMinor);
        return new FrameProfile(
            Math.Sqrt((major * cos * cos) + (minor * sin * sin)),
            Math.Sqrt((major * sin * sin) + (minor * cos * cos)),
            model.AngleDegrees,
            Math.Sqrt(model.FwhmMajor * model.FwhmMinor),
            starCount
        );
    }

    private static double Along(Source s, double directionDegrees)
    {
        double angle = (s.AngleDegrees - directionDegrees) * Math.PI / 180;
        (double c, double n) = (Math.Cos(angle), Math.Sin(angle));
        return (s.FwhmMajor * s.FwhmMajor * c * c) + (s.FwhmMinor * s.FwhmMinor * n * n);
    }

    private static double Mixed(Source s)
    {
        double angle = s.AngleDegrees * Math.PI / 180;
        return ((s.FwhmMajor * s.FwhmMajor) - (s.FwhmMinor * s.FwhmMinor)) * Math.Sin(angle) * Math.Cos(angle);
    }

    private static double Median(ReadOnlySpan<Source> stars, Func<Source, double> value, Span<double> scratch)
    {
        Span<double> sorted = scratch[..stars.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = value(stars[i]);
        }
        sorted.Sort();
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
