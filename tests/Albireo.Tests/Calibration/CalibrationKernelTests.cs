using System.Runtime.InteropServices;
using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Calibration;

public sealed class CalibrationKernelTests
{
    [Fact]
    public void Vector_form_equals_the_definition_to_the_bit_at_every_length()
    {
        var random = new SeededRandom(1);
        for (int length = 0; length <= 257; length++)
        {
            float[] raw = Numbers(random, length, 0, 60000);
            float[] bias = Numbers(random, length, 290, 310);
            float[] dark = Numbers(random, length, 0, 50);
            float[] flat = Numbers(random, length, 0.5, 1.2);
            for (int missing = 0; missing < 8; missing++)
            {
                float[] b = (missing & 1) == 0 ? bias : [];
                float[] d = (missing & 2) == 0 ? dark : [];
                float[] f = (missing & 4) == 0 ? flat : [];
                var expected = new float[length];
                var found = new float[length];
                CalibrationKernel.ApplyScalar(raw, b, 0.7f, d, 1.3f, f, expected);
                CalibrationKernel.Apply(raw, b, 0.7f, d, 1.3f, f, found);
                Assert.Equal(expected, found);
                float[] inPlace = [.. raw];
                CalibrationKernel.Apply(inPlace, b, 0.7f, d, 1.3f, f, inPlace);
                Assert.Equal(expected, inPlace);
            }
            float[] variance = Numbers(random, length, 0, 1000);
            float[] sigma = Numbers(random, length, 0, 10);
            var wanted = new float[length];
            float[] got = [.. raw];
            CalibrationKernel.RawVariance(raw, bias, 0.7f, 20, got);
            CalibrationKernel.AddVariance(sigma, 2, got);
            CalibrationKernel.ToDeviation(got, flat, sigma, variance);
            for (int i = 0; i < length; i++)
            {
                float single = (Math.Max(raw[i] - bias[i], 0) * 0.7f) + 20 + (sigma[i] * 2 * (sigma[i] * 2));
                wanted[i] = MathF.Sqrt(single + (variance[i] * sigma[i] * (variance[i] * sigma[i]))) / flat[i];
            }
            Assert.Equal(wanted, got);
        }
    }

    /// <summary>Without uncertainty a frame is calibrated and looked at in one visit, whichever masters there are.</summary>
    [Fact]
    public void One_visit_flags_what_is_undefined_as_the_definitions_do()
    {
        var random = new SeededRandom(3);
        for (int width = 1; width <= 70; width++)
        {
            Image Of(double low, double high) => new(width, 1, Numbers(random, width, low, high));
            Image raw = Of(200, 3000);
            raw.Pixels[random.Below(width)] = float.NaN;
            raw.Pixels[random.Below(width)] = float.NegativeInfinity;
            Image[] masters = [Of(290, 310), Of(0, 50), Of(0.5, 1.2)];
            masters[1].Pixels[random.Below(width)] = float.NaN;
            masters[2].Pixels[random.Below(width)] = 0;
            masters[2].Pixels[random.Below(width)] = -0.1f;
            for (int missing = 0; missing < 8; missing++)
            {
                var inputs = new CalibrationInputs
                {
                    Bias = (missing & 1) == 0 ? masters[0] : null,
                    Dark = (missing & 2) == 0 ? masters[1] : null,
                    DarkScale = 1.3,
                    Flat = (missing & 4) == 0 ? masters[2] : null,
                };
                ReadOnlySpan<float> flat = inputs.Flat is { } f ? f.Pixels : [];
                var result = new float[width];
                var flags = new PixelQuality[width];
                CalibrationKernel.ApplyScalar(
                    raw.Pixels,
                    inputs.Bias is { } b ? b.Pixels : [],
                    1,
                    inputs.Dark is { } d ? d.Pixels : [],
                    1.3f,
                    flat,
                    result
                );
                PixelFlagKernel.FlagUndefined(result, flat, flags);
                CalibratedImage found = ImageCalibrator.Calibrate(
                    raw,
                    inputs,
                    DetectorParameters.Unknown,
                    new CalibrationOptions { Uncertainty = false }
                );
                Assert.Equal(Bits(result), Bits(found.Pixels.Pixels));
                Assert.Equal(flags, found.Mask.Flags.ToArray());
                Assert.Contains(PixelQuality.Undefined, flags);
            }
        }
    }

