using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>Weights and curves of 500 frames × 500 stars × 32 apertures: less than a second on one core.</summary>
public class EnsembleBenchmarks
{
    private const int Frames = 500;
    private const int Stars = 500;
    private const int Apertures = 32;

    private readonly StarFluxes[] apertures = new StarFluxes[Apertures];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new SeededRandom(1);
        double[] levels = [.. Enumerable.Range(0, Stars).Select(_ => Math.Pow(10, random.Uniform(3.5, 5)))];
        for (int a = 0; a < Apertures; a++)
        {
            var flux = new double[Frames * Stars];
            var error = new double[Frames * Stars];
            for (int i = 0; i < flux.Length; i++)
            {
                double level = levels[i % Stars];
                error[i] = Math.Sqrt(level + (100 * a));
                flux[i] = level + (error[i] * random.Normal());
            }
            apertures[a] = new StarFluxes(Frames, Stars, flux, error);
        }
    }

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
