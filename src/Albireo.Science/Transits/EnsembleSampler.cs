using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>
/// Draws from a density known up to a factor: the affine-invariant ensemble sampler of Goodman &amp; Weare (2010, CAMCoS 5, 65), stretch
/// moves with a = 2, half of the walkers against the other half (Foreman-Mackey et al. 2013, PASP 125, 306).
/// </summary>
public static class EnsembleSampler
{
    private const double Stretch = 2;

    /// <summary>Logarithm of the density at a point; −∞ where it is 0.</summary>
    /// <param name="point">One value a dimension.</param>
    public delegate double LogDensity(ReadOnlySpan<double> point);

    /// <summary>Runs until the chain, without its first fifth, is long enough.</summary>
    /// <param name="density">What to draw from.</param>
    /// <param name="start">First positions, row-major [walker, dimension]; each with a density above 0.</param>
    /// <param name="dimensions">Number of dimensions.</param>
    /// <param name="maximumSteps">Steps after which it gives up.</param>
    /// <param name="autocorrelationTimes">How many integrated autocorrelation times the kept part must be long, in every dimension.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <exception cref="ArgumentException">Fewer walkers than twice the dimensions, an odd number, or a start of density 0.</exception>
    public static EnsembleChain Run(
        LogDensity density,
        double[] start,
        int dimensions,
        int maximumSteps,
        double autocorrelationTimes,
        ulong seed
    )
    {
        Require.Positive(dimensions);
        Require.Positive(maximumSteps);
        int walkers = start.Length / dimensions;
        if (walkers < 2 * dimensions || walkers % 2 == 1 || walkers * dimensions != start.Length)
        {
            throw new ArgumentException(
                $"{dimensions} dimensions need an even number of at least {2 * dimensions} walkers.",
                nameof(start)
            );
        }
        var random = new SeededRandom(seed);
        double[] now = (double[])start.Clone();
        var logs = new double[walkers];
        for (int w = 0; w < walkers; w++)
        {
            logs[w] = density(now.AsSpan(w * dimensions, dimensions));
            if (!double.IsFinite(logs[w]))
            {
                throw new ArgumentException($"Walker {w} starts where the density is 0.", nameof(start));
            }
        }
        var positions = new List<double[]>();
        var densities = new List<double[]>();
        var proposal = new double[dimensions];
        long accepted = 0;
        int nextCheck = Math.Min(maximumSteps, 500);
        while (true)
        {
            accepted += Step(density, now, logs, proposal, dimensions, random);
            positions.Add((double[])now.Clone());
            densities.Add((double[])logs.Clone());
            if (positions.Count < nextCheck)
            {
                continue;
            }
            int burnIn = positions.Count / 5;
            double[] times = AutocorrelationTime.Of(positions, burnIn, walkers, dimensions);
            bool converged = Array.TrueForAll(times, t => positions.Count - burnIn >= autocorrelationTimes * t);
            if (converged || positions.Count >= maximumSteps)
            {
                return new EnsembleChain
                {
                    Walkers = walkers,
                    Dimensions = dimensions,
                    BurnIn = burnIn,
                    Positions = positions,
                    LogDensities = densities,
                    AutocorrelationSteps = times,
                    AcceptedFraction = accepted / ((double)positions.Count * walkers),
                    Converged = converged,
                };
            }
            double wanted = 1.3 * autocorrelationTimes * times.Where(double.IsFinite).DefaultIfEmpty(0).Max();
            nextCheck = (int)Math.Min(maximumSteps, Math.Clamp(wanted, 1.15 * positions.Count, 2.0 * positions.Count));
        }
    }

    private static int Step(LogDensity density, double[] now, double[] logs, double[] proposal, int dimensions, SeededRandom random)
    {
        int walkers = logs.Length;
        int half = walkers / 2;
        int accepted = 0;
        for (int w = 0; w < walkers; w++)
        {
            int other = (w < half ? half : 0) + random.Below(half);
            double root = ((Math.Sqrt(Stretch) - Math.Sqrt(1 / Stretch)) * random.Uniform()) + Math.Sqrt(1 / Stretch);
            double z = root * root;
            for (int d = 0; d < dimensions; d++)
            {
                double anchor = now[(other * dimensions) + d];
                proposal[d] = anchor + (z * (now[(w * dimensions) + d] - anchor));
            }
            double log = density(proposal);
            double threshold = Math.Log(random.Uniform());
            if (((dimensions - 1) * Math.Log(z)) + log - logs[w] > threshold)
            {
                proposal.CopyTo(now, w * dimensions);
                logs[w] = log;
                accepted++;
            }
        }
        return accepted;
    }
}
