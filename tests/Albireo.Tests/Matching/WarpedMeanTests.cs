using Albireo.Science.Images;
using Albireo.Science.Matching;

namespace Albireo.Tests.Matching;

public class WarpedMeanTests
{
    [Fact]
    public void A_plane_is_the_same_plane_wherever_the_frame_lies()
    {
        var frame = new Image(60, 50);
        for (int i = 0; i < frame.Pixels.Length; i++)
        {
            frame.Pixels[i] = (3 * (i % 60)) - (2 * (i / 60)) + 10;
        }
        PlaneTransform transform = PlaneTransform.FromSimilarity(1.03, 7, false, 2.3, -1.7);
        var mean = new WarpedMean(40, 30);
        mean.Add(frame, null, transform);
        int covered = 0;
        for (int y = 0; y < 30; y++)
        {
            for (int x = 0; x < 40; x++)
            {
                PixelPosition p = transform.Apply(x, y);
                bool inside = p.X >= 0 && p.Y >= 0 && p.X <= 59 && p.Y <= 49;
                covered += inside ? 1 : 0;
                Assert.Equal(inside ? 1 : 0, mean.Counts[(y * 40) + x]);
                Assert.Equal(inside ? (3 * p.X) - (2 * p.Y) + 10 : double.NaN, mean.Mean()[x, y], 1e-4);
            }
        }
        Assert.True(covered > 800);
    }

    [Fact]
    public void Unusable_pixels_are_left_out_of_the_mean()
    {
        var one = new Image(5, 4);
        var two = new Image(5, 4);
        one.Pixels.Fill(10);
        two.Pixels.Fill(20);
        one[1, 1] = float.NaN;
        var mask = new PixelMask(5, 4);
        mask[2, 2] = PixelQuality.CosmicRay;
        mask[3, 3] = PixelQuality.Saturated; // a value all the same
        var mean = new WarpedMean(5, 4);
        mean.Add(one, null, PlaneTransform.Identity);
        mean.Add(two, mask, PlaneTransform.Identity, offset: -4);
        Image result = mean.Mean();
        Assert.Equal(13, result[0, 0]);
        Assert.Equal(16, result[1, 1]);
        Assert.Equal(10, result[2, 2]);
        Assert.Equal(13, result[3, 3]);
        Assert.Equal(1, mean.Counts[6]);
        var half = new WarpedMean(5, 4);
        half.Add(two, mask, PlaneTransform.Identity with { C = 0.5 });
        Assert.Equal(4 * 4 - 2, half.Counts.ToArray().Sum(c => c)); // the last column lies beyond, two pixels touch the masked one
    }
}
