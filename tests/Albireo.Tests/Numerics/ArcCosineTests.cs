using System.Runtime.Intrinsics;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Numerics;

public class ArcCosineTests
{
    [Fact]
    public void Scalar_and_vector_agree_to_the_bit_and_with_the_library()
    {
        for (int i = -4000; i <= 4000; i++)
        {
            double size = Math.Abs(i) <= 2000 ? Math.Abs(i) / 2000.0 : 1 - Math.Pow(10, (2000 - Math.Abs(i)) / 200.0);
            double x = i < 0 ? -size : size;
            double scalar = ArcCosine.Of(x);
            Assert.Equal(Math.Acos(x), scalar, 6e-16 * Math.Acos(x));
            Vector512<double> vector = ArcCosine.Of(Vector512.Create(x));
            Assert.Equal(BitConverter.DoubleToInt64Bits(scalar), BitConverter.DoubleToInt64Bits(vector.GetElement((i + 4000) % 8)));
        }
        Assert.Equal(0, ArcCosine.Of(1));
        Assert.Equal(Math.PI, ArcCosine.Of(-1));
        Assert.Equal(Math.PI / 2, ArcCosine.Of(0));
        Assert.True(double.IsNaN(ArcCosine.Of(1.1)) && double.IsNaN(ArcCosine.Of(double.NaN)));
    }
}
