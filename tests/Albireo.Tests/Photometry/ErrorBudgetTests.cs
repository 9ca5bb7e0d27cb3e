using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;
using Albireo.Tests.Support;

namespace Albireo.Tests.Photometry;

public class ErrorBudgetTests
{
    private const ulong Seed = 20265;

    [Fact]
    public void Total_error_agrees_with_photutils()
    {
        foreach (ReferenceRow row in Reference.Rows("total_error.csv"))
        {
            float[] sigma = new float[1];
            ErrorBudget.TotalError([(float)row["value"]], [(float)row["rms"]], row["gain"], sigma);
            Assert.Equal(row["error"], sigma[0], 3e-7 * row["error"]);
        }
    }

    [Fact]
    public void Total_error_in_lanes_equals_the_definition_to_the_bit_at_every_length()
    {
        var random = new SeededRandom(Seed);
        for (int length = 0; length <= 257; length++)
        {
            float[] image = new float[length];
            float[] rms = new float[length];
            for (int i = 0; i < length; i++)
            {
                image[i] = random.Uniform() < 0.02 ? float.NaN : (float)(100 * random.Normal());
                rms[i] = (float)random.Uniform(0, 20);
            }
            float[] sigma = new float[length];
            ErrorBudget.TotalError(image, rms, 1.7, sigma);
            for (int i = 0; i < length; i++)
            {
                Assert.True(sigma[i].Equals(ErrorBudget.TotalError(image[i], rms[i], 1.7f)), $"{i} of {length}, seed {Seed}");
            }
        }
    }

    [Fact]
    public void Ccd_equation_adds_its_terms()
    {
        var conditions = new NoiseConditions
        {
            AperturePixels = 50,
            SkyElectrons = 100,
            ReadNoiseElectrons = 8,
            DarkElectrons = 4,
            Gain = 6,
            AnnulusPixels = 400,
            SkyEstimator = SkyEstimator.Median,
            FlatRelativeError = 0.001,
            Scintillation = 0.002,
        };
        NoiseTerms terms = ErrorBudget.Ccd(10000, conditions);
        Assert.Equal(10000, terms.Source);
        Assert.Equal(5000, terms.Sky);
        Assert.Equal(200, terms.Dark);
        Assert.Equal(50 * 67, terms.ReadNoise, 1e-9);
        Assert.Equal(Math.PI / 2 * 2500 * 171 / 400, terms.SkyEstimate, 1e-9);
        Assert.Equal(100, terms.Flat, 1e-9);
        Assert.Equal(400, terms.Scintillation, 1e-9);
        Assert.Equal(Math.Sqrt(10000 + 5000 + 200 + 3350 + terms.SkyEstimate + 100 + 400), terms.Sigma, 1e-9);
        Assert.Equal(0, ErrorBudget.Ccd(-5, conditions).Source);
    }

    [Fact]
    public void Scintillation_has_the_published_size()
    {
        // 1 m at 2 000 m, 60 s at the zenith: 0.09 / 100^(2/3) · e^(−1/4) / √120
        Assert.Equal(0.09 / Math.Pow(100, 2.0 / 3) * Math.Exp(-0.25) / Math.Sqrt(120), Scintillation.Young(1, 1, 60, 2000), 1e-12);
        // Osborn et al.: √(10⁻⁵ · 1.5² / 60 · e^(−1/2))
        Assert.Equal(Math.Sqrt(1e-5 * 2.25 / 60 * Math.Exp(-0.5)), Scintillation.Osborn(1, 1, 60, 2000), 1e-12);
        Assert.Equal(Math.Pow(2, 1.75), Scintillation.Young(0.5, 2, 30, 0) / Scintillation.Young(0.5, 1, 30, 0), 1e-12);
        Assert.Equal(Math.Pow(2, 1.5), Scintillation.Osborn(0.5, 2, 30, 0) / Scintillation.Osborn(0.5, 1, 30, 0), 1e-12);
        Assert.InRange(Scintillation.Osborn(0.5, 1, 30, 0) / Scintillation.Young(0.5, 1, 30, 0), 1.4, 1.7);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scintillation.Young(0, 1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scintillation.Young(1, 0.5, 1, 0));
    }

    [Fact]
    public void Relative_noise_enters_the_errors()
    {
        double[] errors = [3, double.NaN];
        ErrorBudget.AddRelative([400, 400], 0.01, errors);
        Assert.Equal(5, errors[0], 1e-12);
        Assert.True(double.IsNaN(errors[1]));
    }

