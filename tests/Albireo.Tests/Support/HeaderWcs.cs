using Albireo.Fits;
using Albireo.Science.Sky;

namespace Albireo.Tests.Support;

/// <summary>The coordinates that a header states.</summary>
public static class HeaderWcs
{
    public static Wcs Of(FitsHeader header)
    {
        Assert.True(Wcs.TryRead(header.Real, header.Text, out Wcs? wcs, out string? why), why);
        return wcs!;
    }
}
