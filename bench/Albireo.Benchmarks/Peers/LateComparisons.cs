namespace Albireo.Benchmarks.Peers;

/// <summary>What follows the last pixel, against bounds of its own: whole commands, and the transit model in a warm process.</summary>
internal static class LateComparisons
{
    public static IEnumerable<Comparison> All(string albireo, string shared, string work)
    {
        yield return Curve(albireo, work);
        yield return Fit(albireo, shared, work);
        yield return Model();
    }

    /// <summary>Comparisons chosen and weighted, best aperture, curve, plots, report of 500 frames × 500 stars × 32 apertures.</summary>
    private static Comparison Curve(string albireo, string work)
    {
        string output = Path.Combine(work, "large");
        var made = new Lazy<bool>(() =>
        {
            LargeObservation.WriteTo(output);
            return true;
        });
        return new Comparison(
            "curve",
            "the bound of 1 s",
            1,
            null,
            () => made.Value ? Timed.Run(albireo, ["curve", "-o", output, "--quiet"]) : throw new InvalidOperationException(),
            () => Bound(1)
        );
    }

    /// <summary>hatp32 with Gaussian priors on axis, inclination and limb darkening, to 50 autocorrelation times.</summary>
    private static Comparison Fit(string albireo, string shared, string work)
    {
        string night = Path.Combine(shared, "data", "hatp32");
        string output = Path.Combine(work, "to-fit");
        var reduced = new Lazy<bool>(() =>
            Timed
                .Run(
                    albireo,
                    (string[])
                        [
                            .. "reduce --target 424,286 --comparison 465,183 --comparison 512,263 --no-calibrated --quiet".Split(' '),
                            .. "--sky 02:04:10.278,+46:41:16.2 --site 31.68,-110.88,2344".Split(' '),
                            night,
                            "-o",
                            output,
                        ]
                )
                .ExitCode == 0
        );
        string[] words =
        [
            .. "fit --quiet --period 2.1500082 --t0 2458107.7109 --tc-window 30 --a-rs 6.05,0.04".Split(' '),
            .. "--inclination 88.9,0.4 --u1 0.35,0.1 --u2 0.28,0.1 -o".Split(' '),
            output,
        ];
        return new Comparison(
            "fit",
            "the bound of 10 s",
            1,
            Directory.Exists(night) ? null : $"{night} is not there",
            () => reduced.Value ? Timed.Run(albireo, words) : throw new InvalidOperationException("hatp32 cannot be reduced"),
            () => Bound(10)
        );
    }

    /// <summary>1000 points, 600 of them in transit, each at its instant.</summary>
    private static Comparison Model()
    {
        const int calls = 2000;
        var benchmark = new TransitModelBenchmarks();
        benchmark.Prepare();
        return new Comparison(
            "transit",
            "the bound of 100 µs",
            1,
            null,
            () =>
            {
                Timed all = Timed.InProcess(() =>
                {
                    for (int i = 0; i < calls; i++)
                    {
                        benchmark.ThousandPoints();
                    }
                });
                return all with { Seconds = all.Seconds / calls, ProcessorSeconds = all.ProcessorSeconds / calls };
            },
            () => Bound(1e-4)
        );
    }

    private static Timed Bound(double seconds) => new(seconds, seconds, double.NaN, 0);
}
