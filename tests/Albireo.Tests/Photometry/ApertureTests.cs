using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;
using Albireo.Tests.Support;

namespace Albireo.Tests.Photometry;

public class ApertureTests
{
    private const ulong Seed = 20266;

    [Fact]
    public void Overlaps_agree_with_photutils()
    {
        foreach (ReferenceRow row in Reference.Rows("apertures.csv"))
        {
            bool ellipse = row.Text("shape") == "ellipse";
            Aperture aperture = ellipse
                ? new EllipticalAperture(row["a"], row["b"], row["angle"])
                : new RectangularAperture(row["a"], row["b"], row["angle"]);
            double found = aperture.OverlapOfPixel(row["dx"], row["dy"]);
            // A grid of 1000 × 1000 points knows a rectangle's area to about 1e-3.
            Assert.True(Math.Abs(found - row["overlap"]) < (ellipse ? 1e-9 : 1.5e-3), $"{aperture} at {row["dx"]}, {row["dy"]}: {found}");
        }
    }

    [Fact]
    public void Weights_of_every_shape_add_up_to_its_area()
    {
        var random = new SeededRandom(Seed);
        for (int trial = 0; trial < 60; trial++)
        {
            double a = random.Uniform(0.2, 12);
            double b = random.Uniform(0.2, a);
            double angle = trial % 6 == 0 ? trial % 4 * Math.PI / 2 : random.Uniform(-4, 4);
            Aperture inner = new EllipticalAperture(a / 2, b / 2, angle);
            foreach (
                Aperture aperture in new Aperture[]
                {
                    new CircularAperture(a),
                    new EllipticalAperture(a, b, angle),
                    new RectangularAperture(a, b, angle),
                    new RingAperture(inner, new EllipticalAperture(a, b, angle)),
                }
            )
            {
                (double x, double y) = (random.Uniform(-0.5, 0.5), random.Uniform(-0.5, 0.5));
                double sum = 0;
                for (int row = -14; row <= 14; row++)
                {
                    for (int column = -14; column <= 14; column++)
                    {
                        double f = aperture.OverlapOfPixel(column - x, row - y);
                        sum += f;
                        bool near = Math.Abs(column - x) <= aperture.ReachX + 0.5 && Math.Abs(row - y) <= aperture.ReachY + 0.5;
                        Assert.True(f is >= 0 and <= 1 && (near || f == 0), $"{aperture}: {f} at {column - x}, {row - y}");
                    }
                }
                Assert.True(Math.Abs(sum - aperture.AreaPixels) < 1e-10 * Math.Max(sum, 1), $"{aperture}, seed {Seed}: {sum}");
            }
        }
    }

    [Fact]
    public void A_round_ellipse_is_a_circle_and_an_upright_rectangle_a_product()
    {
        var random = new SeededRandom(Seed);
        for (int trial = 0; trial < 500; trial++)
        {
            double radius = random.Uniform(0.2, 9);
            (double x, double y) = (random.Uniform(-9, 9), random.Uniform(-9, 9));
            Assert.Equal(
                CircleOverlap.OfPixel(x, y, radius),
                new EllipticalAperture(radius, radius, random.Uniform(0, 6)).OverlapOfPixel(x, y),
                1e-11
            );
            double width = Math.Max(Math.Min(x + 0.5, radius / 2) - Math.Max(x - 0.5, -radius / 2), 0);
            double height = Math.Max(Math.Min(y + 0.5, 2) - Math.Max(y - 0.5, -2), 0);
            Assert.Equal(width * height, new RectangularAperture(radius, 4, 0).OverlapOfPixel(x, y), 1e-12);
            Assert.Equal(width * height, new RectangularAperture(4, radius, Math.PI / 2).OverlapOfPixel(x, y), 1e-12);
        }
    }

