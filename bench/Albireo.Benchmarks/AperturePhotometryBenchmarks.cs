using Albireo.Science.Images;
using Albireo.Science.Photometry;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>
/// 10 000 stars × 10 exact apertures (3 … 25 pixels) on 4096². Peers: bench/peers/kernels.py (SEP 0.82 s, photutils 3.6 s on
/// the machine that performance figures were first taken on).
/// </summary>
public class AperturePhotometryBenchmarks
{
    private static readonly double[] Radii = [3, 4, 5, 6, 8, 10, 12, 15, 20, 25];
    private readonly ApertureOptions options = new();
    private Image image = null!;
    private Image sigma = null!;
    private PixelPosition[] stars = null!;
    private double[] flux = null!;
    private double[] error = null!;
    private float[] sky = null!;
    private float[] rms = null!;
    private float[] peak = null!;
    private FluxQuality[] flags = null!;

    [GlobalSetup]
    public void Setup()
    {
        (image, stars) = SyntheticFrames.StarField(4096, 10_000);
        sigma = new Image(4096, 4096);
        ErrorBudget.TotalError(image.Pixels, image.Pixels, 2, sigma.Pixels);
        flux = new double[stars.Length * Radii.Length];
        error = new double[flux.Length];
        sky = new float[stars.Length];
        rms = new float[stars.Length];
        peak = new float[stars.Length];
        flags = new FluxQuality[stars.Length];
    }

    [Benchmark(Baseline = true)]
    public void Sums() => Measure(null, null);

    [Benchmark]
    public void SumsAndErrors() => Measure(sigma, null);

    [Benchmark]
    public void SumsErrorsAndLocalSky() => Measure(sigma, new SkyAnnulus(28, 38));

    /// <summary>The definition: every pixel of every circle with its closed-form area.</summary>
    [Benchmark]
    public double Definition()
    {
        using var box = new ApertureBox(image, null, null, null, 25, options);
        double all = 0;
        foreach (PixelPosition star in stars)
        {
            box.Load(star, 25);
            foreach (double radius in Radii)
            {
                all += CircleSum.OverPixels(box, radius, FluxErrorRule.FractionSquared).Sum;
            }
        }
        return all;
    }

    private void Measure(Image? uncertainty, SkyAnnulus? annulus) =>
        AperturePhotometry.Measure(image, null, uncertainty, null, stars, Radii, annulus, flux, error, sky, rms, peak, flags, options);
}
