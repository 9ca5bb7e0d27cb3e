using Albireo.Science.Centroids;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>Least-squares fits of profiles to stars (Levenberg–Marquardt, analytic derivatives).</summary>
public static class PsfFitter
{
    private const double LargestBeta = 20;
    private const double StartBeta = 3.5;
    private const double FaintSignalToNoise = 12;
    private const double LeastSignificance = 3;
    private const int MaximumIterations = 300; // width and exponent pull together, along a narrow valley

    /// <summary>Fits an elliptical, rotated Gaussian on a constant.</summary>
    /// <param name="image">The picture; NaN pixels are left out.</param>
    /// <param name="mask">Bad, cosmic-ray, undefined and saturated pixels are left out.</param>
    /// <param name="start">Where the star is, roughly.</param>
    /// <param name="fwhmPixels">How wide it is, roughly.</param>
    /// <param name="options">How.</param>
    /// <param name="shape">A profile to begin from, or null: a round one.</param>
    public static PsfShapeFit FitGaussian(
        Image image,
        PixelMask? mask,
        PixelPosition start,
        double fwhmPixels,
        PsfFitOptions options,
        PsfModel? shape = null
    ) => FitShape<GaussianProfile>(image, mask, start, shape ?? new MoffatPsf(fwhmPixels, fwhmPixels, 0, StartBeta), options);

    /// <summary>Fits an elliptical, rotated Moffat profile on a constant; β is held within (1, 20].</summary>
    /// <param name="image">The picture; NaN pixels are left out.</param>
    /// <param name="mask">Bad, cosmic-ray, undefined and saturated pixels are left out.</param>
    /// <param name="start">Where the star is, roughly.</param>
    /// <param name="fwhmPixels">How wide it is, roughly.</param>
    /// <param name="options">How.</param>
    /// <param name="shape">A profile to begin from, or null: a round one.</param>
    public static PsfShapeFit FitMoffat(
        Image image,
        PixelMask? mask,
        PixelPosition start,
        double fwhmPixels,
        PsfFitOptions options,
        PsfModel? shape = null
    ) => FitShape<MoffatProfile>(image, mask, start, shape ?? new MoffatPsf(fwhmPixels, fwhmPixels, 0, StartBeta), options);

    /// <summary>Fits flux, centre and (unless given) sky of a star whose profile is known.</summary>
    /// <param name="image">The picture; NaN pixels are left out.</param>
    /// <param name="mask">Bad, cosmic-ray, undefined and saturated pixels are left out.</param>
    /// <param name="psf">The profile.</param>
    /// <param name="start">Where the star is, roughly.</param>
    /// <param name="options">How.</param>
    public static PsfPositionFit FitPosition(Image image, PixelMask? mask, PsfModel psf, PixelPosition start, PsfFitOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(psf);
        ArgumentNullException.ThrowIfNull(options);
        var failed = new PsfPositionFit(start.X, start.Y, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, false);
        if (!image.Contains(start.X, start.Y))
        {
            return failed;
        }
        PixelBox box = PixelBox.Around(image, mask, start, options.RadiusPixels, options.Noise);
        var problem = new PositionProblem(box, psf, options.Sky);
        int n = problem.ParameterCount;
        if (box.Count <= n)
        {
            return failed;
        }
        Span<double> p = stackalloc double[n];
        Span<double> covariance = stackalloc double[n * n];
        double sky = double.IsNaN(options.Sky) ? Rim(box, options.RadiusPixels) : options.Sky;
        p[0] = Math.Max(box.Value.Max() - sky, 1e-6) / psf.At(0, 0);
        if (n == 4)
        {
            p[3] = sky;
        }
        LeastSquaresResult result = LevenbergMarquardt.Minimize(problem, p, covariance);
        if (!double.IsNaN(options.Noise) && options.Gain > 0)
        {
            // Photon noise follows the model, not the pixels: weights from noisy pixels would pull the fit down.
            for (int i = 0; i < box.Count; i++)
            {
                double model = Math.Max(0, p[0] * psf.At(box.X[i] - p[1], box.Y[i] - p[2]));
                box.Weight[i] = 1 / ((options.Noise * options.Noise) + (model / options.Gain));
            }
            result = LevenbergMarquardt.Minimize(problem, p, covariance);
        }
        double shift = Math.Sqrt((p[1] * p[1]) + (p[2] * p[2]));
        double reduced = result.ChiSquare / (box.Count - n);
        double scale = double.IsNaN(options.Noise) ? reduced : 1;
        double error = Math.Sqrt(scale * covariance[0]);
        if (!(p[0] > FaintSignalToNoise * error))
        {
            return Faint(box, psf, options, start, reduced, scale) ?? failed;
        }
        if (!result.Converged || !(shift <= options.MaximumShiftPixels))
        {
            return failed;
        }
        return new PsfPositionFit(
            start.X + p[1],
            start.Y + p[2],
            p[0],
            n == 4 ? p[3] : options.Sky,
            Math.Sqrt(scale * covariance[n + 1]),
            Math.Sqrt(scale * covariance[(2 * n) + 2]),
            error,
            reduced,
            true
        );
    }

