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
        Require.Positive(oversampling);
        reason = "";
        double[] widths = [.. stars.Select(s => s.Fwhm).Where(double.IsFinite)];
        if (widths.Length < 3)
        {
            reason = $"{widths.Length} isolated stars are too few for a point-spread function; 3 are needed.";
            return null;
        }
        // Each grid point wants samples of at least two stars or so.
        oversampling = Math.Clamp((int)Math.Sqrt(stars.Count / 2.0), 1, oversampling);
        int side = (2 * oversampling * (radiusPixels + 1)) + 1;
        double fwhm = Medians.Of(widths);
        var options = new PsfFitOptions { RadiusPixels = radiusPixels, MaximumShiftPixels = Math.Max(1, fwhm / 2) };
        MoffatPsf first = FirstGuess(image, mask, stars, fwhm, radiusPixels);
        PsfModel current = first;
        double[] grid = Sample(current, side, oversampling);
        PsfPositionFit[] fits = FitAll(image, mask, stars, current, options);
        for (int round = 0; round < Rounds; round++)
        {
            if (fits.Length == 0)
            {
                reason = "None of the stars could be fitted.";
                return null;
            }
            double[] residuals = Residuals(image, mask, fits, current, side, oversampling, radiusPixels);
            Smooth(residuals, side, oversampling);
            for (int i = 0; i < grid.Length; i++)
            {
                grid[i] += residuals[i];
            }
            PinWings(grid, side, oversampling, radiusPixels, first);
            Recentre(grid, side, oversampling, new EmpiricalPsf(grid, side, oversampling));
            var next = new EmpiricalPsf(grid, side, oversampling);
            current = next;
            grid = next.Grid.ToArray();
            fits = FitAll(image, mask, stars, current, options);
        }
        return (EmpiricalPsf)current;
    }

    // The median of Moffat fits to the brightest stars.
    private static MoffatPsf FirstGuess(Image image, PixelMask? mask, IReadOnlyList<Source> stars, double fwhm, int radius)
    {
        var options = new PsfFitOptions { RadiusPixels = radius, MaximumShiftPixels = Math.Max(1, fwhm / 2) };
        PsfShapeFit[] fits =
        [
            .. stars
                .Take(25)
                .Select(s => PsfFitter.FitMoffat(image, mask, new PixelPosition(s.X, s.Y), fwhm, options))
                .Where(f => f.Converged),
        ];
        if (fits.Length == 0)
        {
            return new MoffatPsf(fwhm, fwhm, 0, 3.5);
        }
        double width = Medians.Of([.. fits.Select(f => f.Fwhm)]);
        return new MoffatPsf(width, width, 0, Math.Max(1.5, Medians.Of([.. fits.Select(f => f.Beta)])));
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

    private static PsfPositionFit[] FitAll(
        Image image,
        PixelMask? mask,
        IReadOnlyList<Source> stars,
        PsfModel psf,
        PsfFitOptions options
    ) => [.. stars.Select(s => PsfFitter.FitPosition(image, mask, psf, new PixelPosition(s.X, s.Y), options)).Where(f => f.Converged)];

    // Median over the stars of data less profile at each grid point, 0 where no pixel fell.
    private static double[] Residuals(
        Image image,
        PixelMask? mask,
        PsfPositionFit[] fits,
        PsfModel psf,
        int side,
        int oversampling,
        int radius
    )
    {
        var residuals = new List<double>[side * side];
        foreach (PsfPositionFit fit in fits)
        {
            int centreX = (int)Math.Round(fit.X);
            int centreY = (int)Math.Round(fit.Y);
            for (int y = Math.Max(0, centreY - radius); y <= Math.Min(image.Height - 1, centreY + radius); y++)
            {
                for (int x = Math.Max(0, centreX - radius); x <= Math.Min(image.Width - 1, centreX + radius); x++)
                {
                    float pixel = image[x, y];
                    bool counts = mask is null || (PixelUse.Counts(mask[x, y]) && !mask[x, y].HasFlag(PixelQuality.Saturated));
                    if (!float.IsFinite(pixel) || !counts)
                    {
                        continue;
                    }
                    double dx = x - fit.X;
                    double dy = y - fit.Y;
                    int i = (int)Math.Round(dx * oversampling) + (side / 2);
                    int j = (int)Math.Round(dy * oversampling) + (side / 2);
                    if (i >= 0 && j >= 0 && i < side && j < side)
                    {
                        (residuals[(j * side) + i] ??= []).Add(((pixel - fit.Sky) / fit.Flux) - psf.At(dx, dy));
                    }
                }
            }
        }
        return [.. residuals.Select(list => list is null ? 0 : Medians.Of([.. list]))];
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
