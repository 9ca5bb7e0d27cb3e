using Albireo.Science.Calibration;
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

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CalibrationKernel.Apply(new float[3], new float[2], 1, [], 1, [], new float[3]));
        Assert.Throws<ArgumentException>(() => CalibrationKernel.Apply(new float[3], [], 1, [], 1, [], new float[4]));
    }

    private static float[] Numbers(SeededRandom random, int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.Uniform(low, high))];
}
