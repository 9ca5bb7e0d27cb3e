using Albireo.Pipeline.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

/// <summary>System 5: the ordered completeness checks of nimccdred.</summary>
public sealed class StrictChecksTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private int seed;

    public StrictChecksTests()
    {
        foreach (string kind in (string[])["LIGHT", "DARK", "FLAT"])
        {
            Frame($"{kind}1.fits", kind, 60, "V");
            Frame($"{kind}2.fits", kind, 60, "V");
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_complete_night_passes() => Assert.Empty(Checks());

    [Fact]
    public void Every_gap_is_said_in_the_order_of_the_checks()
    {
        Frame("light3.fts", "LIGHT", 60, "V");
        Frame("light4.fits", "LIGHT", 30.5, "R");
        Frame("dark3.fits", "DARK", 10, "V");
        TinyFits.Write(folder.At("small.fits"), 50, 4, 4, "IMAGETYP= 'LIGHT'", "EXPTIME = 60.0", "FILTER = 'V'");
        Assert.Equal(
            [
                $"{folder.At("light3.fts")}: the name does not end in .fits.",
                $"{folder.At("small.fits")}: the picture is 4×4, the first one 8×6.",
                "There is no dark of exactly 30.5 s.",
                "There is no flat in R.",
            ],
            Checks()
        );
    }

    [Fact]
    public void Two_frames_a_group_are_needed()
    {
        Frame("light4.fits", "LIGHT", 30, "R");
        Frame("dark4.fits", "DARK", 30, "R");
        Frame("flat4.fits", "FLAT", 30, "R");
        Assert.Equal(["There is only one dark of 30 s; two are needed.", "There is only one flat in R; two are needed."], Checks());
    }

    [Fact]
    public void The_flats_exposures_need_darks_too()
    {
        Frame("flat4.fits", "FLAT", 2, "V");
        Assert.Equal(["There is no dark of exactly 2 s."], Checks());
    }

    [Fact]
    public void An_unreadable_file_is_said()
    {
        File.WriteAllText(folder.At("text.fits"), "text");
        Assert.Contains("text.fits", Assert.Single(Checks()), StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Checks() => [.. StrictChecks.Of(Inventories.Of(folder.Path)).SelectMany(c => c)];

    private void Frame(string name, string kind, double exposure, string filter) =>
        TinyFits.Write(folder.At(name), ++seed, $"IMAGETYP= '{kind}'", $"EXPTIME = {exposure:0.0}", $"FILTER = '{filter}'");
}
