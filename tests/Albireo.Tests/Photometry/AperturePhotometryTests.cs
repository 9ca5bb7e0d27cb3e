using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;
using Albireo.Tests.Support;

namespace Albireo.Tests.Photometry;

public class AperturePhotometryTests
{
    private const ulong Seed = 20264;

    [Fact]
    public void Sums_errors_and_sky_agree_with_photutils_sep_and_astropy()
    {
        (Image image, PixelPosition[] stars) = SyntheticField.Make(160, 140, 24, 11);
        var sigma = new Image(160, 140);
        var mask = new PixelMask(160, 140);
        for (int i = 0; i < sigma.Pixels.Length; i++)
        {
            sigma.Pixels[i] = MathF.Sqrt(100f + (image.Pixels[i] / 2f));
            mask.Flags[i] = i / 160 % 7 == 0 && i % 160 % 5 == 0 ? PixelQuality.BadPixel : PixelQuality.None;
        }
        int rows = 0;
        foreach (ReferenceRow row in Reference.Rows("aperture_sums.csv"))
        {
            PixelPosition star = stars[(int)row["star"]];
            Assert.Equal(row["x"], star.X, 1e-12);
            double radius = row["radius"];
            double area = Math.PI * radius * radius;
            var annulus = new SkyAnnulus(9, 15);
            Single bare = Measure(image, null, sigma, star, radius, null, new ApertureOptions());
            Close(row["sum"], bare.Flux, 1e-12);
            Close(row["sep_sum"], bare.Flux, 1e-9);
            Close(row["error_f2"], bare.Error, 1e-12);
            Close(
                row["error_f"],
                Measure(image, null, sigma, star, radius, null, new() { ErrorRule = FluxErrorRule.Fraction }).Error,
                1e-12
            );

            Single leftOut = Measure(image, mask, null, star, radius, null, new() { MaskedPixels = MaskedPixelRule.LeaveOut });
            if (row["area_masked"] > 1e-9)
            {
                Close(row["sum_masked"], leftOut.Flux, 1e-11);
                Single corrected = Measure(image, mask, null, star, radius, null, new() { MaskedPixels = MaskedPixelRule.AreaCorrected });
                Close(row["sep_masked"], corrected.Flux, 1e-6);
            }
            bool lost = row["area_masked"] < area - 1e-9;
            Assert.Equal(lost, leftOut.Flags.HasFlag(FluxQuality.BadPixel));
            Assert.Equal(lost, double.IsNaN(Measure(image, mask, null, star, radius, null, new ApertureOptions()).Flux));

            Single withSky = Measure(image, null, sigma, star, radius, annulus, new ApertureOptions());
            Assert.Equal(row["sky_mean"], withSky.Sky, 1e-4);
            Assert.Equal(row["sky_std"], withSky.SkyRms, 1e-4);
            Close(row["sum"] - (area * row["sky_mean"]), withSky.Flux, 1e-11 * row["sum"] / Math.Abs(withSky.Flux));
            double variance = (row["error_f2"] * row["error_f2"]) + (area * area * row["sky_std"] * row["sky_std"] / row["sky_count"]);
            Close(Math.Sqrt(variance), withSky.Error, 1e-11);

            Single median = Measure(
                image,
                null,
                sigma,
                star,
                radius,
                annulus with
                {
                    Estimator = SkyEstimator.Median,
                },
                new ApertureOptions()
            );
            Assert.Equal(row["sky_median"], median.Sky, 1e-4);
            variance += area * area * row["sky_std"] * row["sky_std"] / row["sky_count"] * ((Math.PI / 2) - 1);
            Close(Math.Sqrt(variance), median.Error, 1e-11);
            rows++;
        }
        Assert.True(rows > 150);
    }

    [Fact]
    public void A_sum_over_ones_is_the_circles_area_at_any_radius_and_position()
    {
        var random = new SeededRandom(Seed);
        var ones = new Image(90, 80);
        ones.Pixels.Fill(1);
        for (int trial = 0; trial < 300; trial++)
        {
            double radius = random.Uniform(0.05, 30);
            var star = new PixelPosition(random.Uniform(radius - 0.5, 89.5 - radius), random.Uniform(radius - 0.5, 79.5 - radius));
            if (trial % 5 == 0)
            {
                star = new PixelPosition(40 + (trial % 3 * 0.5), 40 + (trial % 2 * 0.5));
            }
            Single found = Measure(ones, null, ones, star, radius, null, new() { ErrorRule = FluxErrorRule.Fraction });
            double area = Math.PI * radius * radius;
            Assert.True(
                Math.Abs(found.Flux - area) < 1e-10 * Math.Max(area, 1),
                $"r {radius} at {star}, seed {Seed}: {found.Flux} for {area}"
            );
            Assert.Equal(Math.Sqrt(found.Flux), found.Error, 1e-9);
        }
    }

