using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>Medians and errors of a chain, of what was sampled and of what follows from it.</summary>
internal static class TransitSummary
{
    private const int MostSamples = 4000;

    private static readonly string[] Names =
    [
        "tc",
        "rp_rs",
        "a_rs",
        "inclination",
        "b",
        "t14",
        "depth",
        "period",
        "eccentricity",
        "omega",
        "u1",
        "u2",
    ];

    private static readonly string[] Units = ["d", "", "", "deg", "", "d", "", "d", "", "deg", "", ""];

    public static IReadOnlyList<FittedValue> Of(TransitProblem problem, TransitFitOptions options, EnsembleChain? chain, double[] best)
    {
        int n = problem.Free.Length;
        double[] samples = chain?.Samples(Math.Max(1, (chain.Positions.Count - chain.BurnIn) * chain.Walkers / MostSamples)) ?? best;
        int count = n == 0 ? 1 : samples.Length / n;
        int terms = problem.Columns.Length;
        var columns = new double[Names.Length + terms][];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = new double[count];
        }
        var random = SeededRandom.Child(options.Seed, 2);
        var deviates = new double[terms];
        for (int s = 0; s < count; s++)
        {
            _ = problem.LogPrior(n == 0 ? best : samples.AsSpan(s * n, n), out TransitParameters? planet);
            _ = problem.ChiSquared(planet!, out _);
            double[] row =
            [
                planet!.MidTransitDays,
                planet.RadiusRatio,
                planet.ScaledSemiMajorAxis,
                planet.InclinationDegrees,
                Math.Abs(planet.ImpactParameter),
                planet.DurationDays,
                planet.Depth,
                planet.PeriodDays,
                planet.Eccentricity,
                planet.OmegaDegrees,
                planet.LimbDarkening.U1,
                planet.LimbDarkening.U2,
            ];
            for (int c = 0; c < row.Length; c++)
            {
                columns[c][s] = row[c];
            }
            // The baseline's coefficients scatter about their best values for this transit.
            for (int j = 0; j < terms; j++)
            {
                deviates[j] = random.Normal();
            }
            SmallMatrix.SolveTransposed(problem.NormalFactor, terms, deviates);
            for (int j = 0; j < terms; j++)
            {
                columns[Names.Length + j][s] = problem.Coefficients[j] + deviates[j];
            }
        }
        string[] priors = Priors(options);
        var values = new List<FittedValue>(columns.Length);
        for (int c = 0; c < columns.Length; c++)
        {
            bool isTerm = c >= Names.Length;
            string name =
                !isTerm ? Names[c]
                : c == Names.Length ? "baseline_constant"
                : "baseline_" + options.Baseline[c - Names.Length - 1].Name;
            values.Add(Value(name, columns[c], isTerm ? "" : Units[c], isTerm ? "free" : priors[c]));
        }
        return values;
    }

    private static FittedValue Value(string name, double[] samples, string unit, string prior)
    {
        Array.Sort(samples);
        double median = Quantile(samples, 0.5);
        return prior == "held"
            ? new FittedValue(name, median, 0, 0, unit, prior)
            : new FittedValue(name, median, median - Quantile(samples, 0.158655254), Quantile(samples, 0.841344746) - median, unit, prior);
    }

    private static double Quantile(double[] sorted, double part)
    {
        double at = part * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static string[] Priors(TransitFitOptions options) =>
        [
            options.MidTransitDays?.ToString() ?? "within the data",
            options.RadiusRatio?.ToString() ?? "0 … 0.5",
            options.ScaledSemiMajorAxis?.ToString() ?? "1.5 … 200, uniform in the logarithm",
            options.InclinationDegrees?.ToString() ?? (options.ImpactParameter is null ? "uniform in b" : "derived"),
            options.ImpactParameter?.ToString() ?? (options.InclinationDegrees is null ? "0 … 1 + rp_rs" : "derived"),
            "derived",
            "derived",
            options.PeriodDays.ToString(),
            options.Eccentricity.ToString(),
            options.OmegaDegrees.ToString(),
            options.U1?.ToString() ?? "physical",
            options.U2?.ToString() ?? "physical",
        ];
}
