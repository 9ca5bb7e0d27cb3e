using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>
/// Measures all stars of a crowded frame with a known point-spread function. Stars that touch are fitted together; all others' profiles
/// are taken off first; the groups are visited again and again until they agree (the scheme of DAOPHOT's ALLSTAR, Stetson 1987,
/// PASP 99, 191). <see cref="CrowdedField"/> finds stars and profile too.
/// </summary>
public static class PsfPhotometry
{
    private const int MostIterations = 25;
    private const double Tolerance = 1e-7;
    private const double Settled = 0.01;
    private const double HeldPixels = 1e-4;

    // χ² beyond this many of its own σ is no luck: the errors are then those that the residuals show.
    private const double ChiSquareLimit = 3;

    /// <summary>Measures the stars.</summary>
    /// <param name="image">The frame; NaN pixels are left out.</param>
    /// <param name="level">The background's level.</param>
    /// <param name="noise">The background's σ a pixel.</param>
    /// <param name="mask">Bad, cosmic-ray, undefined and saturated pixels are left out.</param>
    /// <param name="psf">The frame's profile.</param>
    /// <param name="positions">Where the stars are, to a pixel or so.</param>
    /// <param name="options">How.</param>
    public static PsfPhotometryResult Measure(
        Image image,
        RowValues level,
        RowValues noise,
        PixelMask? mask,
        PsfModel psf,
        IReadOnlyList<PixelPosition> positions,
        PsfPhotometryOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(level);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(psf);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(options);
        var frame = new PsfFrame(image, mask, options.Gain);
        frame.Under(level, noise);
        PsfStar[] stars = [.. positions.Select(p => PsfStar.None(p, PsfOutcome.NoPixels))];
        Fit(frame, psf, positions, stars, options);
        return new PsfPhotometryResult(stars, frame.ResidualImage());
    }

    /// <summary>Fits all stars, beginning from what is known of them and has been taken off the frame.</summary>
    internal static void Fit(
        PsfFrame frame,
        PsfModel psf,
        IReadOnlyList<PixelPosition> positions,
        PsfStar[] stars,
        PsfPhotometryOptions options
    )
    {
        (int width, int height) = (frame.Left.Width, frame.Left.Height);
        var usable = new List<int>();
        for (int i = 0; i < stars.Length; i++)
        {
            if (!frame.Left.Contains(positions[i].X, positions[i].Y))
            {
                stars[i] = PsfStar.None(positions[i], PsfOutcome.Outside);
            }
            else if (Disc(frame.Left, positions[i], options.FitRadiusPixels).Count(p => frame.Counts(p.X, p.Y)) > 3)
            {
                usable.Add(i);
            }
            else
            {
                stars[i] = PsfStar.None(positions[i], PsfOutcome.NoPixels);
            }
        }
        List<int[]> groups = PsfGroups.Of(positions, usable, options.GroupSeparationPixels, options.MaximumGroup);
        var pixels = new GroupPixels();
        var seen = new int[width * height];
        int visit = 0;
        for (int pass = 0; pass < options.Passes; pass++)
        {
            double change = 0;
            for (int g = 0; g < groups.Count; g++)
            {
                Gather(frame, psf, groups[g], positions, stars, options, pixels, seen, ++visit);
                change = Math.Max(change, FitGroup(frame, psf, groups[g], g, positions, stars, options, pixels));
            }
            if (change < Settled)
            {
                break;
            }
        }
        for (int i = 0; i < stars.Length; i++)
        {
            stars[i] = Judged(frame, positions[i], stars[i], options.FitRadiusPixels);
        }
    }

    // Pixels near any star of the group, each once, with the group's own stars put back.
    private static void Gather(
        PsfFrame frame,
        PsfModel psf,
        int[] group,
        IReadOnlyList<PixelPosition> positions,
        PsfStar[] stars,
        PsfPhotometryOptions options,
        GroupPixels pixels,
        int[] seen,
        int visit
    )
    {
        pixels.Clear();
        foreach (int i in group)
        {
            foreach ((int x, int y) in Disc(frame.Left, positions[i], options.FitRadiusPixels))
            {
                ref int last = ref seen[(y * frame.Left.Width) + x];
                if (frame.Counts(x, y) && last != visit)
                {
                    last = visit;
                    pixels.Add(x, y, frame.Residual(x, y), 1 / frame.Variance(x, y));
                }
            }
        }
        int count = pixels.Count;
        Span<double> profile = pixels.Jacobian(3);
        foreach (int i in group.Where(i => stars[i].HasFlux))
        {
            psf.Sample(
                stars[i].X,
                stars[i].Y,
                pixels.X.AsSpan(0, count),
                pixels.Y.AsSpan(0, count),
                profile[..count],
                profile.Slice(count, count),
                profile.Slice(2 * count, count)
            );
            for (int k = 0; k < count; k++)
            {
                pixels.Value[k] += stars[i].Flux * profile[k];
            }
        }
    }

