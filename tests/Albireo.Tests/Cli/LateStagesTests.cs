using System.Xml.Linq;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>The stages after the last pixel, from OUT alone: the raw frames are gone when they run.</summary>
public sealed class LateStagesTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly string output;

    public LateStagesTests()
    {
        using var night = new SmallNight();
        string raw = night.CopyTo(scratch.At("raw"));
        output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of([.. night.Command(raw, output), "--no-calibrated", "--quiet"]);
        Assert.True(run.Code == 0, run.ToString());
        Directory.Delete(raw, recursive: true);
    }

    [Fact]
    public void Curve_and_report_again_change_nothing()
    {
        string curve = File.ReadAllText(Path.Combine(output, "lightcurve.csv"));
        string report = File.ReadAllText(Path.Combine(output, "report.html"));
        AlbireoRun again = AlbireoRun.Of("curve", "-o", output);
        Assert.True(again.Code == 0, again.ToString());
        Assert.Equal(curve, File.ReadAllText(Path.Combine(output, "lightcurve.csv")));
        Assert.Equal(report, File.ReadAllText(Path.Combine(output, "report.html")));
        foreach (string plot in (string[])["lightcurve", "finder", "comparisons", "systematics", "precision", "psf", "profile"])
        {
            XDocument.Load(Path.Combine(output, "plots", plot + ".svg"));
        }
        Assert.Contains("The curve in numbers", report, StringComparison.Ordinal);
        File.Delete(Path.Combine(output, "report.html"));
        AlbireoRun reported = AlbireoRun.Of("report", "-o", output);
        Assert.True(reported.Code == 0, reported.ToString());
        Assert.Equal(report, File.ReadAllText(Path.Combine(output, "report.html")));
    }

    [Fact]
    public void Another_star_makes_another_curve_which_out_remembers()
    {
        string before = File.ReadAllText(Path.Combine(output, "lightcurve.csv"));
        AlbireoRun other = AlbireoRun.Of("curve", "-o", output, "--target", "#1", "--comparison", "#0");
        Assert.True(other.Code == 0, other.ToString());
        string changed = File.ReadAllText(Path.Combine(output, "lightcurve.csv"));
        Assert.NotEqual(before, changed);
        Assert.Equal(0, AlbireoRun.Of("curve", "-o", output).Code);
        Assert.Equal(changed, File.ReadAllText(Path.Combine(output, "lightcurve.csv")));
    }

    [Theory]
    [InlineData("--target", "#9999", "#9999")]
    [InlineData("--target", "1,1", "no measured star lies within")]
    [InlineData("--set", "measure.radii=3,4", "measure.radii is decided where frames are measured")]
    [InlineData("--set", "curve.aperture=77", "curve.aperture = 77")]
    [InlineData("--set", "curve.ban=9999", "there is no #9999")]
    [InlineData("--explain-time", "nobody", "nobody")]
    public void What_cannot_be_is_said_in_a_sentence(string option, string value, string complaint)
    {
        AlbireoRun run = AlbireoRun.Of("curve", "-o", output, option, value);
        Assert.True(run.Code == 2, run.ToString());
        Assert.Contains(complaint, Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_of_a_frame_is_explained_from_its_keyword()
    {
        AlbireoRun run = AlbireoRun.Of("curve", "-o", output, "--explain-time", SmallNight.Light(1));
        Assert.True(run.Code == 0, run.ToString());
        Assert.Contains("DATE-OBS = ", run.Out, StringComparison.Ordinal);
        Assert.Contains("UTC mid-exposure", run.Out, StringComparison.Ordinal);
        Assert.Contains("leap seconds, by a table that is certain until 20", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_coordinates_times_are_those_of_the_pointing_everywhere_and_it_is_said()
    {
        string[] Dates() => CsvTable.Read(Path.Combine(output, "lightcurve.csv")).Texts("bjd_tdb_mid");
        AlbireoRun run = AlbireoRun.Of("curve", "-o", output, "--explain-time", SmallNight.Light(1));
        Assert.Matches(@"BJD_TDB +" + Dates()[0], run.Out);
        Assert.Contains("where the telescope pointed (OBJCTRA", run.Error, StringComparison.Ordinal);
        string[] before = Dates();
        Assert.Equal(0, AlbireoRun.Of("curve", "-o", output, "--site", "-30,20,1000").Code);
        Assert.All(Dates(), d => Assert.NotEmpty(d));
        Assert.NotEqual(before, Dates());
    }

    [Fact]
    public void Export_writes_a_file_or_says_what_is_missing()
    {
        string file = scratch.At("curve.txt");
        AlbireoRun missing = AlbireoRun.Of("export", output, "--format", "aavso", "-o", file);
        Assert.True(missing.Code == 2, missing.ToString());
        Assert.Contains("observer code", Assert.Single(missing.Complaints), StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        AlbireoRun done = AlbireoRun.Of("export", output, "--format", "aavso", "-o", file, "--observer", "ABC");
        Assert.True(done.Code == 0, done.ToString());
        Assert.StartsWith("#TYPE=EXTENDED\n#OBSCODE=ABC\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(2, AlbireoRun.Of("export", output, "--format", "vizier", "-o", file).Code);
    }

    [Fact]
    public void A_period_search_leaves_table_and_plot_which_go_when_it_is_switched_off()
    {
        AlbireoRun wide = AlbireoRun.Of("curve", "-o", output, "--period-search", "lomb-scargle");
        Assert.True(wide.Code == 3, wide.ToString()); // six points
        Assert.Contains("6 points cannot tell a period", Assert.Single(wide.Complaints), StringComparison.Ordinal);
        AlbireoRun folded = AlbireoRun.Of("curve", "-o", output, "--period", "0.01");
        Assert.True(folded.Code == 0, folded.ToString());
        Assert.Equal(7, File.ReadAllLines(Path.Combine(output, "folded.csv")).Length);
        XDocument.Load(Path.Combine(output, "plots", "folded.svg"));
        Assert.Contains("curve.period=0.01", File.ReadAllText(Path.Combine(output, "report.html")), StringComparison.Ordinal);
        Assert.Equal(0, AlbireoRun.Of("curve", "-o", output, "--set", "curve.period=none").Code);
        Assert.False(File.Exists(Path.Combine(output, "folded.csv")));
    }

    [Fact]
    public void A_fit_without_a_period_asks_for_it()
    {
        AlbireoRun run = AlbireoRun.Of("fit", "-o", output);
        Assert.True(run.Code == 2, run.ToString());
        Assert.Contains("--", Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_an_observation_is_refused()
    {
        Directory.CreateDirectory(scratch.At("empty"));
        AlbireoRun run = AlbireoRun.Of("report", "-o", scratch.At("empty"));
        Assert.True(run.Code == 2, run.ToString());
        Assert.Contains("observation.fits", Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();
}
