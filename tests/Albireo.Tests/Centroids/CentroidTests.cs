using Albireo.Science.Centroids;
using Albireo.Science.Images;
using Albireo.Science.Psf;
using Albireo.Tests.Detection;

namespace Albireo.Tests.Centroids;

public class CentroidTests
{
    public static TheoryData<CentroidMethod, double> Methods =>
        new()
        {
            { CentroidMethod.Moments, 0.03 },
            { CentroidMethod.Windowed, 0.002 },
            { CentroidMethod.Quadratic, 0.12 },
            { CentroidMethod.Gaussian, 0.001 },
            { CentroidMethod.Psf, 0.003 },
        };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Centre_is_found_wherever_on_a_pixel_the_star_lies(CentroidMethod method, double tolerance)
    {
        CentroidRefiner refiner = Refiner(method, 3.2);
        for (int i = 0; i < 25; i++)
        {
            double x = 20 + (0.2 * (i % 5)) - 0.41;
            double y = 20 + (0.2 * (i / 5)) - 0.37;
            StarField field = new StarField(41, 41, seed: 1, sky: 100).Gaussian(x, y, 20_000, 3);
            Centroid c = refiner.Refine(field.Image, 100, new PixelPosition(20.4, 19.8));
            Assert.True(c.Converged);
            Assert.True(Math.Abs(c.X - x) < tolerance && Math.Abs(c.Y - y) < tolerance, $"{method}: ({x}, {y}) at {c}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_bright_neighbour_is_never_stepped_to(CentroidMethod method, double tolerance)
    {
        CentroidRefiner refiner = Refiner(method, 3);
        for (double distance = 3; distance < 9; distance += 0.5)
        {
            StarField field = new StarField(41, 41, seed: 1).Gaussian(20, 20, 1000, 3).Gaussian(20 + distance, 20, 50_000, 3);
            var start = new PixelPosition(20.3, 20.1);
            Centroid c = refiner.Refine(field.Image, 0, start);
            double moved = Math.Sqrt(Math.Pow(c.X - start.X, 2) + Math.Pow(c.Y - start.Y, 2));
            Assert.True(moved <= refiner.MaximumShiftPixels + 1e-9, $"{method} at {distance}: {c} (tolerance {tolerance})");
            if (!c.Converged)
            {
                Assert.Equal((start.X, start.Y), (c.X, c.Y));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Undefined_and_masked_pixels_are_left_out(CentroidMethod method, double tolerance)
    {
        StarField field = new StarField(41, 41, seed: 1, sky: 100).Gaussian(20.1, 19.9, 20_000, 3);
        field.Image[23, 20] = float.NaN;
        field.Image[18, 21] = 1e6f;
        var mask = new PixelMask(41, 41);
        mask[18, 21] = PixelQuality.BadPixel;
        Centroid c = Refiner(method, 3).Refine(field.Image, 100, new PixelPosition(20, 20), mask);
        Assert.True(c.Converged);
        // Fits do not care; sums over pixels lose what the missing ones held.
        double allowed = method is CentroidMethod.Gaussian or CentroidMethod.Psf or CentroidMethod.Quadratic ? 3 * tolerance : 0.35;
        Assert.True(Math.Abs(c.X - 20.1) < allowed && Math.Abs(c.Y - 19.9) < allowed, $"{method}: {c}");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_there_is_no_star_the_start_is_kept_or_hardly_left(CentroidMethod method, double tolerance)
    {
        CentroidRefiner refiner = Refiner(method, 3);
        var nan = new Image(41, 41);
        nan.Pixels.Fill(float.NaN);
        var constant = new Image(41, 41);
        constant.Pixels.Fill(50);
        var far = new PixelPosition(-30, 70);
        foreach (Image image in (Image[])[nan, constant, new StarField(41, 41, seed: 3, sky: 50).Noise(5).Image])
        {
            Assert.Equal(new Centroid(-30, 70, false), refiner.Refine(image, 50, far));
            Centroid c = refiner.Refine(image, 50, new PixelPosition(20, 20));
            Assert.True(Math.Abs(c.X - 20) <= 2 && Math.Abs(c.Y - 20) <= 2, $"{method}: {c}, {tolerance}");
        }
        Assert.False(refiner.Refine(nan, 50, new PixelPosition(20, 20)).Converged);
        Assert.False(refiner.Refine(constant, 50, new PixelPosition(20, 20)).Converged);
    }

    private static CentroidRefiner Refiner(CentroidMethod method, double fwhm) => new(method, fwhm, 2, new GaussianPsf(3.07, 3.07));
}
