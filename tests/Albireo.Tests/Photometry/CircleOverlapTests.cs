using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Tests.Photometry;

public class CircleOverlapTests
{
    private const ulong Seed = 20262;

    [Theory]
    [InlineData(0, 0, 0.3, Math.PI * 0.09)]
    [InlineData(0, 0, 0.5, Math.PI / 4)]
    [InlineData(0, 0, 1, 1)]
    [InlineData(5, 0, 4.5, 0)]
    [InlineData(3, 4, 100, 1)]
    [InlineData(0.5, 0.5, 1, Math.PI / 4)]
    [InlineData(0.5, 0, 1, 0.9566114774905181)] // ∫ √(1 − x²) over [0, 1] cut at ½: 2 (√3/8 + π/12)
    public void Closed_forms(double dx, double dy, double radius, double area)
    {
        Assert.Equal(area, CircleOverlap.OfPixel(dx, dy, radius), 1e-12);
    }

    [Fact]
    public void Pixels_of_a_circle_add_up_to_its_area()
    {
        var random = new SeededRandom(Seed);
        for (int trial = 0; trial < 60; trial++)
        {
            double radius = random.Uniform(0.05, 30);
            (double x, double y) = (random.Uniform(-0.5, 0.5), random.Uniform(-0.5, 0.5));
            double sum = 0;
            for (int row = -32; row <= 32; row++)
            {
                for (int column = -32; column <= 32; column++)
                {
                    double area = CircleOverlap.OfPixel(column - x, row - y, radius);
                    Assert.InRange(area, 0, 1);
                    sum += area;
                }
            }
            double whole = Math.PI * radius * radius;
            Assert.True(Math.Abs(sum - whole) < 1e-11 * Math.Max(whole, 1), $"r {radius} at {x}, {y}: {sum} for {whole}; seed {Seed}");
        }
    }

    [Fact]
    public void Halves_of_a_rectangle_add_up_to_the_whole()
    {
        var random = new SeededRandom(Seed);
        for (int trial = 0; trial < 2000; trial++)
        {
            double radius = random.Uniform(0.1, 5);
            double x0 = random.Uniform(-5, 4);
            double x1 = random.Uniform(x0, 5);
            double y0 = random.Uniform(-5, 4);
            double y1 = random.Uniform(y0, 5);
            double cut = random.Uniform(x0, x1);
            double whole = CircleOverlap.OfRectangle(x0, y0, x1, y1, radius);
            double parts = CircleOverlap.OfRectangle(x0, y0, cut, y1, radius) + CircleOverlap.OfRectangle(cut, y0, x1, y1, radius);
            Assert.Equal(whole, parts, 1e-12);
        }
    }

    [Fact]
    public void Overlap_agrees_with_reference_values()
    {
        foreach (Support.ReferenceRow row in Support.Reference.Rows("circle_overlap.csv"))
        {
            Assert.Equal(row["overlap"], CircleOverlap.OfPixel(row["dx"], row["dy"], row["radius"]), 1e-9);
        }
    }

    [Fact]
    public void Lanes_equal_the_definition_to_the_bit_at_every_length_and_both_equal_the_closed_form()
    {
        var random = new SeededRandom(Seed);
        for (int length = 0; length <= 257; length++)
        {
            double radius = random.Uniform(CircleOverlap.SeriesRadius, 40);
            double[] steep = new double[length];
            double[] flat = new double[length];
            double[] area = new double[length];
            for (int i = 0; i < length; i++)
            {
                double angle = random.Uniform(0, Math.PI / 4);
                double distance = radius + random.Uniform(-0.7, 0.7);
                steep[i] = distance * Math.Cos(angle);
                flat[i] = Math.Min(distance * Math.Sin(angle), steep[i]);
                // Some are second pieces of pixels astride the axis.
                flat[i] = i % 9 == 0 ? -random.Uniform(0, 0.5) : flat[i];
            }
            CircleOverlap.OfEdges(steep, flat, radius, area);
            for (int i = 0; i < length; i++)
            {
                Assert.True(area[i].Equals(CircleOverlap.Edge(steep[i], flat[i], radius)), $"{i} of {length}, r {radius}, seed {Seed}");
                double from = Math.Max(flat[i] - 0.5, 0);
                double exact = CircleOverlap.OfRectangle(steep[i] - 0.5, from, steep[i] + 0.5, flat[i] + 0.5, radius);
                Assert.Equal(exact, area[i], 1e-12);
            }
        }
    }

    [Fact]
    public void No_radius_no_area()
    {
        Assert.Equal(0, CircleOverlap.OfPixel(0, 0, 0));
        Assert.Equal(0, CircleOverlap.OfPixel(0, 0, -1));
        Assert.True(double.IsNaN(CircleOverlap.OfPixel(double.NaN, 0, 1)));
        Assert.True(double.IsNaN(CircleOverlap.OfPixel(0, 0, double.NaN)));
    }
}
