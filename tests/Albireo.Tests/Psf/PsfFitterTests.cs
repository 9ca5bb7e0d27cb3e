using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Psf;
using Albireo.Tests.Detection;

namespace Albireo.Tests.Psf;

public class PsfFitterTests
{
    public static TheoryData<double, double, double, double> Shapes =>
        new()
        {
            { 2.6, 2.5, 0, 1.6 },
            { 4, 3, 30, 2.5 },
            { 5, 2.5, -70, 4 },
            { 7.5, 5, 90, 7.5 },
            { 3, 2, 135, 3 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Models_have_unit_flux_their_width_and_true_slopes(double major, double minor, double angle, double beta)
    {
        foreach (PsfModel psf in (PsfModel[])[new GaussianPsf(major, minor, angle), new MoffatPsf(major, minor, angle, beta)])
        {
            double sum = 0;
            const int Radius = 400;
            for (int y = -Radius; y <= Radius; y++)
            {
                for (int x = -Radius; x <= Radius; x++)
                {
                    sum += psf.At(x, y);
                }
            }
            // A Moffat profile with a small exponent keeps light far out: (1 + (R/a)²)^(1−β) of it.
            double k = 2 * Math.Sqrt(Math.Pow(2, 1 / beta) - 1);
            double outside = psf is MoffatPsf ? Math.Pow(1 + Math.Pow(Radius * k / major, 2), 1 - beta) : 0;
            Assert.Equal(1, sum, 0.003 + (1.5 * outside));
            (double c, double s) = (Math.Cos(angle * Math.PI / 180), Math.Sin(angle * Math.PI / 180));
            Assert.Equal(psf.At(0, 0) / 2, psf.At(c * major / 2, s * major / 2), 1e-9);
            Assert.Equal(psf.At(0, 0) / 2, psf.At(-s * minor / 2, c * minor / 2), 1e-9);
            const double H = 1e-5;
            double value = psf.At(0.7, -1.3, out double slopeX, out double slopeY);
            Assert.Equal(value, psf.At(0.7, -1.3)); // to the bit
            Assert.Equal((psf.At(0.7 + H, -1.3) - psf.At(0.7 - H, -1.3)) / (2 * H), slopeX, 1e-8);
            Assert.Equal((psf.At(0.7, -1.3 + H) - psf.At(0.7, -1.3 - H)) / (2 * H), slopeY, 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_drawn_profile_is_fitted_exactly(double major, double minor, double angle, double beta)
    {
        var psf = new MoffatPsf(major, minor, angle, beta);
        var image = Draw(psf, 61, 30.3, 29.6, 50_000, 200);
        PsfShapeFit fit = PsfFitter.FitMoffat(image, null, new PixelPosition(30, 30), 4, new PsfFitOptions { RadiusPixels = 15 });
        Assert.True(fit.Converged);
        Assert.Equal(30.3, fit.X, 1e-4);
        Assert.Equal(29.6, fit.Y, 1e-4);
        Assert.Equal(1, fit.Flux / 50_000, 1e-3);
        Assert.Equal(200, fit.Sky, 0.05);
        Assert.Equal(1, fit.FwhmMajor / major, 1e-3);
        Assert.Equal(1, fit.FwhmMinor / minor, 1e-3);
        Assert.Equal(beta, fit.Beta, 0.01 * beta);
        Assert.Equal(1, Math.Abs(Math.Cos((fit.AngleDegrees - angle) * Math.PI / 180)), major - minor < 0.5 ? 0.1 : 1e-4);
        Assert.Equal(fit.FwhmMajor, fit.Model().FwhmMajor, 1e-12);

        var gaussian = new GaussianPsf(major, minor, angle);
        PsfShapeFit g = PsfFitter.FitGaussian(
            Draw(gaussian, 61, 30.3, 29.6, 50_000, 200),
            null,
            new PixelPosition(30, 30),
            4,
            new PsfFitOptions { RadiusPixels = 15 }
        );
        Assert.Equal(1, g.FwhmMajor / major, 1e-4);
        Assert.Equal(1, g.Flux / 50_000, 1e-4);
    }

    [Fact]
    public void Errors_are_those_that_repeated_fits_show()
    {
        var psf = new MoffatPsf(3.5, 3, 20, 3);
        var random = new SeededRandom(91);
        var pulls = new List<double>();
        var fluxPulls = new List<double>();
        for (int i = 0; i < 600; i++)
        {
            (double x, double y) = (15 + random.Uniform(-0.5, 0.5), 15 + random.Uniform(-0.5, 0.5));
            Image image = Draw(psf, 31, x, y, 8000, 100);
            foreach (ref float pixel in image.Pixels)
            {
                pixel += (float)(Math.Sqrt(25 + ((pixel - 100) / 2)) * random.Normal());
            }
            var options = new PsfFitOptions
            {
                RadiusPixels = 9,
                Noise = 5,
                Gain = 2,
            };
            PsfPositionFit fit = PsfFitter.FitPosition(image, null, psf, new PixelPosition(15, 15), options);
            Assert.True(fit.Converged);
            pulls.Add((fit.X - x) / fit.XError);
            pulls.Add((fit.Y - y) / fit.YError);
            fluxPulls.Add((fit.Flux - 8000) / fit.FluxError);
        }
        Assert.Equal(1, Math.Sqrt(pulls.Average(p => p * p)), 0.07);
        Assert.Equal(1, Math.Sqrt(fluxPulls.Average(p => p * p)), 0.1);
        Assert.Equal(0, fluxPulls.Average(), 0.15);
    }

    [Fact]
    public void A_fit_without_a_star_says_so()
    {
        var nan = new Image(30, 30);
        nan.Pixels.Fill(float.NaN);
        Assert.False(PsfFitter.FitMoffat(nan, null, new PixelPosition(15, 15), 3, new PsfFitOptions()).Converged);
        Assert.False(PsfFitter.FitMoffat(new Image(30, 30), null, new PixelPosition(15, 15), 3, new PsfFitOptions()).Converged);
        Assert.False(PsfFitter.FitMoffat(new Image(30, 30), null, new PixelPosition(-9, 15), 3, new PsfFitOptions()).Converged);
        var psf = new GaussianPsf(3, 3);
        Assert.False(PsfFitter.FitPosition(nan, null, psf, new PixelPosition(15, 15), new PsfFitOptions()).Converged);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MoffatPsf(3, 3, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianPsf(0, 3));
    }

    [Fact]
    public void Half_flux_diameter_and_radial_profile_are_those_of_a_Gaussian()
    {
        StarField field = new StarField(61, 61, seed: 1, sky: 10).Gaussian(30.2, 29.7, 100_000, 4);
        var centre = new PixelPosition(30.2, 29.7);
        // Half of a Gaussian's flux lies within half its FWHM; the pixels widen it by 1/12 in variance.
        double widened = Math.Sqrt(16 + (Math.Pow(MatchedFilter.GaussianFwhm, 2) / 6));
        Assert.Equal(widened, HalfFluxDiameter.Of(field.Image, 10, centre, 15), 0.03);
        Assert.True(double.IsNaN(HalfFluxDiameter.Of(field.Image, 1e6, centre, 15)));
        RadialBin[] profile = RadialProfile.Of(field.Image, 10, centre, 10, 0.5);
        double peak = field.Image.Pixels.ToArray().Max() - 10;
        foreach (RadialBin bin in profile)
        {
            double expected = 100_000 * new GaussianPsf(4.058, 4.058).At(bin.RadiusPixels, 0);
            Assert.True(Math.Abs(bin.Value - expected) < 0.02 * peak, $"{bin}, expected {expected}");
        }
        Assert.Equal(profile.OrderBy(b => b.RadiusPixels), profile);
    }

    internal static Image Draw(PsfModel psf, int side, double x, double y, double flux, double sky)
    {
        var image = new Image(side, side);
        for (int j = 0; j < side; j++)
        {
            for (int i = 0; i < side; i++)
            {
                image[i, j] = (float)(sky + (flux * psf.At(i - x, j - y)));
            }
        }
        return image;
    }
}