    /// <summary>With all masters a frame is calibrated in one visit of its pixels; the steps one after the other are the definition.</summary>
    [Theory]
    [InlineData(1.0, false)]
    [InlineData(1.0, true)]
    [InlineData(2.5, false)]
    [InlineData(0.25, true)]
    public void One_visit_gives_what_the_steps_give_to_the_bit(double darkScale, bool sharesBias)
    {
        var random = new SeededRandom(2);
        for (int width = 1; width <= 70; width++)
        {
            const int height = 3;
            int length = width * height;
            Image Of(double low, double high) => new(width, height, Numbers(random, length, low, high));
            Image raw = Of(200, 3000);
            var inputs = new CalibrationInputs
            {
                Bias = Of(290, 310),
                BiasUncertainty = Of(0, 3),
                Dark = Of(0, 50),
                DarkUncertainty = Of(0, 5),
                DarkScale = darkScale,
                DarkBiasShare = sharesBias ? 1 : 0,
                Flat = Of(0.5, 1.2),
                FlatUncertainty = Of(0, 0.02),
            };
            raw.Pixels[random.Below(length)] = float.NaN;
            inputs.Flat.Pixels[random.Below(length)] = 0;
            inputs.Flat.Pixels[random.Below(length)] = -0.1f;
            inputs.Dark.Pixels[random.Below(length)] = float.NaN;
            inputs.BiasUncertainty.Pixels[random.Below(length)] = float.NaN;
            inputs.FlatUncertainty.Pixels[random.Below(length)] = float.PositiveInfinity;

            var result = new float[length];
            var sigma = new float[length];
            var flags = new PixelQuality[length];
            (double gain, double readNoise) = (1.3, 8);
            double noise = readNoise / gain;
            CalibrationKernel.RawVariance(raw.Pixels, inputs.Bias.Pixels, (float)(1 / gain), (float)(noise * noise), sigma);
            CalibrationKernel.AddShare(inputs.BiasUncertainty.Pixels, sharesBias ? 1 - (2 * (float)darkScale) : 1, sigma);
            CalibrationKernel.ApplyScalar(
                raw.Pixels,
                inputs.Bias.Pixels,
                1,
                inputs.Dark.Pixels,
                (float)darkScale,
                inputs.Flat.Pixels,
                result
            );
            PixelFlagKernel.FlagUndefined(result, inputs.Flat.Pixels, flags);
            CalibrationKernel.AddVariance(inputs.DarkUncertainty.Pixels, (float)darkScale, sigma);
            CalibrationKernel.ToDeviation(sigma, inputs.Flat.Pixels, inputs.FlatUncertainty.Pixels, result);

            CalibratedImage found = ImageCalibrator.Calibrate(
                raw,
                inputs,
                new DetectorParameters(gain, readNoise, null, null),
                new CalibrationOptions()
            );
            Assert.Equal(Bits(result), Bits(found.Pixels.Pixels));
            Assert.Equal(Bits(sigma), Bits(found.Uncertainty!.Pixels));
            Assert.Equal(flags, found.Mask.Flags.ToArray());
            Assert.Contains(PixelQuality.Undefined, flags);
        }
    }

    private static int[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, int>(values).ToArray();

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CalibrationKernel.Apply(new float[3], new float[2], 1, [], 1, [], new float[3]));
        Assert.Throws<ArgumentException>(() => CalibrationKernel.Apply(new float[3], [], 1, [], 1, [], new float[4]));
    }

    private static float[] Numbers(SeededRandom random, int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.Uniform(low, high))];
}
