using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>
/// Broeg's ensemble as prose 2.3 computes it: weights are 1/s with s the mean standard deviation of consecutive groups of 12 points,
/// iterated; stars are then taken by falling weight, with weight 1 each, until the target's s stops falling. Where prose departs from
/// the paper by mistake, <see cref="ProseFaults"/> says so, each for itself. For anything else use <see cref="BroegEnsemble"/>.
/// </summary>
public static class ProseEnsemble
{
    private const int GroupSize = 12;
    private const int MaximumIterations = 200;
    private const double Tolerance = 1e-2;
    private const double WeightTolerance = 1e-3;

    /// <summary>Computes weights, comparison stars and the target's curves.</summary>
    /// <param name="apertures">Fluxes in each aperture, with the same frames and stars.</param>
    /// <param name="target">Index of the target star.</param>
    /// <param name="faults">Which faults are repeated; null for all.</param>
    /// <exception cref="ArgumentException">No aperture, different sizes, fewer than two stars, no frame, or a flux missing that does not count as 1.</exception>
    public static ProseCurves Run(IReadOnlyList<StarFluxes> apertures, int target, ProseFaults? faults = null)
    {
        faults ??= new ProseFaults();
        if (apertures.Count == 0 || apertures[0].Stars < 2 || apertures[0].Frames == 0)
        {
            throw new ArgumentException("An ensemble needs an aperture, a frame and two stars.", nameof(apertures));
        }
        int stars = apertures[0].Stars;
        int frames = apertures[0].Frames;
        Require.Between(target, 0, stars - 1);
        var flux = new double[apertures.Count][][];
        var error = new double[apertures.Count][][];
        for (int a = 0; a < apertures.Count; a++)
        {
            Require.SameLength(stars, apertures[a].Stars);
            Require.SameLength(frames, apertures[a].Frames);
            (flux[a], error[a]) = Normalised(apertures[a], faults.MissingAsOne);
        }
        double[][] weights = Weights(flux, faults.StopOnSpread, out int iterations);
        foreach (double[] w in weights)
        {
            w[target] = 0;
        }
        int[][] order = Array.ConvertAll(weights, Descending);
        int kept = Cut(flux, order, target, faults);
        var relative = new double[apertures.Count][];
        var relativeError = new double[apertures.Count][];
        var metric = new double[apertures.Count];
        for (int a = 0; a < apertures.Count; a++)
        {
            var unit = new double[stars];
            foreach (int star in order[a].AsSpan(0, kept))
            {
                unit[star] = 1;
            }
            relative[a] = AgainstOthers(flux[a], unit, target);
            relativeError[a] = Errors(error[a], unit, target, faults.UnscaledErrors);
            metric[a] = GroupedDeviation(relative[a]);
        }
        return new ProseCurves
        {
            Weights = weights,
            Comparisons = Array.ConvertAll(order, o => o[..kept]),
            RelativeFlux = relative,
            RelativeFluxError = relativeError,
            BestAperture = Array.IndexOf(metric, metric.Min()),
            Iterations = iterations,
        };
    }

    /// <summary>Mean of the standard deviations of consecutive groups of 12 points; the points left over at the end do not count.</summary>
    internal static double GroupedDeviation(ReadOnlySpan<double> values)
    {
        int size = Math.Min(GroupSize, values.Length);
        int groups = values.Length / size;
        double sum = 0;
        for (int g = 0; g < groups; g++)
        {
            sum += SeriesStatistics.StandardDeviation(values.Slice(g * size, size));
        }
        return sum / groups;
    }

    private static (double[][] Flux, double[][] Error) Normalised(StarFluxes fluxes, bool missingAsOne)
    {
        var flux = new double[fluxes.Stars][];
        var error = new double[fluxes.Stars][];
        for (int star = 0; star < fluxes.Stars; star++)
        {
            flux[star] = fluxes.FluxOf(star);
            error[star] = fluxes.ErrorOf(star);
            for (int i = 0; i < fluxes.Frames; i++)
            {
                if (double.IsNaN(flux[star][i]))
                {
                    if (!missingAsOne)
                    {
                        throw new ArgumentException($"Star {star} has no flux in frame {i}.", nameof(fluxes));
                    }
                    (flux[star][i], error[star][i]) = (1, 1);
                }
            }
            double mean = 0;
            foreach (double value in flux[star])
            {
                mean += value;
            }
            mean /= fluxes.Frames;
            for (int i = 0; i < fluxes.Frames; i++)
            {
                flux[star][i] /= mean;
                error[star][i] /= mean;
            }
        }
        return (flux, error);
    }