    // What comes back is the largest change of a flux, in its errors.
    private static double FitGroup(
        PsfFrame frame,
        PsfModel psf,
        int[] group,
        int number,
        IReadOnlyList<PixelPosition> positions,
        PsfStar[] stars,
        PsfPhotometryOptions options,
        GroupPixels pixels
    )
    {
        int n = 3 * group.Length;
        if (pixels.Count <= n)
        {
            foreach (int i in group)
            {
                frame.Paint(psf, stars[i], 1, options.ModelRadiusPixels);
                stars[i] = PsfStar.None(positions[i], PsfOutcome.NoPixels);
            }
            return 0;
        }
        var p = new double[n];
        var covariance = new double[n * n];
        double[] placeWeight = [.. group.Select(_ => 4 / (options.MaximumShiftPixels * options.MaximumShiftPixels))];
        var problem = new GroupProblem(
            psf,
            pixels,
            [.. group.Select(i => positions[i].X)],
            [.. group.Select(i => positions[i].Y)],
            placeWeight
        );
        bool isAstray = true;
        for (int attempt = 0; attempt < 2 && isAstray; attempt++)
        {
            for (int k = 0; k < group.Length; k++)
            {
                PsfStar star = stars[group[k]];
                bool held = placeWeight[k] > 1 / HeldPixels;
                p[3 * k] = star.HasFlux ? star.Flux : FirstFlux(frame, psf, positions[group[k]]);
                p[(3 * k) + 1] = held ? positions[group[k]].X : star.X;
                p[(3 * k) + 2] = held ? positions[group[k]].Y : star.Y;
            }
            LevenbergMarquardt.Minimize(problem, p, covariance, MostIterations, Tolerance);
            isAstray = false;
            for (int k = 0; k < group.Length; k++)
            {
                (double dx, double dy) = (p[(3 * k) + 1] - positions[group[k]].X, p[(3 * k) + 2] - positions[group[k]].Y);
                if (!((dx * dx) + (dy * dy) <= options.MaximumShiftPixels * options.MaximumShiftPixels))
                {
                    placeWeight[k] = 1 / (HeldPixels * HeldPixels);
                    isAstray = true;
                }
            }
        }
        double change = 0;
        for (int k = 0; k < group.Length; k++)
        {
            int i = group[k];
            PsfStar old = stars[i];
            double variance = covariance[(3 * k * n) + (3 * k)];
            bool held = placeWeight[k] > 1 / HeldPixels;
            stars[i] =
                variance > 0
                    ? new PsfStar(
                        p[(3 * k) + 1],
                        p[(3 * k) + 2],
                        p[3 * k],
                        Math.Sqrt(covariance[(((3 * k) + 1) * n) + (3 * k) + 1]),
                        Math.Sqrt(covariance[(((3 * k) + 2) * n) + (3 * k) + 2]),
                        Math.Sqrt(variance),
                        double.NaN,
                        number,
                        held ? PsfOutcome.Held : PsfOutcome.Fitted
                    )
                    : PsfStar.None(positions[i], PsfOutcome.NoPixels);
            change = Math.Max(change, old.HasFlux ? Math.Abs(stars[i].Flux - old.Flux) / stars[i].FluxError : 1);
            frame.Paint(psf, old, 1, options.ModelRadiusPixels);
            frame.Paint(psf, stars[i], -1, options.ModelRadiusPixels);
        }
        return change;
    }

    private static double FirstFlux(PsfFrame frame, PsfModel psf, PixelPosition p)
    {
        (int x, int y) = ((int)Math.Round(p.X), (int)Math.Round(p.Y));
        double pixel = frame.Residual(Math.Clamp(x, 0, frame.Left.Width - 1), Math.Clamp(y, 0, frame.Left.Height - 1));
        double peak = psf.At(0, 0);
        return double.IsFinite(pixel) && pixel > 0 ? pixel / peak : 1e-3 / peak;
    }

    // χ² of what is left within the fit's radius; where it is too large to be luck, the errors grow with it.
    private static PsfStar Judged(PsfFrame frame, PixelPosition start, PsfStar star, double radius)
    {
        if (!star.HasFlux)
        {
            return star;
        }
        (double sum, int count) = (0, 0);
        foreach ((int x, int y) in Disc(frame.Left, start, radius))
        {
            if (frame.Counts(x, y))
            {
                double residual = frame.Residual(x, y);
                sum += residual * residual / frame.Variance(x, y);
                count++;
            }
        }
        int freedom = Math.Max(1, count - 3);
        double reduced = sum / freedom;
        double scale = reduced > 1 + (ChiSquareLimit * Math.Sqrt(2.0 / freedom)) ? Math.Sqrt(reduced) : 1;
        return star with
        {
            ReducedChiSquare = reduced,
            FluxError = scale * star.FluxError,
            XError = scale * star.XError,
            YError = scale * star.YError,
        };
    }

    private static IEnumerable<(int X, int Y)> Disc(Image image, PixelPosition centre, double radius)
    {
        int bottom = Math.Min(image.Height - 1, (int)Math.Floor(centre.Y + radius));
        for (int y = Math.Max(0, (int)Math.Ceiling(centre.Y - radius)); y <= bottom; y++)
        {
            double reach = Math.Sqrt(Math.Max(0, (radius * radius) - ((y - centre.Y) * (y - centre.Y))));
            int right = Math.Min(image.Width - 1, (int)Math.Floor(centre.X + reach));
            for (int x = Math.Max(0, (int)Math.Ceiling(centre.X - reach)); x <= right; x++)
            {
                yield return (x, y);
            }
        }
    }
}
