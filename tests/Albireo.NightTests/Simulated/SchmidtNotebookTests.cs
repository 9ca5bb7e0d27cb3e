using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Samples;
using Albireo.Science.LightCurves;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Simulated;

/// <summary>The Schmidt notebook from raw frames to its final plot and statistics.</summary>
public sealed class SchmidtNotebookTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    [Fact]
    public void It_ends_with_plot_and_statistics()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var words = new StringWriter { NewLine = "\n" };
        ReductionResult result = SchmidtNotebook.Run(scratch.Path, words, cancellation);
        ObservationResult observation = Assert.Single(result.Observations);
        LightCurve curve = observation.Curve!;
        Assert.Equal(4, curve.Aperture);
        Assert.Equal([1.0], curve.Weights);
        Assert.Equal(40, curve.Used.Count(u => u));
        Assert.Contains("validation + 0.08", File.ReadAllText(scratch.At("final.svg")), StringComparison.Ordinal);
        Assert.StartsWith("check star: 2.5 log10(check/ensemble) mean ", words.ToString(), StringComparison.Ordinal);
        Assert.InRange(observation.Curve!.RelativeFlux.Min(), 0.965, 0.985);

        // sigma_clipped_stats(2.5 log10(V/C), 3 sigma, 3 rounds), written out: median centre, standard deviation over n.
        FluxTable table = observation.Fluxes;
        int check = curve.Check!.Value;
        double[] values =
        [
            .. Enumerable
                .Range(0, table.Frames.Count)
                .Select(f => 2.5 * Math.Log10(table.Flux[table.At(f, 4, check)] / table.Flux[table.At(f, 4, curve.Comparisons[0])]))
                .Where(double.IsFinite),
        ];
        for (int round = 0; round < 3; round++)
        {
            double median = SeriesStatistics.Median(values);
            double sigma = SeriesStatistics.StandardDeviation(values);
            values = [.. values.Where(v => Math.Abs(v - median) <= 3 * sigma)];
        }
        CurveStatistics statistics = CurveStatistics.Of(table, curve, fit: null);
        Assert.Equal(values.Length, statistics.CheckMagnitude.Count);
        Assert.Equal(values.Average(), statistics.CheckMagnitude.Mean, 1e-6);
        Assert.Equal(SeriesStatistics.Median(values), statistics.CheckMagnitude.Median, 1e-6);
        Assert.Equal(SeriesStatistics.StandardDeviation(values), statistics.CheckMagnitude.StandardDeviation, 1e-6);

        // compat dates points by the start of the exposure: half a minute earlier.
        string right = File.ReadAllText(Path.Combine(result.Output, "lightcurve.csv"));
        var late = new CurveRequest
        {
            Output = result.Output,
            Settings = [.. RecipeFile.Load("schmidt"), Setting.Parse("compat=true", "--set")],
        };
        ObservationResult compat = LateStages.Curve(late, IRunObserver.None, cancellation);
        double early = compat.Fluxes.Frames[3].MidUtc!.Value.Value - table.Frames[3].MidUtc!.Value.Value;
        Assert.Equal(-30, early * 86400, 0.01);
        Assert.NotEqual(right, File.ReadAllText(Path.Combine(result.Output, "lightcurve.csv")));
        Assert.Equal(0, CurveTimeOf(result.Output, "mid", cancellation).CompareTo(right));
    }

    private static string CurveTimeOf(string output, string time, CancellationToken cancellation)
    {
        var back = new CurveRequest
        {
            Output = output,
            Settings =
            [
                Setting.Parse("compat=false", "--set"),
                Setting.Parse($"curve.time={time}", "--set"),
                Setting.Parse("curve.level-from=none", "--set"),
            ],
        };
        LateStages.Curve(back, IRunObserver.None, cancellation);
        return File.ReadAllText(Path.Combine(output, "lightcurve.csv"));
    }

    public void Dispose() => scratch.Dispose();
}
