using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>
/// Builds a frame's point-spread function from its isolated stars: they lie differently on the pixels, so that together they show
/// the profile more finely than any one of them. Residuals against the profile so far are gathered on the fine grid, their medians
/// are smoothed and added to it, it is centred, and the stars are fitted anew (Anderson &amp; King 2000, PASP 112, 1360).
/// </summary>
public static class EmpiricalPsfBuilder
{
    private const int Rounds = 5;
    private const double OutlierSigma = 4;

    // The first guess may be wrong by half, 1σ: where the stars say less than that, in the wings, it stays.
    private const double TrustInGuess = 1 / (0.5 * 0.5);

    // The smoother makes of 25 grid points one with the noise of about a quarter of a point's variance.
    private const double SmoothedWeight = 4;

    // Least-squares quadratic over 5 × 5 points, evaluated in the middle: smooths noise, keeps a parabola as it is.
    private static readonly double[] Smoother = QuadraticSmoother();

    /// <summary>Builds it.</summary>
    /// <param name="image">The frame; NaN pixels are left out.</param>
    /// <param name="mask">Bad, cosmic-ray, undefined and saturated pixels are left out.</param>
    /// <param name="stars">Isolated, unsaturated stars (<see cref="PsfStars.Isolated"/>).</param>
    /// <param name="radiusPixels">How far out the profile is built, whole pixels.</param>
    /// <param name="oversampling">Grid points a pixel; fewer are taken when there are too few stars to fill them.</param>
    /// <param name="reason">Empty, or a sentence that says why there is no profile.</param>
    /// <returns>Null where the stars do not suffice.</returns>
    public static EmpiricalPsf? Build(
        Image image,
        PixelMask? mask,
        IReadOnlyList<Source> stars,
        int radiusPixels,
        int oversampling,
        out string reason
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stars);
        Require.Positive(radiusPixels);
        double[] widths = [.. stars.Select(s => s.Fwhm).Where(double.IsFinite)];
        PsfCutout[] cutouts = [.. stars.Select(s => PsfCutout.From(image, mask, new PixelPosition(s.X, s.Y), radiusPixels))];
        return Build(cutouts, widths.Length > 0 ? Medians.Of(widths) : double.NaN, radiusPixels, oversampling, Rounds, out reason);
    }

    /// <summary>Builds it from stars that were cut out, their neighbours taken off.</summary>
    internal static EmpiricalPsf? Build(
        IReadOnlyList<PsfCutout> stars,
        double fwhm,
        int radiusPixels,
        int oversampling,
        int rounds,
        out string reason
    )
    {
        Require.Positive(oversampling);
        reason = "";
        if (stars.Count < 3 || !double.IsFinite(fwhm))
        {
            reason = $"{stars.Count} isolated stars are too few for a point-spread function; 3 are needed.";
            return null;
        }
        // Each grid point wants samples of at least two stars or so.
        oversampling = Math.Clamp((int)Math.Sqrt(stars.Count / 2.0), 1, oversampling);
        int side = (2 * oversampling * (radiusPixels + 1)) + 1;
        var options = new PsfFitOptions { RadiusPixels = radiusPixels, MaximumShiftPixels = Math.Max(1, fwhm / 2) };
        MoffatPsf first = FirstGuess(stars, fwhm, radiusPixels);
        PsfModel current = first;
        double[] guess = Sample(first, side, oversampling);
        double[] grid = [.. guess];
        (PsfCutout Star, PsfPositionFit Fit)[] fits = FitAll(stars, current, options);
        for (int round = 0; round < rounds; round++)
        {
            if (fits.Length == 0)
            {
                reason = "None of the stars could be fitted.";
                return null;
            }
            (double[] residuals, double[] weights) = Residuals(fits, current, side, oversampling, radiusPixels);
            Smooth(residuals, side, oversampling);
            for (int i = 0; i < grid.Length; i++)
            {
                double trust = TrustInGuess / (guess[i] * guess[i]);
                grid[i] = guess[i] + ((grid[i] + residuals[i] - guess[i]) * weights[i] / (weights[i] + trust));
            }
            PinWings(grid, side, oversampling, radiusPixels, first);
            Recentre(grid, side, oversampling, new EmpiricalPsf(grid, side, oversampling));
            var next = new EmpiricalPsf(grid, side, oversampling, first);
            current = next;
            grid = next.Grid.ToArray();
            fits = FitAll(stars, current, options);
        }
        return (EmpiricalPsf)current;
    }

    /// <summary>An elliptical Moffat profile: the medians of fits to the first 25 stars.</summary>
    internal static MoffatPsf FirstGuess(IReadOnlyList<PsfCutout> stars, double fwhm, double radius)
    {
        var options = new PsfFitOptions { RadiusPixels = radius, MaximumShiftPixels = Math.Max(1, fwhm / 2) };
        PsfShapeFit[] fits =
        [
            .. stars.Take(25).Select(s => PsfFitter.FitMoffat(s.Pixels, null, s.Centre, fwhm, options)).Where(f => f.Converged),
        ];
        if (fits.Length == 0)
        {
            return new MoffatPsf(fwhm, fwhm, 0, 3.5);
        }
        EllipseShape[] shapes = [.. fits.Select(f => EllipseShape.FromAxes(f.FwhmMajor, f.FwhmMinor, f.AngleDegrees))];
        var shape = new EllipseShape(
            Medians.Of([.. shapes.Select(s => s.P)]),
            Medians.Of([.. shapes.Select(s => s.T)]),
            Medians.Of([.. shapes.Select(s => s.R)])
        );
        (double major, double minor, double angle) = shape.Axes();
        return new MoffatPsf(major, minor, angle, Math.Max(1.5, Medians.Of([.. fits.Select(f => f.Beta)])));
    }

    // A constant added to the profile and taken off every star's sky changes no residual. The outermost ring settles it: there the
    // profile is that of the first guess.
    private static void PinWings(double[] grid, int side, int oversampling, int radius, PsfModel first)
    {
        var excess = new List<double>();
        for (int k = 0; k < grid.Length; k++)
        {
            double dx = ((k % side) - (side / 2)) / (double)oversampling;
            double dy = ((k / side) - (side / 2)) / (double)oversampling;
            double r = Math.Sqrt((dx * dx) + (dy * dy));
            if (r > radius - 1 && r <= radius)
            {
                excess.Add(grid[k] - first.At(dx, dy));
            }
        }
        double pedestal = Medians.Of([.. excess]);
        for (int k = 0; k < grid.Length; k++)
        {
            grid[k] -= pedestal;
        }
    }

    private static double[] Sample(PsfModel model, int side, int oversampling)
    {
        var grid = new double[side * side];
        for (int j = 0; j < side; j++)
        {
            for (int i = 0; i < side; i++)
            {
                grid[(j * side) + i] = model.At((i - (side / 2)) / (double)oversampling, (j - (side / 2)) / (double)oversampling);
            }
        }
        return grid;
    }

    private static (PsfCutout Star, PsfPositionFit Fit)[] FitAll(IReadOnlyList<PsfCutout> stars, PsfModel psf, PsfFitOptions options) =>
        [.. stars.Select(s => (s, PsfFitter.FitPosition(s.Pixels, null, psf, s.Centre, options))).Where(f => f.Item2.Converged)];

    // Mean over the stars of data less profile at each grid point, weighted with each star's own noise, without outliers; 0 where no
    // pixel fell. And the weight of the mean.
    private static (double[] Mean, double[] Weight) Residuals(
        (PsfCutout Star, PsfPositionFit Fit)[] fits,
        PsfModel psf,
        int side,
        int oversampling,
        int radius
    )
    {
        var residuals = new List<(double Value, double Variance)>[side * side];
        foreach ((PsfCutout star, PsfPositionFit fit) in fits)
        {
            Image image = star.Pixels;
            int centreX = (int)Math.Round(fit.X);
            int centreY = (int)Math.Round(fit.Y);
            double variance = Math.Max(fit.ReducedChiSquare, double.Epsilon) / (fit.Flux * fit.Flux);
            for (int y = Math.Max(0, centreY - radius); y <= Math.Min(image.Height - 1, centreY + radius); y++)
            {
                for (int x = Math.Max(0, centreX - radius); x <= Math.Min(image.Width - 1, centreX + radius); x++)
                {
                    float pixel = image[x, y];
                    double dx = x - fit.X;
                    double dy = y - fit.Y;
                    int i = (int)Math.Round(dx * oversampling) + (side / 2);
                    int j = (int)Math.Round(dy * oversampling) + (side / 2);
                    if (float.IsFinite(pixel) && i >= 0 && j >= 0 && i < side && j < side)
                    {
                        (residuals[(j * side) + i] ??= []).Add((((pixel - fit.Sky) / fit.Flux) - psf.At(dx, dy), variance));
                    }
                }
            }
        }
        var mean = new double[side * side];
        var weight = new double[side * side];
        for (int k = 0; k < mean.Length; k++)
        {
            if (residuals[k] is { } list)
            {
                (mean[k], weight[k]) = RobustMean(list);
                weight[k] *= oversampling > 1 ? SmoothedWeight : 1;
            }
        }
        return (mean, weight);
    }

    private static (double Mean, double Weight) RobustMean(List<(double Value, double Variance)> samples)
    {
        double middle = Medians.Of([.. samples.Select(s => s.Value)]);
        double spread = 1.4826 * Medians.Of([.. samples.Select(s => Math.Abs(s.Value - middle))]);
        (double sum, double weights) = (0, 0);
        foreach ((double value, double variance) in samples)
        {
            double off = value - middle;
            if (off * off <= OutlierSigma * OutlierSigma * ((spread * spread) + variance))
            {
                sum += value / variance;
                weights += 1 / variance;
            }
        }
        return weights > 0 ? (sum / weights, weights) : (middle, 0);
    }

    private static void Smooth(double[] grid, int side, int oversampling)
    {
        if (oversampling < 2)
        {
            return;
        }
        double[] source = [.. grid];
        for (int j = 2; j < side - 2; j++)
        {
            for (int i = 2; i < side - 2; i++)
            {
                double sum = 0;
                for (int k = 0; k < 25; k++)
                {
                    sum += Smoother[k] * source[((j + (k / 5) - 2) * side) + i + (k % 5) - 2];
                }
                grid[(j * side) + i] = sum;
            }
        }
    }

    // Where the profile is symmetric: values half a pixel to either side of the centre are alike.
    private static void Recentre(double[] grid, int side, int oversampling, PsfModel psf)
    {
        (double x, double y) = (0, 0);
        for (int round = 0; round < 10; round++)
        {
            double right = psf.At(x + 0.5, y, out double slopeRight, out _);
            double left = psf.At(x - 0.5, y, out double slopeLeft, out _);
            double up = psf.At(x, y + 0.5, out _, out double slopeUp);
            double down = psf.At(x, y - 0.5, out _, out double slopeDown);
            x -= (right - left) / (slopeRight - slopeLeft);
            y -= (up - down) / (slopeUp - slopeDown);
        }
        if (!(Math.Abs(x) < 1) || !(Math.Abs(y) < 1))
        {
            return;
        }
        for (int j = 0; j < side; j++)
        {
            for (int i = 0; i < side; i++)
            {
                double value = psf.At(((i - (side / 2)) / (double)oversampling) + x, ((j - (side / 2)) / (double)oversampling) + y);
                grid[(j * side) + i] = value;
            }
        }
    }

    private static double[] QuadraticSmoother()
    {
        Span<double> matrix = stackalloc double[36];
        var terms = new double[25][];
        for (int k = 0; k < 25; k++)
        {
            (double x, double y) = ((k % 5) - 2, (k / 5) - 2);
            terms[k] = [1, x, y, x * y, x * x, y * y];
            for (int a = 0; a < 6; a++)
            {
                for (int b = 0; b < 6; b++)
                {
                    matrix[(6 * a) + b] += terms[k][a] * terms[k][b];
                }
            }
        }
        Span<double> inverse = stackalloc double[36];
        LevenbergMarquardt.Invert(matrix, 6, inverse);
        var weights = new double[25];
        for (int k = 0; k < 25; k++)
        {
            for (int b = 0; b < 6; b++)
            {
                weights[k] += inverse[b] * terms[k][b];
            }
        }
        return weights;
    }
}
