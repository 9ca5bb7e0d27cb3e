using System.Numerics.Tensors;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Numerics;

public sealed class ExtremesTests
{
    [Fact]
    public void They_are_those_of_the_library_at_every_length()
    {
        var random = new SeededRandom(20261121);
        for (int length = 1; length <= 257; length++)
        {
            var values = new float[length];
            foreach (ref float value in values.AsSpan())
            {
                value = (float)random.Normal();
            }
            Same(values);
            values[length / 2] = float.PositiveInfinity;
            Same(values);
            values[length / 3] = float.NaN;
            Same(values);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Of_two_zeros_the_negative_one_is_less(int length)
    {
        var values = new float[length];
        values[length - 2] = -0f;
        Same(values);
    }

    [Fact]
    public void There_are_none_of_nothing() => Assert.Throws<ArgumentException>(() => Extremes.Of([]));

    private static void Same(float[] values)
    {
        (float least, float greatest) = Extremes.Of(values);
        Assert.Equal(BitConverter.SingleToInt32Bits(TensorPrimitives.Min<float>(values)), BitConverter.SingleToInt32Bits(least));
        Assert.Equal(BitConverter.SingleToInt32Bits(TensorPrimitives.Max<float>(values)), BitConverter.SingleToInt32Bits(greatest));
    }
}
