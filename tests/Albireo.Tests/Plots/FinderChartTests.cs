using System.Xml.Linq;
using Albireo.Pipeline.Plots;
using Albireo.Science.Images;
using Albireo.Tests.Images;

namespace Albireo.Tests.Plots;

public class FinderChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly FinderChartOptions Options = new()
    {
        Title = "Finder chart",
        Stars =
        [
            new FinderStar(20, 30, "#7"),
            new FinderStar(50, 40, "C1", FinderRole.Comparison),
            new FinderStar(70, 20, "T", FinderRole.Target),
            new FinderStar(30, 60, "K", FinderRole.Check),
        ],
        ApertureRadiusPixels = 4,
        AnnulusInnerPixels = 7,
        AnnulusOuterPixels = 10,
        North = new PixelPosition(0, 2),
        East = new PixelPosition(-3, 0),
        PixelScaleArcsec = 5,
    };

    [Fact]
    public void Circles_lie_on_their_stars_in_their_colours()
    {
        Figure figure = FinderChart.Make(MadeUpFrame.Of("stars", 100, 80, 1), Options);
        var circles = figure.Panels[0].Marks.OfType<Mark.Circle>().ToList();
        Assert.Equal(10, circles.Count);
        Assert.Equal([4.0, 7.0, 10.0], circles.Where(c => c.Color == ColorSlot.Target).Select(c => c.Radius).Order());
        Assert.All(circles.Where(c => c.Color == ColorSlot.Target), c => Assert.Equal((70, 20), (c.X, c.Y)));
        Assert.Equal(["T", "C1", "K", "#7"], circles.Where(c => c.Label is not null).Select(c => c.Label));

        XElement root = XDocument.Parse(SvgWriter.Write(figure)).Root!;
        XElement image = Assert.Single(root.Descendants(Svg + "image"));
        double left = (double)image.Attribute("x")!;
        double width = (double)image.Attribute("width")!;
        double top = (double)image.Attribute("y")!;
        double height = (double)image.Attribute("height")!;
        XElement target = root.Descendants(Svg + "circle").First(c => (string?)c.Attribute("class") == "line s-target");
        // Pixel (70, 20) of 100 × 80 with the first row at the bottom, its centre half a pixel from its edge.
        Assert.Equal(left + (width * 70.5 / 100), (double)target.Attribute("cx")!, tolerance: 0.02);
        Assert.Equal(top + (height * (1 - (20.5 / 80))), (double)target.Attribute("cy")!, tolerance: 0.02);
        Assert.Equal(height / 80, width / 100, tolerance: 0.01);
    }

    [Fact]
    public void Flips_turn_circles_and_picture_together()
    {
        var image = new Image(100, 80);
        image[70, 20] = 1000;
        foreach ((bool vertical, bool horizontal) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            FinderChartOptions options = Options with
            {
                FlipVertical = vertical,
                FlipHorizontal = horizontal,
                Range = new DisplayRange(0, 1000),
            };
            PngReader picture = PngReader.Read(FinderChart.Pixels(image, options));
            int column = horizontal ? 29 : 70;
            int row = vertical ? 20 : 59;
            Assert.Equal((255, 255, 255), picture.At(column, row));
            XElement root = XDocument.Parse(SvgWriter.Write(FinderChart.Make(image, options))).Root!;
            XElement drawn = root.Descendants(Svg + "image").Single();
            XElement target = root.Descendants(Svg + "circle").First(c => (string?)c.Attribute("class") == "line s-target");
            double x = ((double)target.Attribute("cx")! - (double)drawn.Attribute("x")!) / (double)drawn.Attribute("width")!;
            double y = ((double)target.Attribute("cy")! - (double)drawn.Attribute("y")!) / (double)drawn.Attribute("height")!;
            Assert.Equal((column + 0.5) / 100, x, tolerance: 1e-4);
            Assert.Equal((row + 0.5) / 80, y, tolerance: 1e-4);
        }
    }

    [Fact]
    public void North_east_and_the_scale_are_drawn_only_where_they_are_known()
    {
        Image image = MadeUpFrame.Of("stars", 100, 80, 1);
        var known = FinderChart.Make(image, Options).Panels[0].Marks.OfType<Mark.Segment>().ToDictionary(s => s.Label!);
        Assert.Equal(["2′", "E", "N"], known.Keys.Order(StringComparer.Ordinal));
        Assert.True(known["N"].ToY > known["N"].FromY && known["N"].ToX == known["N"].FromX && known["N"].Arrow);
        Assert.True(known["E"].ToX < known["E"].FromX);
        Assert.Equal(24, known["2′"].ToX - known["2′"].FromX, tolerance: 1e-9);
        FinderChartOptions unknown = Options with { North = null, PixelScaleArcsec = null };
        Assert.Empty(FinderChart.Make(image, unknown).Panels[0].Marks.OfType<Mark.Segment>());
    }

    [Fact]
    public void Big_frames_are_shrunk_and_circles_stay_in_place()
    {
        Image image = MadeUpFrame.Of("stars", 100, 80, 1);
        FinderChartOptions small = Options with { MaximumPicturePixels = 40 };
        PngReader picture = PngReader.Read(FinderChart.Pixels(image, small));
        Assert.Equal((34, 27), (picture.Width, picture.Height));
        Assert.Equal(FinderChart.Make(image, Options).Panels[0].Marks, FinderChart.Make(image, small).Panels[0].Marks);
    }

    [Fact]
    public void Undefined_pixels_have_a_colour_of_their_own()
    {
        Image image = MadeUpFrame.Of("noise", 20, 10, 3);
        image[4, 9] = float.NaN;
        PngReader picture = PngReader.Read(FinderChart.Pixels(image, new FinderChartOptions { Title = "t" }));
        Assert.Equal(Raster.UndefinedColor, picture.At(4, 0));
        (byte red, byte green, byte blue) = picture.At(5, 0);
        Assert.True(red == green && green == blue);
    }
}
