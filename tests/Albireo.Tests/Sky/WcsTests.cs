using System.Globalization;
using Albireo.Science.Images;
using Albireo.Science.Sky;
using Albireo.Tests.Support;

namespace Albireo.Tests.Sky;

public sealed class WcsTests
{
    [Fact]
    public void Pixels_and_sky_agree_with_astropy()
    {
        var headers = new Dictionary<string, Dictionary<string, string>>();
        foreach (var row in Reference.Rows("wcs_headers.csv"))
        {
            if (!headers.TryGetValue(row.Text("name"), out var cards))
            {
                headers[row.Text("name")] = cards = [];
            }
            cards[row.Text("keyword")] = row.Text("value");
        }
        foreach (var row in Reference.Rows("wcs.csv"))
        {
            Wcs wcs = Read(headers[row.Text("name")]);
            var expected = new SkyCoordinate(row["ra"], row["dec"]);
            SkyCoordinate found = wcs.ToSky(new PixelPosition(row["x"], row["y"]));
            Assert.True(found.SeparationDegrees(expected) < 1e-9, $"{row.Text("name")}: {found} instead of {expected}");
            PixelPosition back = wcs.ToPixel(expected);
            Assert.True(Math.Abs(back.X - row["x"]) < 1e-6 && Math.Abs(back.Y - row["y"]) < 1e-6, $"{row.Text("name")}: {back}");
        }
    }

    [Fact]
    public void Scale_and_handedness()
    {
        Wcs wcs = Read(Simple());
        Assert.Equal(3.6, wcs.PixelScaleArcsec, 1e-12);
        Assert.False(wcs.IsMirrored);
        Dictionary<string, string> flipped = Simple();
        flipped["CDELT1"] = "0.001";
        Assert.True(Read(flipped).IsMirrored);
    }

    [Fact]
    public void Swapped_axes_give_the_same_sky()
    {
        Dictionary<string, string> swapped = Simple();
        (swapped["CTYPE1"], swapped["CTYPE2"]) = (swapped["CTYPE2"], swapped["CTYPE1"]);
        (swapped["CRVAL1"], swapped["CRVAL2"]) = (swapped["CRVAL2"], swapped["CRVAL1"]);
        (swapped["CDELT1"], swapped["CDELT2"]) = (swapped["CDELT2"], swapped["CDELT1"]);
        SkyCoordinate one = Read(Simple()).ToSky(new PixelPosition(70, 20));
        SkyCoordinate other = Read(swapped).ToSky(new PixelPosition(29, 61));
        Assert.True(Read(Simple()).ReferencePixel == new PixelPosition(59, 50));
        Assert.True(one.SeparationDegrees(other) < 1e-12);
    }

    [Fact]
    public void The_equinox_is_obeyed()
    {
        Dictionary<string, string> cards = Simple();
        cards["RADESYS"] = "FK5";
        cards["EQUINOX"] = "2017.97";
        Wcs wcs = Read(cards);
        SkyCoordinate centre = wcs.ToSky(wcs.ReferencePixel);
        Assert.True(centre.SeparationDegrees(Precession.FromEquinox(new SkyCoordinate(150, 20), 2017.97)) < 1e-12);
        PixelPosition back = wcs.ToPixel(centre);
        Assert.Equal(59, back.X, 1e-8);
        Assert.Equal(50, back.Y, 1e-8);
        cards["EQUINOX"] = "1950";
        cards["RADESYS"] = "FK4";
        Assert.True(
            Read(cards).ToSky(new PixelPosition(59, 50)).SeparationDegrees(Precession.FromB1950(new SkyCoordinate(150, 20))) < 1e-12
        );
    }

    [Fact]
    public void The_far_side_of_the_sky_has_no_pixel() => Assert.True(double.IsNaN(Read(Simple()).ToPixel(new SkyCoordinate(330, -20)).X));

    [Theory]
    [InlineData("CTYPE1", null, "CTYPE")]
    [InlineData("CTYPE1", "RA---TPV", "TAN")]
    [InlineData("CTYPE1", "GLON-TAN", "right ascension")]
    [InlineData("CRVAL1", null, "CRVAL")]
    [InlineData("CRVAL2", "95", "range")]
    [InlineData("CDELT1", null, "CDELT")]
    [InlineData("CDELT1", "0", "inverted")]
    [InlineData("RADESYS", "FK9", "FK9")]
    [InlineData("PV2_1", "1.0", "PV")]
    public void What_cannot_be_used_says_why(string keyword, string? value, string word)
    {
        Dictionary<string, string> cards = Simple();
        if (value is null)
        {
            _ = cards.Remove(keyword);
            _ = keyword == "CTYPE1" && cards.Remove("CTYPE2");
        }
        else
        {
            cards[keyword] = value;
        }
        Assert.False(TryRead(cards, out _, out string? why));
        Assert.Contains(word, why, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Simple() =>
        new()
        {
            ["CTYPE1"] = "RA---TAN",
            ["CTYPE2"] = "DEC--TAN",
            ["CRPIX1"] = "60",
            ["CRPIX2"] = "51",
            ["CRVAL1"] = "150",
            ["CRVAL2"] = "20",
            ["CDELT1"] = "-0.001",
            ["CDELT2"] = "0.001",
        };

    private static Wcs Read(Dictionary<string, string> cards)
    {
        Assert.True(TryRead(cards, out Wcs? wcs, out string? why), why);
        return wcs!;
    }

    private static bool TryRead(Dictionary<string, string> cards, out Wcs? wcs, out string? why) =>
        Wcs.TryRead(
            key =>
                cards.TryGetValue(key, out string? v) && double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out double d)
                    ? d
                    : null,
            key => cards.GetValueOrDefault(key),
            out wcs,
            out why
        );
}
