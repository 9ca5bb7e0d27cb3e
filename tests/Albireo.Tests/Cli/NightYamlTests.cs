using System.Text.Json;
using Albireo.Tests.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>night.yaml beside the frames, as <c>reduce</c> and <c>inventory</c> obey it.</summary>
public sealed class NightYamlTests : IClassFixture<SmallNight>, IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly SmallNight small;
    private readonly string night;

    public NightYamlTests(SmallNight small)
    {
        this.small = small;
        night = small.CopyTo(scratch.At("night"));
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Everything_it_says_counts_and_the_command_line_comes_before_it()
    {
        string[] stars = small.Stars;
        File.WriteAllText(
            Path.Combine(night, "mine.yaml"),
            "name: mine\nsettings:\n  measure: {annulus-inner: 5, annulus-outer: 9}\n  masters: {sigma: 4}\n"
        );
        File.WriteAllText(
            Path.Combine(night, "night.yaml"),
            $$"""
            telescope: mine.yaml
            target: {{stars[1]}}
            comparison:
              - {{stars[3]}}
            sky: 02:04:10.278,+46:41:16.2
            site: {latitude: 31.5, longitude: -110.5, height: 2300}
            frames:
              {{SmallNight.Light(6)}}: {exclude: a satellite}
            measure: {annulus-outer: 8, sky: median}
            detector: {read-noise: 6}
            """
        );
        File.WriteAllText(scratch.At("recipe.yaml"), "measure: {annulus-inner: 3, sky-clip-sigma: 2.5, sky: mode}\n");
        AlbireoRun run = AlbireoRun.Of([
            "reduce",
            night,
            "-o",
            scratch.At("out"),
            "--recipe",
            scratch.At("recipe.yaml"),
            "--set",
            "detector.read-noise=7",
        ]);
        Assert.True(run.Code == 0, run.ToString());
        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(scratch.At("out", "run.json")));
        JsonElement request = record.RootElement.GetProperty("request");
        Assert.Equal(stars[1], request.GetProperty("target").GetString());
        Assert.Equal(stars[3], request.GetProperty("comparisons")[0].GetString());
        Assert.StartsWith("02:04:10.278", request.GetProperty("sky").GetString(), StringComparison.Ordinal);
        Assert.Equal("31.5,-110.5,2300", request.GetProperty("site").GetString());
        JsonElement measure = record.RootElement.GetProperty("options").GetProperty("measure");
        Assert.Equal(
            (5, 8, 2.5, "median"), // profile over recipe, night.yaml over profile, recipe over default, night.yaml over recipe
            (
                measure.GetProperty("annulus-inner").GetDouble(),
                measure.GetProperty("annulus-outer").GetDouble(),
                measure.GetProperty("sky-clip-sigma").GetDouble(),
                measure.GetProperty("sky").GetString()
            )
        );
        JsonElement options = record.RootElement.GetProperty("options");
        Assert.Equal(7, options.GetProperty("detector").GetProperty("read-noise").GetDouble());
        Assert.Equal(4, options.GetProperty("masters").GetProperty("sigma").GetDouble());
        Assert.Equal("mine", Assert.Single(record.RootElement.GetProperty("profiles").EnumerateArray()).GetString());
        Assert.Equal(5, record.RootElement.GetProperty("observations")[0].GetProperty("frames").GetArrayLength());
        Assert.Equal(6, CsvTable.Read(scratch.At("out", "lightcurve.csv")).Rows.Count + 1);
    }

    [Fact]
    public void Words_on_the_command_line_come_before_the_files()
    {
        File.WriteAllText(Path.Combine(night, "night.yaml"), "target: 3,3\nsky: 10:00:00,+10:00:00\n");
        AlbireoRun run = AlbireoRun.Of([.. small.Command(night, scratch.At("out")), "--sky", "02:04:10.278,+46:41:16.2"]);
        Assert.True(run.Code == 0, run.ToString());
        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(scratch.At("out", "run.json")));
        JsonElement request = record.RootElement.GetProperty("request");
        Assert.Equal(small.Stars[1], request.GetProperty("target").GetString());
        Assert.StartsWith("02:04:10.278", request.GetProperty("sky").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("measure:\n  radi: [3]\n", "line 2: unknown option measure.radi; did you mean measure.radii?")]
    [InlineData("kinds: {dark: 'cap*'}\nmeasur: {radii: [3]}\n", "line 2: unknown option measur.radii; did you mean measure.radii?")]
    [InlineData("targt: 3,4\n", "line 1: unknown option targt; docs/recipes.md lists the options.")]
    [InlineData("measure: {radii: three}\n", "line 1: measure.radii = three; expected a number.")]
    [InlineData("sky: over there\n", "line 1, sky: 'over there' is not a position")]
    [InlineData("target: '1,2,3'\n", "line 1, target: target 1,2,3: expected X,Y in pixels")]
    [InlineData("frames:\n  a*: {exposer: 3}\n", "line 2, frames.a*.exposer: there is no such key")]
    [InlineData("inventory: {depth: 0}\n", "inventory.depth cannot stand in night.yaml")]
    public void A_slip_is_one_sentence_with_file_and_line(string text, string expected)
    {
        string file = Path.Combine(night, "night.yaml");
        File.WriteAllText(file, text);
        foreach (
            string[] command in (string[][])
                [
                    ["inventory", night],
                    small.Command(night, scratch.At("out")),
                ]
        )
        {
            AlbireoRun run = AlbireoRun.Of(command);
            Assert.Equal(2, run.Code);
            string complaint = Assert.Single(run.Complaints);
            Assert.Contains("night.yaml", complaint, StringComparison.Ordinal);
            Assert.Contains(expected, complaint.Replace(": line", ", line", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_nights_that_disagree_are_refused_and_an_inner_file_may_say_otherwise()
    {
        TinyFits.Write(scratch.At("two", "a", "1.fits"), 1, "IMAGETYP= 'LIGHT'", "EXPTIME = 5.0");
        TinyFits.Write(scratch.At("two", "b", "2.fits"), 2, "IMAGETYP= 'LIGHT'", "EXPTIME = 5.0");
        File.WriteAllText(scratch.At("two", "a", "night.yaml"), "inventory: {words: {dark: CAP}}\n");
        File.WriteAllText(scratch.At("two", "b", "night.yaml"), "inventory: {words: {dark: LID}}\n");
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("two"));
        Assert.Equal(2, run.Code);
        Assert.Contains("set inventory.words.dark differently", Assert.Single(run.Complaints), StringComparison.Ordinal);
        File.Move(scratch.At("two", "b", "night.yaml"), scratch.At("two", "night.yaml"));
        Assert.Equal(0, AlbireoRun.Of("inventory", scratch.At("two")).Code);
    }
}
