using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Calibration;

public sealed class PixelFlagKernelTests
{
    [Theory]
    [InlineData(60000f, null)]
    [InlineData(null, 50000f)]
    [InlineData(60000f, 50000f)]
    [InlineData(50000f, 60000f)]
    [InlineData(null, null)]
    public void Limits_flag_as_the_definition_does_at_every_length(float? saturation, float? nonlinear)
    {
        var random = new SeededRandom(4);
        for (int length = 0; length <= 257; length++)
        {
            float[] counts = [.. Enumerable.Range(0, length).Select(_ => (float)random.Uniform(0, 45000))];
            for (int bright = 0; bright < length / 60; bright++)
            {
                counts[random.Below(length)] = new[] { 50000, 60000, 65535, float.PositiveInfinity, float.NaN }[random.Below(5)];
            }
            var expected = new PixelQuality[length];
            Array.Fill(expected, PixelQuality.BadPixel);
            PixelQuality[] found = [.. expected];
            PixelFlagKernel.FlagFromScalar(counts, saturation, nonlinear, expected);
            PixelFlagKernel.FlagFrom(counts, saturation, nonlinear, found);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void A_pixel_is_undefined_where_it_is_not_finite_or_its_flat_not_above_zero()
    {
        var random = new SeededRandom(5);
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -1, float.MaxValue, -float.MaxValue];
        for (int length = 0; length <= 257; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => random.Below(20) > 0 ? 100 : odd[random.Below(odd.Length)])];
            float[] flat = [.. Enumerable.Range(0, length).Select(_ => random.Below(20) > 0 ? 1 : odd[random.Below(odd.Length)])];
            foreach (
                float[] divisor in (float[][])
                    [
                        [],
                        flat,
                    ]
            )
            {
                float[] found = [.. values];
                var flags = new PixelQuality[length];
                Array.Fill(flags, PixelQuality.Saturated);
                PixelFlagKernel.FlagUndefined(found, divisor, flags);
                for (int i = 0; i < length; i++)
                {
                    bool isGood = float.IsFinite(values[i]) && (divisor.Length == 0 || divisor[i] > 0);
                    Assert.Equal(isGood ? values[i] : float.NaN, found[i]);
                    Assert.Equal(PixelQuality.Saturated | (isGood ? PixelQuality.None : PixelQuality.Undefined), flags[i]);
                }
            }
        }
    }

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PixelFlagKernel.FlagFrom(new float[3], 1, null, new PixelQuality[2]));
        Assert.Throws<ArgumentException>(() => PixelFlagKernel.FlagUndefined(new float[3], [], new PixelQuality[4]));
    }
}
