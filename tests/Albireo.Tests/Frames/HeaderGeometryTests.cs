using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Sky;
using Albireo.Tests.Support;

namespace Albireo.Tests.Frames;

/// <summary>Cut and mirrored pictures: every form in which headers state coordinates leads to the same place on the sky.</summary>
public sealed class HeaderGeometryTests
{
    private const int Width = 60;
    private const int Height = 50;

    public static TheoryData<string> Forms => ["cd", "pc", "pc-partly", "cdelt", "crota", "sip"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Stars_keep_their_place_on_the_sky(string form)
    {
        Wcs plain = HeaderWcs.Of(Header(form));
        var kept = new PixelRegion(7, 47, 3, 48);
        FitsHeader cut = Header(form);
        HeaderGeometry.Cut(cut, kept, null);
        FitsHeader upDown = Header(form);
        HeaderGeometry.FlipUpDown(upDown, Height);
        FitsHeader leftRight = Header(form);
        HeaderGeometry.FlipLeftRight(leftRight, Width);
        foreach ((double x, double y) in new[] { (10.0, 5.0), (33.25, 40.5), (46, 20) })
        {
            SkyCoordinate star = plain.ToSky(new PixelPosition(x, y));
            Same(star, HeaderWcs.Of(cut).ToSky(new PixelPosition(x - 7, y - 3)), form + " cut");
            Same(star, HeaderWcs.Of(upDown).ToSky(new PixelPosition(x, Height - 1 - y)), form + " up-down");
            Same(star, HeaderWcs.Of(leftRight).ToSky(new PixelPosition(Width - 1 - x, y)), form + " left-right");
        }
    }

    [Fact]
    public void Mirroring_twice_changes_nothing()
    {
        FitsHeader header = Header("sip");
        header.Set("ROWORDER", "TOP-DOWN");
        header.Set("BIASSEC", "[1:4,1:50]");
        header.Set("TRIMSEC", "[5:60,2:49]");
        FitsHeader before = header.Clone();
        HeaderGeometry.FlipUpDown(header, Height);
        Assert.Equal("BOTTOM-UP", header.Text("ROWORDER"));
        HeaderGeometry.FlipLeftRight(header, Width);
        Assert.Equal("[57:60,1:50]", header.Text("BIASSEC"));
        HeaderGeometry.FlipLeftRight(header, Width);
        HeaderGeometry.FlipUpDown(header, Height);
        Assert.Equal(before.Select(c => (c.Keyword, c.Value)), header.Select(c => (c.Keyword, c.Value)));
    }

    [Fact]
    public void The_origin_of_a_sub_frame_moves_with_the_cut()
    {
        var header = new FitsHeader();
        header.Set("XORGSUBF", 100);
        header.Set("YORGSUBF", 200);
        HeaderGeometry.Cut(header, new PixelRegion(7, 47, 3, 48), "XORGSUBF,YORGSUBF");
        Assert.Equal((107.0, 203.0), (header.Real("XORGSUBF"), header.Real("YORGSUBF")));
        Assert.Equal((-7.0, -3.0), (header.Real("LTV1"), header.Real("LTV2")));

        var ltv = new FitsHeader();
        ltv.Set("LTV1", -100.0);
        ltv.Set("LTV2", -200.0);
        HeaderGeometry.Cut(ltv, new PixelRegion(7, 47, 3, 48), "LTV1,LTV2");
        Assert.Equal((-107.0, -203.0), (ltv.Real("LTV1"), ltv.Real("LTV2")));
    }

    private static void Same(SkyCoordinate expected, SkyCoordinate found, string what)
    {
        Assert.True(Math.Abs(expected.RightAscensionDegrees - found.RightAscensionDegrees) < 1e-10, what);
        Assert.True(Math.Abs(expected.DeclinationDegrees - found.DeclinationDegrees) < 1e-10, what);
    }

    private static FitsHeader Header(string form)
    {
        var header = new FitsHeader();
        header.Set("CTYPE1", form == "sip" ? "RA---TAN-SIP" : "RA---TAN");
        header.Set("CTYPE2", form == "sip" ? "DEC--TAN-SIP" : "DEC--TAN");
        header.Set("CRVAL1", 210.5);
        header.Set("CRVAL2", -33.25);
        header.Set("CRPIX1", 31.5);
        header.Set("CRPIX2", 22.0);
        (string, double)[] cards = form switch
        {
            "cd" => [("CD1_1", -2e-4), ("CD1_2", 3e-5), ("CD2_1", 2.5e-5), ("CD2_2", 2.1e-4)],
            "pc" => [("CDELT1", -2e-4), ("CDELT2", 2.1e-4), ("PC1_1", 0.9), ("PC1_2", 0.1), ("PC2_1", -0.12), ("PC2_2", 0.95)],
            "pc-partly" => [("CDELT1", -2e-4), ("CDELT2", 2.1e-4), ("PC1_2", 0.1)],
            "cdelt" => [("CDELT1", -2e-4), ("CDELT2", 2.1e-4)],
            "crota" => [("CDELT1", -2e-4), ("CDELT2", 2.1e-4), ("CROTA2", 21)],
            _ =>
            [
                ("CD1_1", -2e-4),
                ("CD1_2", 3e-5),
                ("CD2_1", 2.5e-5),
                ("CD2_2", 2.1e-4),
                ("A_ORDER", 2),
                ("A_2_0", 1e-5),
                ("A_1_1", 2e-5),
                ("A_0_2", -3e-5),
                ("B_ORDER", 2),
                ("B_2_0", 4e-5),
                ("B_1_1", -5e-5),
                ("B_0_2", 6e-5),
            ],
        };
        foreach ((string keyword, double value) in cards)
        {
            header.Set(keyword, value);
        }
        return header;
    }
}