    [Fact]
    public void One_star_through_a_circle_equals_the_fast_way()
    {
        (Image image, PixelPosition[] stars) = SyntheticField.Make(90, 80, 12, 9);
        var sigma = new Image(90, 80);
        ErrorBudget.TotalError(image.Pixels, image.Pixels, 2, sigma.Pixels);
        var mask = new PixelMask(90, 80);
        for (int i = 0; i < mask.Flags.Length; i += 37)
        {
            mask.Flags[i] = PixelQuality.BadPixel;
        }
        foreach (MaskedPixelRule rule in Enum.GetValues<MaskedPixelRule>())
        {
            var options = new ApertureOptions { MaskedPixels = rule };
            double[] flux = new double[stars.Length];
            double[] error = new double[stars.Length];
            float[] sky = new float[stars.Length];
            float[] rms = new float[stars.Length];
            var flags = new FluxQuality[stars.Length];
            var annulus = new SkyAnnulus(8, 13, SkyEstimator.Median, new ClipOptions());
            AperturePhotometry.Measure(
                image,
                mask,
                sigma,
                null,
                stars,
                [6.5],
                annulus,
                flux,
                error,
                sky,
                rms,
                new float[12],
                flags,
                options
            );
            for (int i = 0; i < stars.Length; i++)
            {
                var ring = SkyRing.Measure(
                    image,
                    mask,
                    stars[i],
                    new RingAperture(new CircularAperture(8), new CircularAperture(13)),
                    SkyEstimator.Median,
                    new ClipOptions()
                );
                var found = ApertureSum.Measure(image, mask, sigma, stars[i], new CircularAperture(6.5), ring, options);
                Assert.Equal(sky[i], (float)ring.Level);
                Assert.Equal(rms[i], (float)ring.Rms);
                // Beyond the edge the single measurement does not go on to list other flaws.
                Assert.Equal(flags[i].HasFlag(FluxQuality.Edge) ? FluxQuality.Edge : flags[i], found.Flags);
                Assert.Equal(double.IsNaN(flux[i]), double.IsNaN(found.Flux));
                if (!double.IsNaN(flux[i]))
                {
                    Assert.Equal(flux[i], found.Flux, 1e-9 * image.Pixels[0] * 132);
                    Assert.Equal(error[i], found.Error, 1e-9 * error[i]);
                }
            }
        }
    }

    [Fact]
    public void A_trail_is_caught_by_a_turned_rectangle()
    {
        var image = new Image(60, 60);
        for (int i = 0; i < 2000; i++)
        {
            // A line of light of 20 pixels at 30° through (30, 29), a tenth of a pixel wide.
            double along = -10 + (20 * (i + 0.5) / 2000);
            (double x, double y) = (30 + (along * Math.Cos(Math.PI / 6)), 29 + (along * Math.Sin(Math.PI / 6)));
            image[(int)Math.Round(x), (int)Math.Round(y)] += 1;
        }
        var trail = new RectangularAperture(24, 4, Math.PI / 6);
        ApertureSum whole = ApertureSum.Measure(image, null, null, new PixelPosition(30, 29), trail);
        Assert.Equal(2000, whole.Flux, 0.5);
        Assert.Equal(96, whole.AreaPixels, 1e-12);
        Assert.True(ApertureSum.Measure(image, null, null, new PixelPosition(30, 29), new CircularAperture(5)).Flux < 1100);
    }

    [Fact]
    public void Impossible_shapes_and_positions()
    {
        var image = new Image(20, 20);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CircularAperture(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EllipticalAperture(3, double.NaN, 0));
        Assert.Throws<ArgumentException>(() => new RingAperture(new CircularAperture(4), new CircularAperture(4)));
        Assert.Equal(FluxQuality.Edge, ApertureSum.Measure(image, null, null, new PixelPosition(1, 10), new CircularAperture(3)).Flags);
        Assert.Equal(
            FluxQuality.NoCentroid,
            ApertureSum.Measure(image, null, null, new PixelPosition(double.NaN, 1), new CircularAperture(3)).Flags
        );
    }

    [Fact]
    public void Radii_in_units_of_the_fwhm()
    {
        double[] prose = ApertureRadii.Prose.InPixels(3.568, double.NaN);
        Assert.Equal(32, prose.Length);
        Assert.Equal(0.3568, prose[0], 1e-12);
        // The document's largest aperture: 28.01 pixels.
        Assert.Equal(28.01, prose[^1], 0.005);
        Assert.Equal([3, 4, 5, 6, 8, 10, 12, 15, 20, 25], ApertureRadii.Schmidt.InPixels(double.NaN, double.NaN));
        Assert.Equal([5, 10], new ApertureRadii([1, 2], LengthUnit.ReferenceFwhm).InPixels(3, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ApertureRadii.Prose.InPixels(double.NaN, 3));
        Assert.Throws<ArgumentException>(() => new ApertureRadii([], LengthUnit.Pixels));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApertureRadii([0], LengthUnit.Pixels));
    }

    [Fact]
    public void Names_of_flags_come_back()
    {
        Assert.Equal("", FluxQuality.None.Text());
        Assert.Equal(
            "saturated|bad_pixel|comparison_missing",
            (FluxQuality.ComparisonMissing | FluxQuality.BadPixel | FluxQuality.Saturated).Text()
        );
        foreach (FluxQuality flag in Enum.GetValues<FluxQuality>())
        {
            Assert.Equal(flag, FluxQualityNames.Parse(flag.Text()));
        }
        Assert.Equal(FluxQuality.Edge | FluxQuality.Trailed, FluxQualityNames.Parse("trailed|edge"));
        Assert.Throws<FormatException>(() => FluxQualityNames.Parse("edgy"));
    }
}
