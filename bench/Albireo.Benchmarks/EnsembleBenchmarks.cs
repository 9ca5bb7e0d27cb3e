using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using Albireo.Science.Time;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>Weights and curves of 500 frames × 500 stars × 32 apertures, and the stage <c>curve</c> on them: less than a second.</summary>
public class EnsembleBenchmarks
{
    private const int Frames = 500;
    private const int Stars = 500;
    private const int Apertures = 32;

    private FluxTable? table;
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
        table = Table();
    }

    /// <summary>Comparisons chosen, weighted, and the best aperture found.</summary>
    [Benchmark]
    public double CurveOfChosenStars() => BuildLightCurve.Run(table!, new Recipe(), RunLog.None)!.PointToPointScatter;

    private FluxTable Table()
    {
        FrameRow[] rows =
        [
            .. Enumerable
                .Range(0, Frames)
                .Select(i => new FrameRow
                {
                    Info = new FrameInfo { Path = $"f{i}", Name = $"f{i}" },
                    MidUtc = new JulianDate(2459000, 0.001 * i, TimeScale.Utc),
                }),
        ];
        Star[] stars =
        [
            .. Enumerable
                .Range(0, Stars)
                .Select(s => new Star(s, 20 * (s % 50), 40 * (s / 50)) { Role = s == 0 ? StarRole.Target : StarRole.Field }),
        ];
        var filled = new FluxTable(rows, stars, [.. Enumerable.Range(1, Apertures).Select(a => (double)a)])
        {
            RadiusUnit = "pixel",
            AnnulusInner = 40,
            AnnulusOuter = 50,
            FluxUnit = "adu",
        };
        for (int f = 0; f < Frames; f++)
        {
            for (int a = 0; a < Apertures; a++)
            {
                apertures[a].Flux.AsSpan(f * Stars, Stars).CopyTo(filled.Flux.AsSpan(filled.At(f, a, 0)));
                apertures[a].Error.AsSpan(f * Stars, Stars).CopyTo(filled.FluxError.AsSpan(filled.At(f, a, 0)));
            }
        }
        return filled;
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
