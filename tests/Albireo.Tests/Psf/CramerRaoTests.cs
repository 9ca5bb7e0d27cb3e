using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Psf;

namespace Albireo.Tests.Psf;

/// <summary>Centres by PSF fit reach the least scatter that any unbiased estimate can have (Cramér 1946, Rao 1945).</summary>
public class CramerRaoTests
{
    [Theory]
    [InlineData(1.5, 3, 2.5)]
    [InlineData(3, 4, 3.2)]
    [InlineData(8, 7.5, 5)]
    public void Scatter_is_within_a_tenth_of_the_bound(double beta, double major, double minor)
    {
        var psf = new MoffatPsf(major, minor, 25, beta);
        int half = (int)Math.Ceiling(2.5 * major);
        foreach (double signalToNoise in (double[])[5, 8, 12, 20, 100, 1000])
        {
            const double Noise = 10;
            const int Trials = 300;
            var random = SeededRandom.Child(77, (ulong)signalToNoise);
            double sum = 0;
            double bound = 0;
            int lost = 0;
            for (int i = 0; i < Trials; i++)
            {
                (double x, double y) = (half + random.Uniform(-0.5, 0.5), half + random.Uniform(-0.5, 0.5));
                (double fluxUnit, double xx, double yy, double xy) = Information(psf, half, x, y);
                double flux = signalToNoise * Noise / Math.Sqrt(fluxUnit);
                Image image = PsfFitterTests.Draw(psf, (2 * half) + 1, x, y, flux, 0);
                foreach (ref float pixel in image.Pixels)
                {
                    pixel += (float)(Noise * random.Normal());
                }
                var options = new PsfFitOptions
                {
                    RadiusPixels = half,
                    Noise = Noise,
                    Sky = 0,
                    MaximumShiftPixels = 0.75 * Math.Sqrt(major * minor), // measure.maximum-shift
                };
                PsfPositionFit fit = PsfFitter.FitPosition(image, null, psf, new PixelPosition(half, half), options);
                if (!fit.Converged)
                {
                    lost++;
                    continue;
                }
                sum += Math.Pow(fit.X - x, 2) + Math.Pow(fit.Y - y, 2);
                // Trace of the inverse of the information about (x, y): flux and centre do not mix for a symmetric profile.
                bound += Noise * Noise / (flux * flux) * (xx + yy) / ((xx * yy) - (xy * xy));
            }
            double ratio = Math.Sqrt(sum / bound);
            TestContext.Current.TestOutputHelper?.WriteLine($"β {beta}, S/N {signalToNoise}: {ratio:F3} of the bound, {lost} lost");
            Assert.True(ratio > 0.92 && ratio < 1.10, $"β {beta}, S/N {signalToNoise}: {ratio:F3} of the bound, {lost} lost, seed 77");
            Assert.True(lost <= (signalToNoise < 10 ? 0.02 : 0) * Trials, $"{lost} lost at S/N {signalToNoise}");
        }
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
