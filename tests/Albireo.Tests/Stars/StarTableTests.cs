using Albireo.Pipeline;
using Albireo.Pipeline.Stars;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stars;

/// <summary>Tables for <c>--stars</c>, with one magnitude or many.</summary>
public sealed class StarTableTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    [Fact]
    public void One_magnitude_and_its_band()
    {
        StarRow row = Assert.Single(Read("x,y,name,role,mag,mag_error,band", "10.5,20,T CrB,target,9.87,0.02,V"));
        Assert.Equal((10.5, 20.0), (row.Pixel!.Value.X, row.Pixel.Value.Y));
        Assert.Equal(StarRole.Target, row.Star.Role);
        Assert.Equal(StarMagnitudes.Of(new CatalogueMagnitude("V", 9.87, 0.02)), row.Star.Magnitudes);
    }

    [Theory]
    [InlineData("Bmag,e_Bmag,Vmag,e_Vmag", "12.5,0.03,11.9,0.02")] // VizieR, APASS
    [InlineData("mag_B,mag_error_B,mag_V,mag_error_V", "12.5,0.03,11.9,0.02")]
    [InlineData("B_mag,B_mag_error,V_mag,V_mag_error", "12.5,0.03,11.9,0.02")]
    [InlineData("B,V", "12.5 (0.03),11.9 (0.02)")] // the AAVSO's charts
    public void Two_bands_in_columns_of_their_own(string heads, string cells)
    {
        StarRow row = Assert.Single(Read("ra,dec,name," + heads, "10.5,20.25,S," + cells));
        Assert.Equal(StarMagnitudes.Of(new("B", 12.5, 0.03), new("V", 11.9, 0.02)), row.Star.Magnitudes);
        Assert.Equal(0.6, row.Star.Magnitudes.Colour("B", "V"), 1e-12);
        Assert.Equal(-0.6, row.Star.Magnitudes.Colour("V", "B"), 1e-12);
        Assert.True(double.IsNaN(row.Star.Magnitudes.Colour("B", "R")));
    }

    [Fact]
    public void Gaia_as_its_archive_writes_it()
    {
        StarRow row = Assert.Single(
            Read(
                "source_id,ra,ra_error,dec,dec_error,phot_g_mean_mag,phot_bp_mean_mag,phot_rp_mean_mag,bp_rp",
                "1,10.5,0.1,20.25,0.1,12.10,12.55,11.5,1.05"
            )
        );
        Assert.Equal(["G", "BP", "RP", "BP-RP"], row.Star.Magnitudes.Select(m => m.Band));
        Assert.Equal(1.05, row.Star.Magnitudes.Colour("BP", "RP"));
        Assert.Equal(12.10, row.Star.Magnitudes.First!.Value);
    }

    [Fact]
    public void A_line_for_each_band()
    {
        IReadOnlyList<StarRow> rows = Read(
            "name,ra,dec,role,mag,mag_error,band",
            "A,10.5,20.25,comparison,12.5,0.03,B",
            "A,10.5,20.25,,11.9,0.02,V",
            "B,10.6,20.25,,13.5,,B",
            "a,10.5,20.25,,11.4,,R"
        );
        Assert.Equal(2, rows.Count);
        Assert.Equal(StarRole.Comparison, rows[0].Star.Role);
        Assert.Equal(StarMagnitudes.Of(new("B", 12.5, 0.03), new("V", 11.9, 0.02), new("R", 11.4)), rows[0].Star.Magnitudes);
        Assert.Equal(["B"], rows[1].Star.Magnitudes.Select(m => m.Band));
    }

    [Fact]
    public void What_is_not_known_is_an_empty_cell()
    {
        IReadOnlyList<StarRow> rows = Read("x,y,Bmag,Vmag,B-V", "1,2,,11.9,0.7", "3,4,NaN,na,—");
        Assert.Equal(0.7, rows[0].Star.Magnitudes.Colour("B", "V"));
        Assert.Equal("V", rows[0].Star.Magnitudes.First!.Band);
        Assert.Empty(rows[1].Star.Magnitudes);
    }

    [Theory]
    [InlineData("x,y,Vmag", "1,2,bright", "line 2: Vmag is bright; expected a magnitude")]
    [InlineData("x,y,mag,band", "1,2,11.9,V|1,2,12.9,V", "line 3: V is 12.9; expected the value of line 2, which is the same star")]
    [InlineData("x,y,role,mag,band", "1,2,target,11.9,V|1,2,check,12.9,B", "line 3: role is check")]
    public void Contradictions_are_a_sentence_with_line_and_column(string head, string lines, string words)
    {
        AlbireoException e = Assert.Throws<AlbireoException>(() => Read([head, .. lines.Split('|')]));
        Assert.Equal(Failure.Usage, e.Failure);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "B−V", 0.7)] // of two that all stars have, the usual one
    [InlineData("J,K", "J−K", 0.4)]
    public void The_colour_is_the_one_asked_for_or_the_one_that_most_stars_have(string asked, string name, double target)
    {
        Star[] stars =
        [
            Of(("K", 9), ("J", 9.4), ("V", 11), ("B", 11.7)),
            Of(("K", 8), ("J", 8.2), ("V", 12), ("B", 12.4)),
            Of(("V", 12), ("R", 12.4)),
        ];
        StarColours colours = StarColours.Of(stars, 0, asked.Split(',', StringSplitOptions.RemoveEmptyEntries))!;
        Assert.Equal(name, colours.Name);
        Assert.Equal(target, colours.Values[0], 1e-9);
        Assert.True(double.IsNaN(colours.Values[2]));
        // Bands that nobody knows serve as well, if they are all there is.
        Star[] odd = [Of(("filter 3", 9), ("filter 4", 8.5)), Of(("filter 3", 9), ("filter 4", 8.2))];
        Assert.Equal("filter 3−filter 4", StarColours.Of(odd, 0, [])!.Name);
        Assert.Null(StarColours.Of([Of(("V", 11)), stars[1]], 0, []));
    }

    private static Star Of(params (string Band, double Value)[] magnitudes) =>
        new(0, 0, 0) { Magnitudes = new StarMagnitudes([.. magnitudes.Select(m => new CatalogueMagnitude(m.Band, m.Value))]) };

    private IReadOnlyList<StarRow> Read(params string[] lines)
    {
        string path = scratch.At("stars.csv");
        File.WriteAllLines(path, lines);
        return StarTable.Read(path);
    }

    public void Dispose() => scratch.Dispose();
}
