using Albireo.Pipeline.Instruments;

namespace Albireo.Tests.Instruments;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("abc", "ABC", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*", "", true)]
    [InlineData("*x*y*", "axbyc", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("1m0-*", "1m0-05", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void Patterns(string pattern, string text, bool fits) => Assert.Equal(fits, Wildcard.Matches(pattern, text));

    [Theory]
    [InlineData("dark_*", "/n/dark_1.fits", true)]
    [InlineData("dark_1", "/n/dark_1.fits.fz", true)]
    [InlineData("dark_1.fits.fz", "/n/dark_1.fits.fz", true)]
    [InlineData("flat/*", "/n/flat/1.fits", true)]
    [InlineData("flat/*", "/n/dark/1.fits", false)]
    [InlineData("*/flat/*", "/n/flat/1.fits", true)]
    [InlineData("a/b/c/d/*", "/x.fits", false)]
    public void Files(string pattern, string path, bool fits) => Assert.Equal(fits, Wildcard.MatchesFile(pattern, path));
}