    [Fact]
    public void Magnitudes_and_their_errors()
    {
        Assert.Equal(20, Magnitudes.Of(100, 25), 1e-12);
        Assert.Equal(1.0857362047581294 * 0.02, Magnitudes.ErrorOf(100, 2), 1e-12);
        Assert.True(double.IsNaN(Magnitudes.Of(0)) && double.IsNaN(Magnitudes.Of(-1)) && double.IsNaN(Magnitudes.ErrorOf(-1, 1)));
    }

    /// <summary>
    /// Stars of three brightnesses on a noisy sky, each measured with three local skies: flux minus the noise-free sum in the same aperture,
    /// over the stated error, must have width 1 in every bin of brightness and radius.
    /// </summary>
    [Theory]
    [InlineData(30000)]
    [InlineData(3000)]
    [InlineData(200)]
    public void Pulls_have_width_one(double starElectrons)
    {
        const int Side = 31;
        const int Trials = 10000;
        const double Gain = 1.8;
        const double ReadNoise = 6;
        const double Sky = 180;
        double[] radii = [2, 4.5, 8];
        SkyEstimator[] estimators = [SkyEstimator.Mean, SkyEstimator.Median, SkyEstimator.Mode];
        var random = new SeededRandom(Seed + (ulong)starElectrons);
        SkyAnnulus[] annuli = [.. estimators.Select(e => new SkyAnnulus(9, 15, e, new ClipOptions()))];
        var image = new Image(Side, Side);
        var truth = new Image(Side, Side);
        var sigma = new Image(Side, Side);
        double[] flux = new double[3];
        double[] error = new double[3];
        double[] expected = new double[3];
        double[] ignored = new double[3];
        double[,] sum = new double[estimators.Length, 3];
        double[,] squares = new double[estimators.Length, 3];
        PixelPosition[] star = new PixelPosition[1];
        for (int trial = 0; trial < Trials; trial++)
        {
            if (trial % 100 == 0)
            {
                // A new position within the pixel; the noise-free picture is made once for a hundred realisations.
                star[0] = new PixelPosition(15 + random.Uniform(-0.5, 0.5), 15 + random.Uniform(-0.5, 0.5));
                for (int i = 0; i < truth.Pixels.Length; i++)
                {
                    double dx = (i % Side) - star[0].X;
                    double dy = (i / Side) - star[0].Y;
                    truth.Pixels[i] = (float)(starElectrons / (2 * Math.PI * 2) * Math.Exp(-((dx * dx) + (dy * dy)) / 4) / Gain);
                }
                Measure(truth, null, star, radii, null, expected, ignored);
            }
            for (int i = 0; i < image.Pixels.Length; i++)
            {
                double electrons = random.Poisson((truth.Pixels[i] * Gain) + Sky) + (ReadNoise * random.Normal());
                image.Pixels[i] = (float)(electrons / Gain);
                sigma.Pixels[i] = (float)(Math.Sqrt(Math.Max(electrons, 0) + (ReadNoise * ReadNoise)) / Gain);
            }
            for (int e = 0; e < estimators.Length; e++)
            {
                Measure(image, sigma, star, radii, annuli[e], flux, error);
                for (int k = 0; k < 3; k++)
                {
                    double pull = (flux[k] - expected[k]) / error[k];
                    sum[e, k] += pull;
                    squares[e, k] += pull * pull;
                }
            }
        }
        for (int e = 0; e < estimators.Length; e++)
        {
            for (int k = 0; k < 3; k++)
            {
                double mean = sum[e, k] / Trials;
                double width = Math.Sqrt((squares[e, k] / Trials) - (mean * mean));
                string which = $"{starElectrons} electrons, r {radii[k]}, {estimators[e]}, seed {Seed}: pulls {mean:F3} ± {width:F4}";
                TestContext.Current.TestOutputHelper?.WriteLine(which);
                Assert.True(width is > 0.98 and < 1.02, which);
                // A Poisson sky is skewed: its median lies below its mean, and 3 · median − 2 · mean lower still, so only the mean is unbiased.
                Assert.True(estimators[e] != SkyEstimator.Mean || Math.Abs(mean) < 0.05, which);
            }
        }
    }

    private static void Measure(
        Image image,
        Image? sigma,
        PixelPosition[] star,
        double[] radii,
        SkyAnnulus? annulus,
        double[] flux,
        double[] error
    ) =>
        AperturePhotometry.Measure(
            image,
            null,
            sigma,
            null,
            star,
            radii,
            annulus,
            flux,
            error,
            new float[1],
            new float[1],
            new float[1],
            new FluxQuality[1]
        );
}
