using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Inventory;

public sealed class FrameNameTests
{
    [Theory]
    [InlineData("/n/a.fits", "a")]
    [InlineData("/n/A.FIT", "A")]
    [InlineData("/n/a.fts.gz", "a")]
    [InlineData("/n/a.fits.fz", "a")]
    [InlineData("/n/dots..fits", "dots.")]
    [InlineData("/n/a.b.fits", "a.b")]
    [InlineData("/n/.fits", ".fits")]
    public void Endings_are_dropped(string path, string name) => Assert.Equal(name, FrameName.Of(path));

    [Fact]
    public void Shared_names_get_the_shortest_telling_folders()
    {
        Assert.Equal(["one__a", "two__A", "b"], FrameName.Unique(["/n/one/a.fits", "/n/two/A.fits", "/n/one/b.fits"]));
        Assert.Equal(["x__raw__a", "y__raw__a"], FrameName.Unique(["/n/x/raw/a.fits", "/n/y/raw/a.fits"]));
        Assert.Equal(["1__a", "2__a", "3__a"], FrameName.Unique(["/n/1/a.fits", "/n/2/a.fits.gz", "/n/3/a.fits.fz"]));
    }

    [Fact]
    public void Names_are_unique_whatever_the_paths()
    {
        string[] paths =
        [
            "/n/a.fits",
            "/n/a.fit",
            "/n/a.fits.gz",
            "/n/A.fits",
            "/n/x/a__b.fits",
            "/n/x__a/b.fits",
            "/m/x__a/b.fits",
            "/b.fits",
        ];
        IReadOnlyList<string> names = FrameName.Unique(paths);
        Assert.Equal(paths.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, n => Assert.DoesNotContain('/', n));
    }
}
