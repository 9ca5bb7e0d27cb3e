using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Detection;

/// <summary>IRAF and DAO finders against the tables of photutils 1.6 (reference/star_finders.py).</summary>
public class PhotutilsFindersTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData("schmidt")]
    [InlineData("defaults")]
    [InlineData("wide")]
    [InlineData("brightest")]
    [InlineData("tiny")]
    public void Iraf_table_is_that_of_photutils(string name)
    {
        IrafOptions options = name switch
        {
            "schmidt" => new()
            {
                Threshold = 80,
                FwhmPixels = 3,
                ExcludeBorder = true,
                RoundnessHigh = 0.7,
            },
            "defaults" => new() { Threshold = 60, FwhmPixels = 2.6 },
            "wide" => new()
            {
                Threshold = 40,
                FwhmPixels = 4.3,
                SigmaRadius = 2.5,
                MinimumSeparationFwhm = 1,
                RoundnessHigh = 0.9,
                Sky = 5,
                PeakMaximum = 3000,
            },
            "brightest" => new()
            {
                Threshold = 60,
                FwhmPixels = 3,
                Brightest = 7,
                RoundnessHigh = 0.7,
            },
            _ => new()
            {
                Threshold = 60,
                FwhmPixels = 1.5,
                SigmaRadius = 0.7,
                RoundnessHigh = 0.9,
                SharpnessHigh = 4,
            },
        };
        ReferenceRow[] rows = [.. Reference.Rows("iraf_finder.csv").Where(r => r.Text("case") == name)];
        Image image = Picture();
        IrafStar[] stars = IrafStarFinder.Find(image, name == "defaults" ? Mask() : null, options, new ReverseRunner());
        Assert.True(rows.Length > 5);
        Assert.Equal(rows.Length, stars.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            Same(rows[i]["xcentroid"], stars[i].X);
            Same(rows[i]["ycentroid"], stars[i].Y);
            Same(rows[i]["fwhm"], stars[i].Fwhm);
            Same(rows[i]["sharpness"], stars[i].Sharpness);
            Same(rows[i]["roundness"], stars[i].Roundness);
            Same(rows[i]["pa"], stars[i].PositionAngleDegrees);
            Same(rows[i]["npix"], stars[i].PixelCount);
            Same(rows[i]["sky"], stars[i].Sky);
            Same(rows[i]["peak"], stars[i].Peak);
            Same(rows[i]["flux"], stars[i].Flux);
            Same(rows[i]["mag"], stars[i].Magnitude);
        }
    }

    [Theory]
    [InlineData("defaults")]
    [InlineData("ellipse")]
    [InlineData("sky")]
    [InlineData("brightest")]
    public void Dao_table_is_that_of_photutils(string name)
    {
        DaoOptions options = name switch
        {
            "defaults" => new() { Threshold = 50, FwhmPixels = 3 },
            "ellipse" => new()
            {
                Threshold = 40,
                FwhmPixels = 4,
                Ratio = 0.6,
                AngleDegrees = 35,
                SigmaRadius = 2,
                ExcludeBorder = true,
            },
            "sky" => new()
            {
                Threshold = 60,
                FwhmPixels = 2.5,
                Sky = 1.5,
                PeakMaximum = 2000,
                SharpnessLow = 0.3,
                RoundnessLow = -0.6,
                RoundnessHigh = 0.6,
            },
            _ => new()
            {
                Threshold = 60,
                FwhmPixels = 3,
                Brightest = 7,
            },
        };
        ReferenceRow[] rows = [.. Reference.Rows("dao_finder.csv").Where(r => r.Text("case") == name)];
        DaoStar[] stars = DaoStarFinder.Find(Picture(), name == "defaults" ? Mask() : null, options);
        Assert.True(rows.Length > 5);
        Assert.Equal(rows.Length, stars.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            Same(rows[i]["xcentroid"], stars[i].X);
            Same(rows[i]["ycentroid"], stars[i].Y);
            Same(rows[i]["sharpness"], stars[i].Sharpness);
            Same(rows[i]["roundness1"], stars[i].Roundness1);
            Same(rows[i]["roundness2"], stars[i].Roundness2);
            Same(rows[i]["npix"], stars[i].PixelCount);
            Same(rows[i]["sky"], stars[i].Sky);
            Same(rows[i]["peak"], stars[i].Peak);
            Same(rows[i]["flux"], stars[i].Flux);
            Same(rows[i]["mag"], stars[i].Magnitude);
        }
    }

    [Fact]
    public void Pictures_of_nothing_give_no_stars()
    {
        var iraf = new IrafOptions { Threshold = 5, FwhmPixels = 3 };
        var dao = new DaoOptions { Threshold = 5, FwhmPixels = 3 };
        var constant = new Image(50, 40);
        var nan = new Image(50, 40);
        nan.Pixels.Fill(float.NaN);
        foreach (Image image in (Image[])[constant, nan, new Image(1, 1)])
        {
            Assert.Empty(IrafStarFinder.Find(image, null, iraf));
            Assert.Empty(DaoStarFinder.Find(image, null, dao));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => iraf with { Threshold = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => dao with { Ratio = 0 });
    }

    private static void Same(double expected, double found) =>
        Assert.True(
            Math.Abs(expected - found) <= Tolerance * Math.Max(1, Math.Abs(expected)) || (double.IsNaN(expected) && double.IsNaN(found)),
            $"{expected} became {found}"
        );

    internal static Image Picture()
    {
        ReferenceRow[] rows = [.. Reference.Rows("finder_image.csv")];
        var image = new Image(120, rows.Length);
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < 120; x++)
            {
                image[x, y] = (float)rows[y][$"c{x}"];
            }
        }
        return image;
    }

    private static PixelMask Mask()
    {
        var mask = new PixelMask(120, 90);
        for (int y = 40; y < 50; y++)
        {
            mask.Row(y)[60..70].Fill(PixelQuality.BadPixel);
        }
        return mask;
    }
}
