using Albireo.Pipeline.Frames;
using Albireo.Science.Images;

namespace Albireo.Tests.Frames;

public sealed class BandedImageTests
{
    [Theory]
    [InlineData(3, 2)]
    [InlineData(700, 61)]
    [InlineData(20_000, 3)] // a row longer than a band
    public void Bands_and_the_whole_are_the_same_picture(int width, int height)
    {
        int made = 0;
        var workspace = new Workspace();
        var picture = new BandedImage(
            workspace,
            "test",
            width,
            height,
            (first, count, rows) =>
            {
                made += count;
                for (int i = 0; i < rows.Length; i++)
                {
                    rows[i] = (first * width) + i;
                }
            }
        );
        float[] expected = [.. Enumerable.Range(0, width * height).Select(i => (float)i)];
        Assert.Equal(expected, InBands(picture));
        Assert.Equal(height, made);
        Image whole = picture.Whole;
        Assert.Equal(expected, whole.Pixels.ToArray());
        Assert.Equal(2 * height, made);
        Assert.Same(whole, picture.Whole);
        whole[0, 0] = -1; // who changes the whole changes what the rows are
        Assert.Equal(-1, InBands(picture)[0]);
        Assert.Equal(2 * height, made);
    }

    [Fact]
    public void A_picture_that_is_there_is_made_by_nobody()
    {
        var image = new Image(2, 2, [1, 2, 3, 4]);
        var picture = BandedImage.Of(image);
        Assert.Same(image, picture.Whole);
        Assert.Equal([3, 4], picture.Rows(1, 1).ToArray());
    }

    [Fact]
    public void The_whole_may_lie_where_another_picture_was()
    {
        var raw = new Image(2, 1, [1, 2]);
        var twice = new BandedImage(
            new Workspace(),
            "twice",
            2,
            1,
            (first, count, rows) =>
            {
                ReadOnlySpan<float> from = raw.Rows(first, count);
                for (int i = 0; i < rows.Length; i++)
                {
                    rows[i] = 2 * from[i];
                }
            },
            () => raw
        );
        Assert.Same(raw, twice.Whole);
        Assert.Equal([2, 4], raw.Pixels.ToArray());
    }

    private static float[] InBands(BandedImage picture)
    {
        var all = new List<float>();
        for (int first = 0; first < picture.Height; first += picture.RowsOfBand)
        {
            all.AddRange(picture.Rows(first, Math.Min(picture.RowsOfBand, picture.Height - first)));
        }
        return [.. all];
    }
}