    [Fact]
    public void A_tilted_plane_gives_its_value_at_the_centre()
    {
        var plane = new Image(70, 70);
        for (int i = 0; i < plane.Pixels.Length; i++)
        {
            plane.Pixels[i] = 100 + (2 * (i % 70)) - (i / 70);
        }
        var star = new PixelPosition(33.3125, 31.6875);
        foreach (double radius in new[] { 3.0, 5.5, 12, 25 })
        {
            double expected = Math.PI * radius * radius * (100 + (2 * star.X) - star.Y);
            // Exact areas times pixel values: the edge pixels' own centroids are not their centres, hence not to the last digit.
            Close(expected, Measure(plane, null, null, star, radius, null, new ApertureOptions()).Flux, 0.02 / (radius * radius));
        }
    }

    [Fact]
    public void Fast_sums_equal_the_pixel_by_pixel_definition()
    {
        var random = new SeededRandom(Seed);
        (Image image, _) = SyntheticField.Make(100, 100, 5, 3);
        using var box = new ApertureBox(image, null, image, null, 30, new ApertureOptions());
        using var circle = new CircleSum(30);
        for (int trial = 0; trial < 300; trial++)
        {
            double radius = trial % 10 == 0 ? 3 + (trial % 4 * 0.5) : random.Uniform(3, 30);
            var star = new PixelPosition(random.Uniform(35, 65), random.Uniform(35, 65));
            box.Load(trial % 7 == 0 ? new PixelPosition(50.5, 49) : star, 30);
            (double sum, double variance) = circle.Over(box, radius, FluxErrorRule.FractionSquared);
            (double expected, double expectedVariance) = CircleSum.OverPixels(box, radius, FluxErrorRule.FractionSquared);
            Close(expected, sum, 1e-12);
            Close(expectedVariance, variance, 1e-12);
        }
    }

    [Fact]
    public void Flags_say_what_is_wrong_and_only_within_the_circle()
    {
        (Image image, _) = SyntheticField.Make(80, 80, 0, 1);
        var mask = new PixelMask(80, 80);
        mask[40, 40] = PixelQuality.Saturated;
        mask[43, 40] = PixelQuality.Nonlinear | PixelQuality.Interpolated;
        mask[40, 47] = PixelQuality.CosmicRay;
        image[50, 40] = float.NaN;
        double[] radii = [1, 3, 7, 10, 50];
        double[] flux = new double[5];
        double[] error = new double[5];
        var flags = new FluxQuality[5];
        AperturePhotometry.Measure(
            image,
            mask,
            image,
            null,
            [new PixelPosition(40, 40)],
            radii,
            null,
            flux,
            error,
            new float[1],
            new float[1],
            new float[1],
            flags
        );
        FluxQuality second = FluxQuality.Saturated | FluxQuality.Nonlinear | FluxQuality.Interpolated;
        Assert.Equal([FluxQuality.Saturated, second, second | FluxQuality.CosmicRay], flags[..3]);
        Assert.Equal(second | FluxQuality.CosmicRay | FluxQuality.BadPixel, flags[3]);
        Assert.True(flags[4].HasFlag(FluxQuality.Edge));
        Assert.True(flux[0] > 0 && flux[1] > flux[0] && error[1] > error[0]);
        Assert.True(double.IsNaN(flux[2]) && double.IsNaN(error[2]) && double.IsNaN(flux[3]) && double.IsNaN(flux[4]));
    }

    [Fact]
    public void Raw_counts_decide_peak_and_saturation()
    {
        var image = new Image(40, 40);
        image.Pixels.Fill(1);
        var raw = new Image(40, 40);
        raw.Pixels.Fill(500);
        raw[20, 21] = 4095;
        raw[23, 20] = 3500;
        raw[30, 30] = 9999;
        var options = new ApertureOptions { SaturationLevel = 4095, NonlinearLevel = 3500 };
        Single narrow = Measure(image, null, null, new PixelPosition(20, 20), 1.5, null, options, raw);
        Single wide = Measure(image, null, null, new PixelPosition(23, 20), 1, null, options, raw);
        Single clean = Measure(image, null, null, new PixelPosition(10, 10), 2, null, options, raw);
        Assert.Equal((4095f, FluxQuality.Saturated | FluxQuality.Nonlinear), (narrow.Peak, narrow.Flags));
        Assert.Equal((4095f, FluxQuality.Nonlinear), (wide.Peak, wide.Flags));
        Assert.Equal((500f, FluxQuality.None), (clean.Peak, clean.Flags));
    }

