using Albireo.Science.Centroids;

namespace Albireo.Science.Psf;

/// <summary>
/// The mean of all positions that a faint star may have, each weighed with how well the profile fits there: Pitman's (1939) estimator,
/// which of all that move with the picture scatters least. Where the likelihood is no parabola any more (S/N below 10 or so) its
/// maximum is not the best estimate. Flux and, where it is unknown, sky are integrated out; every position within the bound was
/// equally likely before.
/// </summary>
internal readonly record struct PositionPosterior(
    double X,
    double Y,
    double VarianceX,
    double VarianceY,
    double Flux,
    double FluxVariance,
    double Significance
)
{
    private const int FewestSteps = 6;
    private const int MostSteps = 12;

    /// <summary>Integrates over a lattice of positions within the bound.</summary>
    /// <param name="box">Pixels; weights are 1 / variance.</param>
    /// <param name="psf">The profile.</param>
    /// <param name="knownSky">NaN: unknown.</param>
    /// <param name="scale">What the weights' variances are to be multiplied by.</param>
    /// <param name="bound">Farthest position from the middle of the box, pixels.</param>
    /// <param name="sigma">How well the position is known, roughly: the lattice is finer than that.</param>
    public static PositionPosterior Of(PixelBox box, PsfModel psf, double knownSky, double scale, double bound, double sigma)
    {
        int steps = (int)Math.Clamp(Math.Ceiling(bound / (0.6 * sigma)), FewestSteps, MostSteps);
        double step = bound / steps;
        var points = new List<(double X, double Y, double Log)>((2 * steps + 1) * (2 * steps + 1));
        double highest = double.NegativeInfinity;
        for (int j = -steps; j <= steps; j++)
        {
            for (int i = -steps; i <= steps; i++)
            {
                if ((i * i) + (j * j) <= steps * steps)
                {
                    (double flux, double information) = Linear(box, psf, knownSky, i * step, j * step);
                    double square = flux > 0 ? flux * flux * information / scale : 0;
                    double log = (0.5 * square) - (0.5 * Math.Log(information));
                    points.Add((i * step, j * step, log));
                    highest = Math.Max(highest, log);
                }
            }
        }
        (double sum, double x, double y, double xx, double yy) = (0, 0, 0, 0, 0);
        foreach ((double px, double py, double log) in points)
        {
            double weight = Math.Exp(log - highest);
            sum += weight;
            x += weight * px;
            y += weight * py;
            xx += weight * px * px;
            yy += weight * py * py;
        }
        (x, y) = (x / sum, y / sum);
        (double best, double bestInformation) = Linear(box, psf, knownSky, x, y);
        return new PositionPosterior(
            x,
            y,
            (xx / sum) - (x * x),
            (yy / sum) - (y * y),
            best,
            scale / bestInformation,
            best * Math.Sqrt(bestInformation / scale)
        );
    }

    // Flux of best fit at a position, and its information: Σw·p², the sky taken out where it is fitted too.
    private static (double Flux, double Information) Linear(PixelBox box, PsfModel psf, double knownSky, double x, double y)
    {
        (double pp, double p1, double one, double pd, double d1) = (0, 0, 0, 0, 0);
        bool fitsSky = double.IsNaN(knownSky);
        double sky = fitsSky ? 0 : knownSky;
        for (int i = 0; i < box.Count; i++)
        {
            double p = psf.At(box.X[i] - x, box.Y[i] - y);
            double w = box.Weight[i];
            double d = box.Value[i] - sky;
            pp += w * p * p;
            pd += w * p * d;
            p1 += w * p;
            one += w;
            d1 += w * d;
        }
        double information = fitsSky ? pp - (p1 * p1 / one) : pp;
        double sum = fitsSky ? pd - (p1 * d1 / one) : pd;
        return (sum / information, information);
    }
}
