using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Psf;
using Albireo.Tests.Detection;

namespace Albireo.Tests.Psf;

public class EmpiricalPsfTests
{
    [Fact]
    public void Profile_of_a_frame_is_recovered_and_centres_with_it_are_true()
    {
        var field = new StarField(640, 640, seed: 31, sky: 100);
        for (int i = 0; i < 100; i++)
        {
            field.Moffat(
                40 + (62 * (i % 10)) + field.Random.Uniform(-5, 5),
                40 + (62 * (i / 10)) + field.Random.Uniform(-5, 5),
                40_000 * Math.Pow(5, field.Random.Uniform()),
                2.6,
                2.2,
                40,
                3
            );
        }
        Image clean = new(640, 640, field.Image.Pixels.ToArray());
        field.Noise(3, gain: 5);
        Source[] sources = SegmentFinder.Find(field.Image, 100, 3, new DetectionOptions());
        Source[] stars = PsfStars.Isolated(sources, field.Image, 10);
        Assert.InRange(stars.Length, 95, 100);
        EmpiricalPsf? psf = EmpiricalPsfBuilder.Build(field.Image, null, stars, 8, 4, out string reason);
        Assert.True(psf is not null, reason);
        Assert.Equal(4, psf.Oversampling);

        // Against the noise-free frame: what the profile predicts for each star, pixel by pixel.
        double worst = 0;
        double squares = 0;
        int count = 0;
        foreach ((double x, double y, double flux) in field.Stars)
        {
            var options = new PsfFitOptions { RadiusPixels = 6 };
            PsfPositionFit fit = PsfFitter.FitPosition(clean, null, psf, new PixelPosition(Math.Round(x), Math.Round(y)), options);
            Assert.True(fit.Converged);
            worst = Math.Max(worst, Math.Max(Math.Abs(fit.X - x), Math.Abs(fit.Y - y)));
            squares += Math.Pow(fit.X - x, 2) + Math.Pow(fit.Y - y, 2);
            count += 2;
            Assert.InRange(fit.Flux / flux, 0.9, 1.02);
        }
        Assert.True(worst < 0.02, $"worst centre {worst:F4}, seed {field.Seed}");
        Assert.True(Math.Sqrt(squares / count) < 0.006, $"rms {Math.Sqrt(squares / count):F4}");
        // Pixels widen the profile: FWHM² grows by about 8 ln 2 / 12.
        Assert.Equal(Math.Sqrt((2.6 * 2.2) + 0.46), psf.Fwhm, 0.12);
        Assert.Equal(40, psf.AngleDegrees, 8.0);
    }

    [Fact]
    public void Grid_values_and_slopes_are_those_of_the_function_sampled()
    {
        var truth = new GaussianPsf(3, 2.4, 30);
        const int Oversampling = 4;
        const int Side = 81;
        var grid = new double[Side * Side];
        for (int i = 0; i < grid.Length; i++)
        {
            grid[i] = truth.At(((i % Side) - 40) / 4.0, ((i / Side) - 40) / 4.0);
        }
        var psf = new EmpiricalPsf(grid, Side, Oversampling);
        for (double d = -4; d < 4; d += 0.13)
        {
            Assert.Equal(truth.At(d, 0.3 * d, out double sx, out double sy), psf.At(d, 0.3 * d, out double px, out double py), 4e-4);
            Assert.Equal(sx, px, 4e-3);
            Assert.Equal(sy, py, 4e-3);
        }
        Assert.Equal(3, psf.FwhmMajor, 0.02);
        Assert.Equal(2.4, psf.FwhmMinor, 0.02);
        Assert.Equal(30, psf.AngleDegrees, 1.0);
        Assert.Equal(0, psf.At(50, 0));
        Assert.All([1e300, -1e300, double.NaN, double.PositiveInfinity], far => Assert.Equal(0, psf.At(far, 0)));
        var winged = new EmpiricalPsf(grid, Side, Oversampling, new MoffatPsf(3, 2.4, 30, 3));
        Assert.Equal(new MoffatPsf(3, 2.4, 30, 3).At(20, 3), winged.At(20, 3), 1e-15);
        Assert.True(winged.At(0, 0) < psf.At(0, 0)); // some of its light is in the wings
        Assert.Throws<ArgumentException>(() => new EmpiricalPsf(new double[9], 3, 1));
    }

    [Fact]
    public void Too_few_stars_are_a_reason()
    {
        StarField field = new StarField(100, 100, seed: 2).Gaussian(50, 50, 9000, 3).Noise(1);
        Source[] stars = SegmentFinder.Find(field.Image, 0, 1, new DetectionOptions());
        Assert.Null(EmpiricalPsfBuilder.Build(field.Image, null, stars, 6, 4, out string reason));
        Assert.Contains("3 are needed", reason);
    }

    [Fact]
    public void Neighbours_and_flags_spoil_a_star()
    {
        StarField field = new StarField(200, 100, seed: 3)
            .Gaussian(50, 50, 9000, 3)
            .Gaussian(60, 52, 3000, 3)
            .Gaussian(120, 50, 9000, 3)
            .Gaussian(196, 50, 9000, 3)
            .Noise(1);
        Source[] sources = SegmentFinder.Find(field.Image, 0, 1, new DetectionOptions());
        Source star = Assert.Single(PsfStars.Isolated(sources, field.Image, 8));
        Assert.Equal(120, star.X, 0.1);
    }

    [Fact]
    public void Median_of_cutouts_has_sum_one_and_leaves_an_outlier_out()
    {
        var field = new StarField(300, 60, seed: 4, sky: 20);
        for (int i = 0; i < 9; i++)
        {
            field.Gaussian(20 + (30 * i), 30, 5000 * (i + 1), 3);
        }
        field.Image[22 + 30, 25] += 5000;
        field.Noise(0.5);
        Source[] sources = SegmentFinder.Find(field.Image, 20, 0.5, new DetectionOptions());
        Image? median = MedianPsf.Make(field.Image, (_, _) => 20, sources);
        Assert.NotNull(median);
        Assert.Equal(1, median.Pixels.ToArray().Sum(), 0.02f);
        Assert.Equal(new GaussianPsf(3.08, 3.08).At(0, 0), median[10, 10], 0.004);
        Assert.Null(MedianPsf.Make(field.Image, (_, _) => 20, []));
    }
}