    /// <summary>A star so faint that the likelihood is no parabola: the mean of where it may be; null where there is none.</summary>
    private static PsfPositionFit? Faint(
        PixelBox box,
        PsfModel psf,
        PsfFitOptions options,
        PixelPosition start,
        double reduced,
        double scale
    )
    {
        double width = Math.Sqrt(psf.FwhmMajor * psf.FwhmMinor);
        var posterior = PositionPosterior.Of(
            box,
            psf,
            options.Sky,
            scale,
            options.MaximumShiftPixels,
            width / MatchedFilter.GaussianFwhm / FaintSignalToNoise * 2
        );
        if (!(posterior.Significance >= LeastSignificance))
        {
            return null;
        }
        return new PsfPositionFit(
            start.X + posterior.X,
            start.Y + posterior.Y,
            posterior.Flux,
            double.IsNaN(options.Sky) ? SkyUnder(box, psf, posterior) : options.Sky,
            Math.Sqrt(posterior.VarianceX),
            Math.Sqrt(posterior.VarianceY),
            Math.Sqrt(posterior.FluxVariance),
            reduced,
            true
        );
    }

    private static double SkyUnder(PixelBox box, PsfModel psf, PositionPosterior star)
    {
        (double sum, double weights) = (0, 0);
        for (int i = 0; i < box.Count; i++)
        {
            sum += box.Weight[i] * (box.Value[i] - (star.Flux * psf.At(box.X[i] - star.X, box.Y[i] - star.Y)));
            weights += box.Weight[i];
        }
        return sum / weights;
    }

    private static PsfShapeFit FitShape<TProfile>(Image image, PixelMask? mask, PixelPosition start, PsfModel first, PsfFitOptions options)
        where TProfile : struct, IEllipticalProfile
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        int n = TProfile.HasExponent ? 8 : 7;
        double nan = double.NaN;
        var failed = new PsfShapeFit(start.X, start.Y, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, false);
        if (!image.Contains(start.X, start.Y))
        {
            return failed;
        }
        PixelBox box = PixelBox.Around(image, mask, start, options.RadiusPixels, options.Noise);
        if (box.Count <= n)
        {
            return failed;
        }
        Span<double> p = stackalloc double[n];
        Span<double> covariance = stackalloc double[n * n];
        double sky = Rim(box, options.RadiusPixels);
        // Well inside the limits: from a limit no step leads on.
        double startBeta = Math.Clamp((first as MoffatPsf)?.Beta ?? StartBeta, 1.2, LargestBeta / 2);
        double width = TProfile.HasExponent ? MoffatPsf.FwhmOfCore(startBeta) : MatchedFilter.GaussianFwhm;
        p[0] = box.Value.Max() - sky;
        (p[3], p[4], p[5]) = EllipseShape.FromAxes(first.FwhmMajor / width, first.FwhmMinor / width, first.AngleDegrees);
        p[6] = sky;
        if (TProfile.HasExponent)
        {
            p[7] = startBeta;
        }
        var problem = new EllipticalFit<TProfile>(box, highestExponent: LargestBeta);
        LeastSquaresResult result = LevenbergMarquardt.Minimize(problem, p, covariance, MaximumIterations);
        if (!double.IsNaN(options.Noise) && options.Gain > 0)
        {
            for (int i = 0; i < box.Count; i++)
            {
                double dx = box.X[i] - p[1];
                double dy = box.Y[i] - p[2];
                double q = (p[3] * dx * dx) + (2 * p[5] * dx * dy) + (p[4] * dy * dy);
                double model = Math.Max(0, p[0] * TProfile.At(q, TProfile.HasExponent ? p[7] : 0, out _, out _));
                box.Weight[i] = 1 / ((options.Noise * options.Noise) + (model / options.Gain));
            }
            result = LevenbergMarquardt.Minimize(problem, p, covariance, MaximumIterations);
        }
        double shift = Math.Sqrt((p[1] * p[1]) + (p[2] * p[2]));
        (double semiMajor, double semiMinor, double angle) = new EllipseShape(p[3], p[4], p[5]).Axes();
        if (!result.Converged || !(p[0] > 0) || !(shift <= options.MaximumShiftPixels) || !(semiMajor < 4 * options.RadiusPixels))
        {
            return failed;
        }
        double beta = TProfile.HasExponent ? p[7] : double.NaN;
        double widthOfAxis = TProfile.HasExponent ? MoffatPsf.FwhmOfCore(beta) : MatchedFilter.GaussianFwhm;
        double area = Math.PI * semiMajor * semiMinor * (TProfile.HasExponent ? 1 / (beta - 1) : 2);
        double reduced = result.ChiSquare / (box.Count - n);
        double scale = double.IsNaN(options.Noise) ? reduced : 1;
        return new PsfShapeFit(
            start.X + p[1],
            start.Y + p[2],
            p[0],
            p[0] * area,
            p[6],
            widthOfAxis * semiMajor,
            widthOfAxis * semiMinor,
            angle,
            beta,
            Math.Sqrt(scale * covariance[n + 1]),
            Math.Sqrt(scale * covariance[(2 * n) + 2]),
            reduced,
            true
        );
    }

    // Median of the pixels in the outer quarter of the circle: a first guess of the sky.
    private static double Rim(PixelBox box, double radius)
    {
        var rim = new List<double>();
        for (int i = 0; i < box.Count; i++)
        {
            if ((box.X[i] * box.X[i]) + (box.Y[i] * box.Y[i]) > 0.56 * radius * radius)
            {
                rim.Add(box.Value[i]);
            }
        }
        return rim.Count > 0 ? Medians.Of([.. rim]) : box.Value.Min();
    }
}
