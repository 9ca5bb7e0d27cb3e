using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Calibration;

public sealed class ImageCalibratorTests
{
    [Fact]
    public void One_pixel_by_hand()
    {
        var inputs = new CalibrationInputs
        {
            Bias = Of(100),
            Dark = Of(8),
            DarkScale = 2,
            Flat = Of(0.8f),
            BiasUncertainty = Of(1),
            DarkUncertainty = Of(0.5f),
            FlatUncertainty = Of(0.004f),
        };
        CalibratedImage found = ImageCalibrator.Calibrate(Of(1300), inputs, new DetectorParameters(2, 6), new CalibrationOptions());
        double value = (1300 - 100 - 16) / 0.8;
        double variance = (1200 / 2.0) + (3 * 3) + 1 + (2 * 0.5 * 2 * 0.5);
        double sigma = Math.Sqrt(variance + Math.Pow(value * 0.004, 2)) / 0.8;
        Assert.Equal(value, found.Pixels[0, 0], 1e-4);
        Assert.Equal(sigma, found.Uncertainty![0, 0], 1e-5 * sigma);

        CalibratedImage electrons = ImageCalibrator.Calibrate(
            Of(1300),
            inputs,
            new DetectorParameters(2, 6),
            new CalibrationOptions { Electrons = true }
        );
        Assert.True(electrons.InElectrons);
        Assert.Equal(2 * found.Pixels[0, 0], electrons.Pixels[0, 0]);
        Assert.Equal(2 * found.Uncertainty[0, 0], electrons.Uncertainty![0, 0]);
    }

    [Fact]
    public void A_dark_with_its_bias_takes_the_bias_away_and_scales_its_current_only()
    {
        // Trap: scaling a dark that still holds the bias scales the bias as well.
        var exact = new CalibrationInputs { Dark = Of(110), DarkIncludesBias = true };
        Assert.Equal(890, Clean(Of(1000), exact).Pixels[0, 0]);
        Assert.Equal(890, Clean(Of(1000), exact with { Bias = Of(100) }).Pixels[0, 0]);
        CalibrationInputs scaled = exact with { DarkScale = 3, Bias = Of(100) };
        Assert.Equal(1000 - 100 - 30, Clean(Of(1000), scaled).Pixels[0, 0]);
        Assert.Throws<InvalidOperationException>(() => Clean(Of(1000), scaled with { Bias = null }));
    }

    [Fact]
    public void Counts_are_made_linear_above_the_bias_before_the_dark()
    {
        var inputs = new CalibrationInputs { Bias = Of(100), Dark = Of(20) };
        var options = new CalibrationOptions { Linearity = new Linearity([1, 1e-5]) };
        CalibratedImage found = ImageCalibrator.Calibrate(Of(10100), inputs, new DetectorParameters(2, 0), options);
        Assert.Equal(10000 + 1000 - 20, found.Pixels[0, 0], 1e-2);
        Assert.Equal(Math.Sqrt(10000 / 2.0) * 1.2, found.Uncertainty![0, 0], 1e-3);
        Assert.Throws<InvalidOperationException>(() =>
            ImageCalibrator.Calibrate(Of(10100), inputs with { DarkIncludesBias = true }, DetectorParameters.Unknown, options)
        );
    }

    [Fact]
    public void Negative_results_stay_what_they_are()
    {
        // Trap of prose: results below 0 became NaN and then -1.
        Assert.Equal(-5, Clean(Of(95), new CalibrationInputs { Bias = Of(100) }).Pixels[0, 0]);
    }

    [Fact]
    public void Faults_are_flagged_on_raw_counts()
    {
        var raw = new Image(5, 1, [100, 60000, 65535, float.NaN, 200]);
        var bad = new PixelMask(5, 1);
        bad[4, 0] = PixelQuality.BadPixel;
        var inputs = new CalibrationInputs
        {
            Bias = new Image(5, 1, [10, 10, 10, 10, 10]),
            Flat = new Image(5, 1, [0, 1, 2, 1, 1]),
            BadPixels = bad,
        };
        CalibratedImage clean = ImageCalibrator.Calibrate(
            raw,
            inputs,
            new DetectorParameters(null, null, 65535, 59999),
            new CalibrationOptions()
        );
        Assert.Equal(
            [
                PixelQuality.Undefined,
                PixelQuality.Nonlinear,
                PixelQuality.Saturated | PixelQuality.Nonlinear,
                PixelQuality.Undefined,
                PixelQuality.BadPixel,
            ],
            clean.Mask.Flags.ToArray()
        );
        Assert.Equal([float.NaN, 59990, 32762.5f, float.NaN, 190], clean.Pixels.Pixels.ToArray());
        Assert.Null(clean.Uncertainty);
    }

    [Fact]
    public void Buffers_are_used_and_may_be_the_raw_frame()
    {
        var raw = new Image(40, 3);
        for (int i = 0; i < raw.Pixels.Length; i++)
        {
            raw.Pixels[i] = 1000 + i;
        }
        var bias = new Image(40, 3);
        bias.Pixels.Fill(100);
        var inputs = new CalibrationInputs { Bias = bias };
        CalibratedImage fresh = ImageCalibrator.Calibrate(raw, inputs, new DetectorParameters(1.5, 5), new CalibrationOptions());
        var buffers = new CalibrationBuffers(raw, new PixelMask(40, 3), new Image(40, 3));
        buffers.Mask.Flags.Fill(PixelQuality.CosmicRay);
        CalibratedImage reused = ImageCalibrator.Calibrate(raw, inputs, new DetectorParameters(1.5, 5), new CalibrationOptions(), buffers);
        Assert.Same(raw, reused.Pixels);
        Assert.Equal(fresh.Pixels.Pixels.ToArray(), reused.Pixels.Pixels.ToArray());
        Assert.Equal(fresh.Uncertainty!.Pixels.ToArray(), reused.Uncertainty!.Pixels.ToArray());
        Assert.All(reused.Mask.Flags.ToArray(), f => Assert.Equal(PixelQuality.None, f));
    }

