using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Sky;

namespace Albireo.Tests.Calibration;

public sealed class NominalWcsTests
{
    private static readonly SkyCoordinate Target = new(120, 30);

    [Fact]
    public void The_target_is_in_the_middle_north_up_and_east_left()
    {
        Wcs wcs = NominalWcs.Of(Target, 0.5, 512, 400);
        Assert.InRange(Target.SeparationDegrees(wcs.ToSky(new PixelPosition(255.5, 199.5))), 0, 1e-10);
        Assert.Equal(0.5, wcs.PixelScaleArcsec, 1e-10);
        Assert.False(wcs.IsMirrored);
        SkyCoordinate above = wcs.ToSky(new PixelPosition(255.5, 299.5));
        Assert.Equal(30 + (50.0 / 3600), above.DeclinationDegrees, 1e-6);
        Assert.True(wcs.ToSky(new PixelPosition(155.5, 199.5)).RightAscensionDegrees > 120);
        Assert.True(
            NominalWcs.Of(Target, 0.5, 512, 400, isMirrored: true).ToSky(new PixelPosition(155.5, 199.5)).RightAscensionDegrees < 120
        );
    }

    [Fact]
    public void A_quarter_turn_puts_east_where_north_was()
    {
        Wcs wcs = NominalWcs.Of(Target, 1, 101, 101, rotationDegrees: 90);
        SkyCoordinate above = wcs.ToSky(new PixelPosition(50, 90));
        Assert.True(above.RightAscensionDegrees > 120);
        Assert.Equal(30, above.DeclinationDegrees, 1e-4);
        SkyCoordinate left = wcs.ToSky(new PixelPosition(10, 50));
        Assert.Equal(30 - (40.0 / 3600), left.DeclinationDegrees, 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => NominalWcs.Of(Target, 0, 10, 10));
    }
}
