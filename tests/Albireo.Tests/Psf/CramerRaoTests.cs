using Albireo.Pipeline.Runs;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Psf;

namespace Albireo.Tests.Psf;

/// <summary>Centres by PSF fit reach the least scatter that any unbiased estimate can have (Cramér 1946, Rao 1945).</summary>
public class CramerRaoTests
{
    private const int Trials = 300;

    [Theory]
    [InlineData(1.5, 3, 2.5)]
    [InlineData(3, 4, 3.2)]
    [InlineData(8, 7.5, 5)]
    public void Scatter_is_within_a_tenth_of_the_bound(double beta, double major, double minor)
    {
        var psf = new MoffatPsf(major, minor, 25, beta);
        double[] levels = [5, 8, 12, 20, 100, 1000];
        var found = new (double Ratio, int Lost)[levels.Length];
        Workers.Bands(Environment.ProcessorCount).Run(levels.Length, 1, (_, i, _) => found[i] = Scatter(psf, levels[i]));
        foreach ((double signalToNoise, (double ratio, int lost)) in levels.Zip(found))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"β {beta}, S/N {signalToNoise}: {ratio:F3} of the bound, {lost} lost");
            Assert.True(ratio > 0.92 && ratio < 1.10, $"β {beta}, S/N {signalToNoise}: {ratio:F3} of the bound, {lost} lost, seed 77");
            Assert.True(lost <= (signalToNoise < 10 ? 0.02 : 0) * Trials, $"{lost} lost at S/N {signalToNoise}");
        }
    }

    [Fact]
    public void On_the_stars_that_prose_trains_its_network_on_no_estimator_does_better()
    {
        // 15 × 15 pixels, β 1–8 (above 1, for a finite flux), FWHM 2.5–7.5, one axis 0.5–1.5 times the other, noise up to 10 % of the peak.
        const int half = 7;
        const int Stars = 1500;
        var random = new SeededRandom(78);
        (double sum, double bound, double distance) = (0, 0, 0);
        for (int k = 0; k < Stars; k++)
        {
            double width = random.Uniform(2.5, 7.5);
            double ratio = random.Uniform(0.5, 1.5);
            double beta = random.Uniform(1.05, 8);
            var psf = new MoffatPsf(Math.Max(width, width * ratio), Math.Min(width, width * ratio), random.Uniform(-90, 90), beta);
            (double x, double y) = (half + random.Uniform(-0.5, 0.5), half + random.Uniform(-0.5, 0.5));
            double noise = random.Uniform(0.001, 0.1) * psf.At(0, 0);
            PsfPositionFit fit = FitNoisy(psf, half, new PixelPosition(x, y), 1, noise, random);
            Assert.True(fit.Converged, $"star {k}, seed 78");
            double square = Math.Pow(fit.X - x, 2) + Math.Pow(fit.Y - y, 2);
            (_, double xx, double yy, double xy) = Information(psf, half, x, y);
            sum += square;
            distance += Math.Sqrt(square) / Stars;
            bound += noise * noise * (xx + yy) / ((xx * yy) - (xy * xy));
        }
        double scatter = Math.Sqrt(sum / bound);
        string seen =
            $"rms {Math.Sqrt(sum / Stars):F4}, mean square {sum / Stars:F5}, mean distance {distance:F4} pixels; {scatter:F3} of the bound";
        TestContext.Current.TestOutputHelper?.WriteLine(seen);
        Assert.True(scatter is > 0.93 and < 1.06, seen);
        Assert.True(sum / Stars < 0.03, seen);
    }

    /// <summary>The scatter of the fitted centres over the bound, and how many stars were lost.</summary>
    private static (double Ratio, int Lost) Scatter(MoffatPsf psf, double signalToNoise)
    {
        int half = (int)Math.Ceiling(2.5 * psf.FwhmMajor);
        const double Noise = 10;
        var random = SeededRandom.Child(77, (ulong)signalToNoise);
        double sum = 0;
        double bound = 0;
        int lost = 0;
        for (int i = 0; i < Trials; i++)
        {
            (double x, double y) = (half + random.Uniform(-0.5, 0.5), half + random.Uniform(-0.5, 0.5));
            (double fluxUnit, double xx, double yy, double xy) = Information(psf, half, x, y);
            double flux = signalToNoise * Noise / Math.Sqrt(fluxUnit);
            PsfPositionFit fit = FitNoisy(psf, half, new PixelPosition(x, y), flux, Noise, random);
            if (!fit.Converged)
            {
                lost++;
                continue;
            }
            sum += Math.Pow(fit.X - x, 2) + Math.Pow(fit.Y - y, 2);
            // Trace of the inverse of the information about (x, y): flux and centre do not mix for a symmetric profile.
            bound += Noise * Noise / (flux * flux) * (xx + yy) / ((xx * yy) - (xy * xy));
        }
        return (Math.Sqrt(sum / bound), lost);
    }

    /// <summary>A star that was drawn with noise and then fitted, from the middle of its picture on.</summary>
    private static PsfPositionFit FitNoisy(MoffatPsf psf, int half, PixelPosition star, double flux, double noise, SeededRandom random)
    {
        Image image = PsfFitterTests.Draw(psf, (2 * half) + 1, star.X, star.Y, flux, 0);
        foreach (ref float pixel in image.Pixels)
        {
            pixel += (float)(noise * random.Normal());
        }
        var options = new PsfFitOptions
        {
            RadiusPixels = half,
            Noise = noise,
            Sky = 0,
            MaximumShiftPixels = 0.75 * Math.Sqrt(psf.FwhmMajor * psf.FwhmMinor), // measure.maximum-shift
        };
        return PsfFitter.FitPosition(image, null, psf, new PixelPosition(half, half), options);
    }

    // Sums over pixels of profile² and of products of its slopes, by finite differences.
    private static (double Flux, double Xx, double Yy, double Xy) Information(PsfModel psf, int half, double x, double y)
    {
        const double H = 1e-4;
        (double flux, double xx, double yy, double xy) = (0, 0, 0, 0);
        for (int j = 0; j <= 2 * half; j++)
        {
            for (int i = 0; i <= 2 * half; i++)
            {
                if (((i - half) * (i - half)) + ((j - half) * (j - half)) > half * half)
                {
                    continue;
                }
                double value = psf.At(i - x, j - y);
                double slopeX = (psf.At(i - x + H, j - y) - psf.At(i - x - H, j - y)) / (2 * H);
                double slopeY = (psf.At(i - x, j - y + H) - psf.At(i - x, j - y - H)) / (2 * H);
                flux += value * value;
                xx += slopeX * slopeX;
                yy += slopeY * slopeY;
                xy += slopeX * slopeY;
            }
        }
        return (flux, xx, yy, xy);
    }
}