    [Fact]
    public void Bands_of_rows_give_what_the_whole_frame_gives()
    {
        const int width = 37;
        const int height = 11;
        var random = new SeededRandom(5);
        Image Of(double low, double high) =>
            new(width, height, [.. Enumerable.Range(0, width * height).Select(_ => (float)random.Uniform(low, high))]);
        Image raw = Of(200, 65535);
        var inputs = new CalibrationInputs
        {
            Overscan = new OverscanLevels([.. Enumerable.Range(0, height).Select(y => 5f * y)], IsByRow: true),
            Bias = Of(90, 110),
            Flat = Of(0.8, 1.2),
        };
        var detector = new DetectorParameters(1.5, 5, 60000, 50000);
        CalibratedImage whole = ImageCalibrator.Calibrate(raw, inputs, detector, new CalibrationOptions());
        var mask = new PixelMask(width, height);
        var uncertainty = new Image(width, height);
        for (int first = 0; first < height; first += 4)
        {
            int count = Math.Min(4, height - first);
            var rows = new float[count * width];
            ImageCalibrator.CalibrateRows(
                first,
                raw.Rows(first, count),
                inputs,
                detector,
                new CalibrationOptions(),
                rows,
                mask,
                uncertainty
            );
            Assert.Equal(whole.Pixels.Rows(first, count).ToArray(), rows);
        }
        Assert.Equal(whole.Mask.Flags.ToArray(), mask.Flags.ToArray());
        Assert.Contains(PixelQuality.Saturated | PixelQuality.Nonlinear, mask.Flags.ToArray());
        Assert.Equal(whole.Uncertainty!.Pixels.ToArray(), uncertainty.Pixels.ToArray());
        Assert.Throws<ArgumentException>(() =>
            ImageCalibrator.CalibrateRows(
                0,
                new float[width],
                inputs,
                detector,
                new CalibrationOptions(),
                new float[2 * width],
                mask,
                uncertainty
            )
        );
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Clean(Of(1), new CalibrationInputs { Flat = new Image(2, 1) }));
        Assert.Throws<ArgumentException>(() => Clean(Of(1), new CalibrationInputs { BadPixels = new PixelMask(2, 1) }));
        Assert.Throws<ArgumentException>(() =>
            ImageCalibrator.Calibrate(
                Of(1),
                CalibrationInputs.None,
                DetectorParameters.Unknown,
                new CalibrationOptions { Electrons = true }
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new DetectorParameters(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalibrationInputs { DarkScale = -1 });
    }

    private static CalibratedImage Clean(Image raw, CalibrationInputs inputs) =>
        ImageCalibrator.Calibrate(raw, inputs, DetectorParameters.Unknown, new CalibrationOptions());

    private static Image Of(float value) => new(1, 1, [value]);

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void The_error_of_a_bias_that_is_in_the_dark_too_counts_once(double scale)
    {
        const int side = 160;
        const double gain = 2;
        const double readNoise = 16; // 8 ADU
        var random = new SeededRandom(12);
        Image Noise(int frames)
        {
            var mean = new Image(side, side);
            foreach (ref float pixel in mean.Pixels)
            {
                pixel = (float)(random.Normal() * readNoise / gain / Math.Sqrt(frames));
            }
            return mean;
        }

        Image Constant(double value)
        {
            var image = new Image(side, side);
            image.Pixels.Fill((float)value);
            return image;
        }

        Image bias = Noise(7);
        Image dark = Noise(5);
        Image raw = Noise(1);
        for (int i = 0; i < side * side; i++)
        {
            dark.Pixels[i] -= bias.Pixels[i];
        }
        var inputs = new CalibrationInputs
        {
            Bias = bias,
            BiasUncertainty = Constant(readNoise / gain / Math.Sqrt(7)),
            Dark = dark,
            DarkUncertainty = Constant(readNoise / gain * Math.Sqrt((1.0 / 5) + (1.0 / 7))),
            DarkScale = scale,
            DarkBiasShare = 1,
        };
        // The light is told from the level: none here, so that the noise is that of reading alone.
        double Width(CalibrationInputs with)
        {
            CalibratedImage clean = ImageCalibrator.Calibrate(
                raw,
                with with
                {
                    Overscan = new OverscanLevels([.. Enumerable.Repeat(1000f, side)], IsByRow: true),
                },
                new DetectorParameters(gain, readNoise),
                new CalibrationOptions()
            );
            double squares = 0;
            for (int i = 0; i < side * side; i++)
            {
                squares += Math.Pow((clean.Pixels.Pixels[i] + 1000) / clean.Uncertainty!.Pixels[i], 2);
            }
            return Math.Sqrt(squares / (side * side));
        }

        Assert.Equal(1, Width(inputs), 0.015); // seed 12; 0.0044 expected
        Assert.True(Width(inputs with { DarkBiasShare = 0 }) < 0.98);
    }
}
