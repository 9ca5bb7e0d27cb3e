using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Calibration;

public sealed class CosmicRaysTests
{
    private readonly Image image;
    private readonly bool[] truth;
    private readonly bool[] cores;
    private readonly bool[] published;
    private readonly bool[] peer;
    private readonly int side;

    public CosmicRaysTests()
    {
        ReferenceRow[] rows = [.. Reference.Rows("cosmic_rays.csv")];
        side = rows.Length;
        image = new Image(side, side, [.. rows.SelectMany(r => r.Text("values").Split(';')).Select(float.Parse)]);
        truth = Bits("truth");
        cores = Bits("cores");
        published = Bits("published");
        peer = Bits("astroscrappy");

        bool[] Bits(string column) => [.. rows.SelectMany(r => r.Text(column)).Select(c => c == '1')];
    }

    [Fact]
    public void Finds_what_the_published_algorithm_finds()
    {
        Assert.Equal(published, Find(out _, out _));
    }

    [Fact]
    public void Finds_at_least_what_astroscrappy_finds_at_no_more_false_hits_and_spares_stars()
    {
        bool[] found = Find(out int count, out _);
        Assert.Equal(found.Count(f => f), count);
        // astroscrappy leaves the frame's edges out.
        int[] inner = [.. Enumerable.Range(0, side * side).Where(i => i % side is > 3 and < 68 && i / side is > 3 and < 68)];
        Assert.All(inner.Where(i => peer[i] && truth[i]), i => Assert.True(found[i], $"pixel {i % side}, {i / side}"));
        Assert.True(inner.Count(i => found[i] && !truth[i]) <= inner.Count(i => peer[i] && !truth[i]));
        Assert.Equal(truth.Count(t => t), found.Where((f, i) => f && truth[i]).Count());
        bool[] byARay = [.. truth.Select((_, i) => Near(truth, i))];
        Assert.DoesNotContain(Enumerable.Range(0, cores.Length), i => cores[i] && found[i] && !byARay[i]);
    }

    [Fact]
    public void The_cleaned_frame_is_near_its_surroundings_and_elsewhere_untouched()
    {
        bool[] found = Find(out _, out Image cleaned);
        for (int i = 0; i < found.Length; i++)
        {
            if (!found[i])
            {
                Assert.Equal(image.Pixels[i], cleaned.Pixels[i]);
            }
            else if (!cores[i])
            {
                Assert.True(
                    cleaned.Pixels[i] <= image.Pixels[i] || cleaned.Pixels[i] < 400,
                    $"{image.Pixels[i]} became {cleaned.Pixels[i]}"
                );
            }
        }
    }

    [Fact]
    public void Saturated_bad_and_undefined_pixels_are_never_hits()
    {
        int at = Array.FindIndex(truth, t => t);
        var mask = new PixelMask(side, side);
        mask.Flags[at] = PixelQuality.Saturated;
        int other = Array.FindLastIndex(truth, t => t);
        image.Pixels[other] = float.NaN;
        mask.Flags[other] = PixelQuality.Undefined;
        CosmicRays.Find(image, mask, 1.5, 6, new CosmicRayOptions());
        Assert.Equal(PixelQuality.Saturated, mask.Flags[at]);
        Assert.Equal(PixelQuality.Undefined, mask.Flags[other]);
        Assert.Contains(PixelQuality.CosmicRay, mask.Flags.ToArray());
    }

    [Fact]
    public void Median_filter_equals_sorting()
    {
        var random = new SeededRandom(2);
        var picture = new Image(37, 9);
        foreach (ref float p in picture.Pixels)
        {
            p = (float)Math.Round(random.Normal(), 1);
        }
        foreach (int size in new[] { 3, 5, 7 })
        {
            var result = new Image(37, 9);
            new MedianFilter(size).Apply(picture, result, BandRunner.Serial);
            for (int y = 0; y < 9; y++)
            {
                for (int x = 0; x < 37; x++)
                {
                    var values = new List<float>();
                    for (int j = -size / 2; j <= size / 2; j++)
                    {
                        for (int i = -size / 2; i <= size / 2; i++)
                        {
                            values.Add(picture[Math.Clamp(x + i, 0, 36), Math.Clamp(y + j, 0, 8)]);
                        }
                    }
                    values.Sort();
                    Assert.Equal(values[size * size / 2], result[x, y]);
                }
            }
        }
    }

    private bool[] Find(out int count, out Image cleaned)
    {
        var mask = new PixelMask(side, side);
        cleaned = new Image(side, side);
        count = CosmicRays.Find(image, mask, 1.5, 6, new CosmicRayOptions(), cleaned);
        return [.. mask.Flags.ToArray().Select(f => f == PixelQuality.CosmicRay)];
    }

    private bool Near(bool[] map, int i)
    {
        for (int dy = -2; dy <= 2; dy++) // hits grow twice by one pixel
        {
            for (int dx = -2; dx <= 2; dx++)
            {
                int x = (i % side) + dx;
                int y = (i / side) + dy;
                if (x >= 0 && x < side && y >= 0 && y < side && map[(y * side) + x])
                {
                    return true;
                }
            }
        }
        return false;
    }
}