    [Theory]
    [InlineData(double.NaN, 10, FluxQuality.NoCentroid)]
    [InlineData(10, double.NaN, FluxQuality.NoCentroid)]
    [InlineData(-20, 10, FluxQuality.Edge)]
    [InlineData(10, 1e12, FluxQuality.Edge)]
    [InlineData(double.PositiveInfinity, 10, FluxQuality.Edge)]
    [InlineData(1, 10, FluxQuality.Edge)]
    [InlineData(18.6, 18.6, FluxQuality.Edge)]
    public void Impossible_positions_are_flagged(double x, double y, FluxQuality flag)
    {
        var image = new Image(20, 20);
        Single found = Measure(image, null, image, new PixelPosition(x, y), 3, new SkyAnnulus(4, 6), new ApertureOptions());
        Assert.True(double.IsNaN(found.Flux) && double.IsNaN(found.Error));
        Assert.Equal(flag, found.Flags);
    }

    [Fact]
    public void Odd_frames_give_flags_and_no_nonsense()
    {
        var star = new PixelPosition(20, 20);
        var annulus = new SkyAnnulus(6, 9);
        var undefined = new Image(40, 40);
        undefined.Pixels.Fill(float.NaN);
        Single none = Measure(undefined, null, null, star, 3, annulus, new ApertureOptions());
        Assert.True(double.IsNaN(none.Flux) && float.IsNaN(none.Sky) && float.IsNaN(none.Peak));
        Assert.Equal(FluxQuality.BadPixel, none.Flags);
        none = Measure(undefined, null, null, star, 3, annulus, new() { MaskedPixels = MaskedPixelRule.AreaCorrected });
        Assert.True(double.IsNaN(none.Flux));

        var constant = new Image(40, 40);
        constant.Pixels.Fill(1000);
        Single flat = Measure(constant, null, null, star, 3, annulus, new ApertureOptions());
        Assert.Equal(0, flat.Flux, 1e-9);
        Assert.Equal((1000f, 0f, 1000f, FluxQuality.None), (flat.Sky, flat.SkyRms, flat.Peak, flat.Flags));

        // An annulus inside the aperture is odd but well defined; one beyond the picture leaves no sky.
        Assert.Equal(0, Measure(constant, null, null, star, 12, new SkyAnnulus(1, 5), new ApertureOptions()).Flux, 1e-7);
        Single far = Measure(constant, null, null, star, 3, new SkyAnnulus(500, 600), new ApertureOptions());
        Assert.True(double.IsNaN(far.Flux));
        Assert.Equal(FluxQuality.BadPixel, far.Flags);
        Assert.Equal(FluxQuality.Edge, Measure(constant, null, null, star, 1e9, null, new ApertureOptions()).Flags);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var image = new Image(20, 20);
        Assert.Throws<ArgumentOutOfRangeException>(() => Measure(image, null, null, default, 0, null, new ApertureOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Measure(image, null, null, default, double.NaN, null, new ApertureOptions()));
        Assert.Throws<ArgumentException>(() => Measure(image, new PixelMask(20, 21), null, default, 1, null, new ApertureOptions()));
        Assert.Throws<ArgumentException>(() => Measure(image, null, new Image(10, 40), default, 1, null, new ApertureOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SkyAnnulus(5, 5));
    }

    [Fact]
    public void Equal_positions_give_equal_fluxes_and_the_order_of_stars_does_not_matter()
    {
        (Image image, PixelPosition[] stars) = SyntheticField.Make(120, 110, 12, 4);
        PixelPosition[] twice = [.. stars, .. stars.Reverse()];
        double[] flux = new double[twice.Length * 2];
        float[] sky = new float[twice.Length];
        AperturePhotometry.Measure(
            image,
            null,
            null,
            null,
            twice,
            [4, 9],
            new SkyAnnulus(10, 14),
            flux,
            new double[flux.Length],
            sky,
            new float[twice.Length],
            new float[twice.Length],
            new FluxQuality[twice.Length]
        );
        for (int i = 0; i < stars.Length; i++)
        {
            int mirror = twice.Length - 1 - i;
            Assert.Equal(flux[2 * i], flux[2 * mirror]);
            Assert.Equal(flux[(2 * i) + 1], flux[(2 * mirror) + 1]);
            Assert.Equal(sky[i], sky[mirror]);
        }
    }

    private static void Close(double expected, double found, double relative) =>
        Assert.True(Math.Abs(expected - found) <= relative * Math.Max(Math.Abs(expected), 1e-3), $"{found} for {expected}");

    private static Single Measure(
        Image image,
        PixelMask? mask,
        Image? sigma,
        PixelPosition star,
        double radius,
        SkyAnnulus? annulus,
        ApertureOptions options,
        Image? raw = null
    )
    {
        double[] flux = new double[1];
        double[] error = new double[1];
        float[] sky = new float[1];
        float[] rms = new float[1];
        float[] peak = new float[1];
        var flags = new FluxQuality[1];
        AperturePhotometry.Measure(image, mask, sigma, raw, [star], [radius], annulus, flux, error, sky, rms, peak, flags, options);
        return new Single(flux[0], error[0], sky[0], rms[0], peak[0], flags[0]);
    }

    private sealed record Single(double Flux, double Error, float Sky, float SkyRms, float Peak, FluxQuality Flags);
}
