using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Science.Images;
using Albireo.Science.Sky;

namespace Albireo.Tests.Frames;

/// <summary>A star on a colour plane keeps its place on the sky.</summary>
public sealed class PlaneHeaderTests
{
    [Theory]
    [InlineData("cd")]
    [InlineData("sip")]
    [InlineData("pc")]
    [InlineData("crota")]
    public void World_coordinates_follow(string kind)
    {
        FitsHeader header = Header(kind);
        Wcs whole = Read(header);
        foreach (string cell in (string[])["RGGB", "GBRG"])
        {
            foreach (ColourChannel channel in Enum.GetValues<ColourChannel>())
            {
                var plane = new BayerPlane(cell, channel);
                FitsHeader own = PlaneHeader.Of(header, plane);
                Wcs part = Read(own);
                Assert.Equal(2 * whole.PixelScaleArcsec, part.PixelScaleArcsec, 1e-9);
                foreach ((double i, double k) in ((double, double)[])[(0, 0), (250, 100), (-20.5, 333.25)])
                {
                    SkyCoordinate expected = whole.ToSky(new PixelPosition((2 * i) + plane.Origin.X, (2 * k) + plane.Origin.Y));
                    Assert.True(part.ToSky(new PixelPosition(i, k)).SeparationDegrees(expected) < 1e-10, $"{kind} {cell} {channel}");
                }
            }
        }
    }

    [Fact]
    public void What_counts_pixels_counts_those_of_the_plane()
    {
        FitsHeader header = Header("cd");
        header.Set("BAYERPAT", "RGGB");
        header.Set("XBAYROFF", 0);
        header.Set("XPIXSZ", 3.76);
        header.Set("PIXSCALE", 0.7);
        header.Set("TRIMSEC", "[4:99,1:64]");
        header.Set("LTV1", -100.0);
        FitsHeader own = PlaneHeader.Of(header, new BayerPlane("RGGB", ColourChannel.Green));
        Assert.Equal((7.52, 1.4), (own.Real("XPIXSZ"), own.Real("PIXSCALE")));
        Assert.Equal("[3:49,1:32]", own.Text("TRIMSEC")); // columns 5 … 98 are the cells that lie whole inside
        // Detector pixel 101 (1-based) is the mosaic's 1, at the plane's 1 + (0 - 0.5)/2.
        Assert.Equal(0.75, own.Real("LTV1")!.Value + (own.Real("LTM1_1")!.Value * 101), 1e-12);
        Assert.False(own.Contains("BAYERPAT"));
        Assert.Equal("G", own.Text("CHANNEL"));
        Assert.True(header.Contains("BAYERPAT"));
    }

    private static FitsHeader Header(string kind)
    {
        var header = new FitsHeader();
        string sip = kind == "sip" ? "-SIP" : "";
        header.Set("CTYPE1", "RA---TAN" + sip);
        header.Set("CTYPE2", "DEC--TAN" + sip);
        header.Set("CRVAL1", 150.25);
        header.Set("CRVAL2", 33.5);
        header.Set("CRPIX1", 251.5);
        header.Set("CRPIX2", 199.0);
        if (kind is "cd" or "sip")
        {
            header.Set("CD1_1", -2.1e-4);
            header.Set("CD1_2", 3e-5);
            header.Set("CD2_1", 2.8e-5);
            header.Set("CD2_2", 2e-4);
        }
        else
        {
            header.Set("CDELT1", -2.1e-4);
            header.Set("CDELT2", 2e-4);
        }
        if (kind == "pc")
        {
            header.Set("PC1_1", 0.9);
            header.Set("PC1_2", -0.2);
            header.Set("PC2_1", 0.2);
            header.Set("PC2_2", 0.9);
        }
        if (kind == "crota")
        {
            header.Set("CROTA2", 12.0);
        }
        if (kind == "sip")
        {
            header.Set("A_ORDER", 2);
            header.Set("B_ORDER", 3);
            header.Set("A_2_0", 1e-5);
            header.Set("A_1_1", -3e-6);
            header.Set("B_0_2", 2e-5);
            header.Set("B_1_2", 4e-9);
        }
        return header;
    }

    private static Wcs Read(FitsHeader header)
    {
        Assert.True(Wcs.TryRead(header.Real, header.Text, out Wcs? wcs, out string? why), why);
        return wcs!;
    }
}
