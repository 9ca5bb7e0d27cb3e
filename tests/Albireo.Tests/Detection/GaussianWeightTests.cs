using System.Runtime.Intrinsics;
using Albireo.Science.Detection;

namespace Albireo.Tests.Detection;

public class GaussianWeightTests
{
    [Fact]
    public void Scalar_and_vector_agree_to_the_bit_and_with_exp()
    {
        for (int i = 0; i < 4000; i++)
        {
            double u = 0.0173 * i;
            double expected = Math.Exp(-0.5 * u);
            double scalar = GaussianWeight.OfSquare(u);
            Assert.Equal(1, scalar / expected, 1e-10);
            Vector512<double> vector = GaussianWeight.OfSquare(Vector512.Create(u));
            Assert.Equal(BitConverter.DoubleToInt64Bits(scalar), BitConverter.DoubleToInt64Bits(vector.GetElement(i % 8)));
        }
        Assert.Equal(1, GaussianWeight.OfSquare(0));
        Assert.Equal(0, GaussianWeight.OfSquare(1e9), 1e-300);
    }
}