    private static double[][] Weights(double[][][] flux, bool stopOnSpread, out int iterations)
    {
        int apertures = flux.Length;
        int stars = flux[0].Length;
        var weights = new double[apertures][];
        var means = new double[apertures];
        for (int a = 0; a < apertures; a++)
        {
            weights[a] = new double[stars];
        }
        iterations = 0;
        double evolution = double.PositiveInfinity;
        while (evolution > (stopOnSpread ? Tolerance : WeightTolerance) && iterations < MaximumIterations)
        {
            double largest = 0;
            var changes = new double[apertures];
            for (int a = 0; a < apertures; a++)
            {
                var next = new double[stars];
                double sum = 0;
                for (int s = 0; s < stars; s++)
                {
                    double[] curve = iterations == 0 ? flux[a][s] : AgainstOthers(flux[a], weights[a], s);
                    next[s] = 1 / GroupedDeviation(curve);
                    next[s] = double.IsFinite(next[s]) ? next[s] : 0;
                    sum += next[s];
                    largest = Math.Max(largest, next[s] > 0 ? Math.Abs(next[s] - weights[a][s]) / next[s] : 0);
                }
                weights[a] = next;
                changes[a] = Math.Abs((sum / stars) - means[a]);
                means[a] = sum / stars;
            }
            evolution = stopOnSpread ? SeriesStatistics.StandardDeviation(changes) : largest;
            iterations++;
        }
        return weights;
    }

    /// <summary>How many stars are kept.</summary>
    private static int Cut(double[][][] flux, int[][] order, int target, ProseFaults faults)
    {
        int stars = flux[0].Length;
        double lowest = 1e12;
        int kept = stars - 1;
        double[][] units = [.. flux.Select(_ => new double[stars])];
        for (int n = 1; n < stars; n++)
        {
            for (int a = 0; a < flux.Length; a++)
            {
                foreach (double[] unit in faults.SharedMask ? units : [units[a]])
                {
                    unit[order[a][n - 1]] = 1;
                }
            }
            double white = double.PositiveInfinity;
            for (int a = 0; a < flux.Length; a++)
            {
                white = Math.Min(white, GroupedDeviation(AgainstOthers(flux[a], units[a], target)));
            }
            if (!(white < lowest))
            {
                kept = faults.KeepFirstWorse ? n : Math.Max(1, n - 1);
                break;
            }
            lowest = white;
        }
        return kept;
    }

    private static double[] AgainstOthers(double[][] flux, double[] weights, int star)
    {
        int frames = flux[0].Length;
        var curve = new double[frames];
        double total = 0;
        for (int s = 0; s < flux.Length; s++)
        {
            if (s == star || weights[s] == 0)
            {
                continue;
            }
            total += weights[s];
            for (int i = 0; i < frames; i++)
            {
                curve[i] += weights[s] * flux[s][i];
            }
        }
        for (int i = 0; i < frames; i++)
        {
            curve[i] = flux[star][i] / (curve[i] / total);
        }
        return curve;
    }

    private static double[] Errors(double[][] error, double[] weights, int star, bool unscaled)
    {
        var errors = new double[error[0].Length];
        for (int i = 0; i < errors.Length; i++)
        {
            double sum = 0;
            double total = 0;
            double squares = 0;
            for (int s = 0; s < weights.Length; s++)
            {
                if (s != star)
                {
                    sum += weights[s] * weights[s] * error[s][i] * error[s][i];
                    total += weights[s];
                    squares += weights[s] * weights[s];
                }
            }
            errors[i] = Math.Sqrt((error[star][i] * error[star][i]) + (sum / (unscaled ? squares : total * total)));
        }
        return errors;
    }

    /// <summary>Star indices by falling weight; of equal weights the last one first, as a reversed ascending order has it.</summary>
    private static int[] Descending(double[] weights)
    {
        int[] order = [.. Enumerable.Range(0, weights.Length)];
        Array.Sort(order, (i, j) => weights[i] != weights[j] ? weights[j].CompareTo(weights[i]) : j.CompareTo(i));
        return order;
    }
}
