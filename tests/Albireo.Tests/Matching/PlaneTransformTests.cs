using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Matching;

public class PlaneTransformTests
{
    [Theory]
    [InlineData(1.1, 25, false)]
    [InlineData(0.8, -170, true)]
    public void Similarity_says_what_it_does_and_has_an_inverse(double scale, double rotation, bool reflected)
    {
        PlaneTransform t = PlaneTransform.FromSimilarity(scale, rotation, reflected, 12, -7);
        Assert.Equal(scale, t.Scale, 1e-12);
        Assert.Equal(rotation, t.RotationDegrees, 1e-10);
        Assert.Equal(reflected, t.IsReflected);
        PixelPosition back = t.Inverse().Apply(t.Apply(3.5, 8.25));
        Assert.Equal(3.5, back.X, 1e-12);
        Assert.Equal(8.25, back.Y, 1e-12);
        PixelPosition same = t.Then(t.Inverse()).Apply(-4, 9);
        Assert.Equal(-4, same.X, 1e-12);
        Assert.Equal(9, same.Y, 1e-12);
        Assert.Throws<InvalidOperationException>(() => new PlaneTransform(1, 2, 0, 2, 4, 0).Inverse());
    }

    [Fact]
    public void Fits_return_the_transform_that_made_the_points()
    {
        var random = new SeededRandom(2);
        PixelPosition[] from = [.. Enumerable.Range(0, 9).Select(_ => new PixelPosition(random.Uniform(0, 900), random.Uniform(0, 900)))];
        var affine = new PlaneTransform(1.01, 0.02, 30, -0.03, 0.98, -15);
        AssertSame(affine, TransformFit.Affine(from, [.. from.Select(affine.Apply)]));
        foreach (bool reflected in (bool[])[false, true])
        {
            PlaneTransform similarity = PlaneTransform.FromSimilarity(0.93, 111, reflected, -40, 5);
            AssertSame(similarity, TransformFit.Similarity(from, [.. from.Select(similarity.Apply)], reflected));
        }
    }

    [Fact]
    public void Fits_that_points_cannot_hold_are_null()
    {
        PixelPosition[] line = [new(0, 0), new(1, 1), new(2, 2)];
        Assert.Null(TransformFit.Affine(line, line));
        Assert.Null(TransformFit.Affine(line.AsSpan(0, 2), line.AsSpan(0, 2)));
        PixelPosition[] point = [new(5, 5), new(5, 5)];
        Assert.Null(TransformFit.Similarity(point, point, false));
        Assert.Throws<ArgumentException>(() => TransformFit.Similarity(line, point, false));
    }

    private static void AssertSame(PlaneTransform expected, PlaneTransform? found)
    {
        Assert.NotNull(found);
        foreach ((double x, double y) in ((double, double)[])[(0, 0), (900, 0), (0, 900)])
        {
            Assert.Equal(expected.Apply(x, y).X, found.Value.Apply(x, y).X, 1e-9);
            Assert.Equal(expected.Apply(x, y).Y, found.Value.Apply(x, y).Y, 1e-9);
        }
    }
}
