using Albireo.Science.Numerics;

namespace Albireo.Tests.Numerics;

public class KdTreeTests
{
    private const ulong Seed = 20267;

    [Theory]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(300, false)]
    [InlineData(300, true)]
    [InlineData(2000, true)]
    public void The_nearest_are_as_near_as_by_trying_all(int count, bool grid)
    {
        var random = new SeededRandom(Seed);
        double[] points = new double[2 * count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = grid ? random.Below(20) : random.Uniform(-5, 5);
        }
        var search = new KdTree.Search(new KdTree(points), 10);
        int[] found = new int[10];
        double[] squares = new double[10];
        for (int trial = 0; trial < 100; trial++)
        {
            (double a, double b) = grid ? (random.Below(22), random.Below(22)) : (random.Uniform(-8, 8), random.Uniform(-8, 8));
            int number = search.Find(a, b, found, squares);
            double[] all = new double[count];
            for (int i = 0; i < count; i++)
            {
                all[i] = ((points[2 * i] - a) * (points[2 * i] - a)) + ((points[(2 * i) + 1] - b) * (points[(2 * i) + 1] - b));
            }
            for (int k = 0; k < number; k++)
            {
                Assert.Equal(all[found[k]], squares[k]);
            }
            Assert.Equal(number, found[..number].Distinct().Count());
            Assert.Equal(all.Order().Take(10), squares[..number]);
        }
    }

    [Fact]
    public void Many_points_in_one_place_are_no_trouble()
    {
        double[] points = new double[2 * 500];
        points.AsSpan(0, 200).Fill(3);
        var search = new KdTree.Search(new KdTree(points), 10);
        double[] squares = new double[10];
        Assert.Equal(10, search.Find(3, 3, new int[10], squares));
        Assert.Equal(new double[10], squares);
    }
}
