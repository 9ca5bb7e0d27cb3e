using Albireo.Pipeline.Plots;
using Albireo.Science.Images;
using Albireo.Tests.Images;

namespace Albireo.Tests.Plots;

public class ShowImagesTests
{
    [Fact]
    public void A_single_frame_is_shown_pixel_for_pixel_with_its_first_row_at_the_bottom()
    {
        var image = new Image(3, 2, [0, 50, 100, 100, 0, float.NaN]);
        PngReader picture = Show([new ShownImage(image, "a")], new ShowOptions { Range = new ShowRange.Fixed(0, 100) });
        Assert.Equal((3, 2, 3), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal((255, 255, 255), picture.At(0, 0));
        Assert.Equal((0, 0, 0), picture.At(1, 0));
        Assert.Equal(Raster.UndefinedColor, picture.At(2, 0));
        Assert.Equal((0, 0, 0), picture.At(0, 1));
        Assert.InRange(picture.At(1, 1).Red, 126, 129);
    }

    [Fact]
    public void Flips_turn_the_picture()
    {
        var image = new Image(3, 2, [0, 50, 100, 100, 0, 25]);
        var options = new ShowOptions { Range = new ShowRange.Fixed(0, 100), FlipVertical = true };
        Assert.Equal((255, 255, 255), Show([new ShownImage(image, "a")], options).At(2, 0));
        Assert.Equal((255, 255, 255), Show([new ShownImage(image, "a")], options with { FlipHorizontal = true }).At(0, 0));
    }

    [Fact]
    public void The_default_clips_at_the_percentiles_5_and_95()
    {
        Image image = MadeUpFrame.Of("stars", 90, 60, 4);
        PngReader picture = Show([new ShownImage(image, "a")], new ShowOptions());
        int black = picture.Pixels.Count(p => p == 0);
        int white = picture.Pixels.Count(p => p == 255);
        Assert.InRange(black / (90.0 * 60), 0.05, 0.06);
        Assert.InRange(white / (90.0 * 60), 0.05, 0.06);
    }

    [Fact]
    public void Circles_lie_round_their_positions_also_on_shrunk_and_flipped_frames()
    {
        var image = new Image(100, 60);
        var shown = new ShownImage(image, "a")
        {
            Circles = [new PixelPosition(70, 20), new PixelPosition(double.NaN, 3), new PixelPosition(-5000, 0)],
        };
        foreach ((bool flip, int most) in new[] { (false, 100), (true, 100), (false, 50), (true, 50) })
        {
            var options = new ShowOptions
            {
                FlipVertical = flip,
                MaximumPixels = most,
                CircleRadiusPixels = 8,
                Range = new ShowRange.Fixed(0, 1),
            };
            PngReader picture = Show([shown], options);
            double factor = 100 / most;
            (double sumX, double sumY, int count) = (0, 0, 0);
            for (int y = 0; y < picture.Height; y++)
            {
                for (int x = 0; x < picture.Width; x++)
                {
                    if (picture.At(x, y).Green > 200)
                    {
                        (sumX, sumY, count) = (sumX + x, sumY + y, count + 1);
                    }
                }
            }
            Assert.True(count > 10, "no circle");
            Assert.Equal((70.5 / factor) - 0.5, sumX / count, tolerance: 0.6 / factor);
            Assert.Equal(((flip ? 20.5 : 39.5) / factor) - 0.5, sumY / count, tolerance: 0.6 / factor);
        }
    }

    [Fact]
    public void Several_frames_stand_side_by_side_each_with_name_and_colour_bar()
    {
        Image image = MadeUpFrame.Of("noise", 120, 90, 1);
        Image other = MadeUpFrame.Of("stars", 100, 80, 2);
        PngReader both = Show([new ShownImage(image, "raw"), new ShownImage(other, "calibrated")], new ShowOptions());
        PngReader alone = Show([new ShownImage(image, "raw")], new ShowOptions());
        PngReader second = Show([new ShownImage(other, "calibrated")], new ShowOptions());
        Assert.True(Holds(both, alone), "the first frame is not there as it is alone");
        Assert.True(Holds(both, second), "the second frame is not there as it is alone");
        Assert.True(both.Width > 220 && both.Height > 90);
        PngReader five = Show([.. Enumerable.Repeat(new ShownImage(image, "a"), 5)], new ShowOptions());
        Assert.True(five.Height > 2 * both.Height - 20, "five frames need two rows");
        PngReader plain = Show([new ShownImage(image, "a"), new ShownImage(other, "b")], new ShowOptions { Labels = false });
        Assert.Equal((220, 90), (plain.Width, plain.Height));
    }

    [Fact]
    public void Frames_without_values_and_names_too_long_are_shown_all_the_same()
    {
        var empty = new Image(8, 8);
        empty.Pixels.Fill(float.NaN);
        string name = new('x', 500);
        PngReader picture = Show(
            [new ShownImage(empty, name), new ShownImage(new Image(4, 4), "ä\u202E")],
            new ShowOptions { Range = new ShowRange.ZScale() }
        );
        Assert.True(picture.Width < 200);
    }

    [Fact]
    public void Letters_are_the_letters_meant()
    {
        var raster = new Raster(12, 8);
        BitmapFont.Draw(raster, 0, 0, "T1", (255, 0, 0), 1);
        string[] rows =
        [
            .. Enumerable
                .Range(0, 7)
                .Select(y => string.Concat(Enumerable.Range(0, 11).Select(x => raster.Rgb[3 * ((y * 12) + x)] > 0 ? '#' : '.'))),
        ];
        Assert.Equal(["#####...#..", "#.#.#..##..", "..#.....#..", "..#.....#..", "..#.....#..", "..#.....#..", "..#....###."], rows);
    }

    private static PngReader Show(IReadOnlyList<ShownImage> frames, ShowOptions options)
    {
        using var stream = new MemoryStream();
        ShowImages.Write(stream, frames, options);
        return PngReader.Read(stream.ToArray());
    }

    private static bool Holds(PngReader sheet, PngReader part)
    {
        for (int y = 0; y + part.Height <= sheet.Height; y++)
        {
            for (int x = 0; x + part.Width <= sheet.Width; x++)
            {
                bool same = true;
                for (int i = 0; same && i < part.Width * part.Height; i++)
                {
                    same = sheet.At(x + (i % part.Width), y + (i / part.Width)) == part.At(i % part.Width, i / part.Width);
                }
                if (same)
                {
                    return true;
                }
            }
        }
        return false;
    }
}
