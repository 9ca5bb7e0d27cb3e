using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.LightCurves;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>Weights and curves of 500 frames × 500 stars × 32 apertures, and the stage <c>curve</c> on them: less than a second.</summary>
public class EnsembleBenchmarks
{
    private const int Frames = LargeObservation.Frames;
    private const int Stars = LargeObservation.Stars;

    private FluxTable? table;
    private StarFluxes[] apertures = [];

    [GlobalSetup]
    public void Prepare()
    {
        table = LargeObservation.Table();
        apertures = [.. Enumerable.Range(0, LargeObservation.Apertures).Select(a => BuildLightCurve.Fluxes(table, a))];
    }

    /// <summary>Comparisons chosen, weighted, and the best aperture found.</summary>
    [Benchmark]
    public double CurveOfChosenStars() => BuildLightCurve.Run(table!, new Recipe(), RunLog.None)!.PointToPointScatter;

    [Benchmark]
    public double WeightsAndCurves()
    {
        int[] stars = [.. Enumerable.Range(1, Stars - 1)];
        int[] frames = [.. Enumerable.Range(0, Frames)];
        double best = double.PositiveInfinity;
        foreach (StarFluxes fluxes in apertures)
        {
            EnsembleWeights weights = BroegEnsemble.Weigh(fluxes, stars, frames);
            DifferentialCurve curve = DifferentialPhotometry.Ensemble(fluxes, 0, stars, weights.FluxWeights()).NormalisedByMedian();
            best = Math.Min(best, curve.PointToPointScatter());
        }
        return best;
    }
}
