using Albireo.Science.Transits;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>1000 points of HAT-P-32 b, 600 of them in transit: at most 100 µs a call on one core.</summary>
public class TransitModelBenchmarks
{
    private readonly double[] times = new double[1000];
    private readonly double[] flux = new double[1000];

    private readonly TransitParameters planet = new()
    {
        PeriodDays = 2.1500082,
        MidTransitDays = 0.7125,
        RadiusRatio = 0.1508,
        ScaledSemiMajorAxis = 6.05,
        InclinationDegrees = 88.9,
        LimbDarkening = new LimbDarkening(0.35, 0.25),
    };

    [GlobalSetup]
    public void Prepare()
    {
        double duration = planet.DurationDays;
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = planet.MidTransitDays + (duration / 0.6 * ((i + 0.5 - 500) / 1000));
        }
    }

    [Benchmark]
    public double ThousandPoints()
    {
        TransitModel.Flux(planet, times, flux);
        return flux[500];
    }

    [Benchmark]
    public double ThousandExposuresOfOneMinute()
    {
        TransitModel.Flux(planet, times, 60 / 86400.0, flux);
        return flux[500];
    }
}
