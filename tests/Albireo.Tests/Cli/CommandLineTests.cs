using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>The command line itself: what cannot be understood is refused in one sentence, never guessed at.</summary>
public sealed class CommandLineTests(SmallNight small) : IClassFixture<SmallNight>, IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void An_unknown_option_before_the_night() => Refused("--tagret", "reduce", "--tagret", "1,2", small.Night.Folder, "-o", Out);

    [Fact]
    public void An_unknown_option_after_the_night_is_no_other_night() =>
        Refused("--tagret", "reduce", small.Night.Folder, "-o", Out, "--tagret", "1,2");

    [Fact]
    public void An_unknown_short_option() => Refused("-z", "reduce", small.Night.Folder, "-z", "-o", Out);

    [Fact]
    public void An_unknown_command() => Refused("redcue", "redcue", small.Night.Folder, "-o", Out);

    [Fact]
    public void No_command_at_all() => Refused("--help");

    [Fact]
    public void An_output_folder_is_required() => Refused("-o", "reduce", small.Night.Folder);

    [Fact]
    public void An_option_given_without_its_value() => Refused("--target", "reduce", small.Night.Folder, "-o", Out, "--target");

    [Fact]
    public void An_unknown_setting_names_where_it_came_from() =>
        Refused("measure.nothing", "reduce", small.Night.Folder, "-o", Out, "--set", "measure.nothing=1");

    [Fact]
    public void An_at_sign_is_no_response_file()
    {
        string answers = scratch.At("answers");
        File.WriteAllText(answers, $"{small.Night.Folder} -o {Out}");
        AlbireoRun run = AlbireoRun.Of("reduce", "@" + answers, "-o", Out);
        Assert.Equal(2, run.Code);
        Assert.Contains($"@{answers} does not exist", Assert.Single(run.Complaints));
    }

    [Fact]
    public void A_path_that_begins_with_a_dash_comes_after_two()
    {
        string night = small.CopyTo(scratch.At("-night"));
        string before = Directory.GetCurrentDirectory();
        // The name as it is typed, from the folder that holds it; no other test depends on the current folder.
        Directory.SetCurrentDirectory(scratch.Path);
        try
        {
            AlbireoRun run = AlbireoRun.Of([.. small.Command("--", Out)[2..], "inventory"]);
            Assert.Equal(2, run.Code);
            run = AlbireoRun.Of(["reduce", "-o", Out, .. small.Stars, "--", "-night"]);
            Assert.True(run.Code == 0, run.ToString());
            Assert.Contains("6 of 6 lights", run.Out);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
        Assert.True(Directory.Exists(night));
    }

    [Fact]
    public void An_output_below_a_regular_file_is_refused()
    {
        string file = scratch.At("file");
        File.WriteAllText(file, "mine");
        string output = Path.Combine(file, "out");
        Refused(output, small.Command(small.Night.Folder, output));
        Refused(file, small.Command(small.Night.Folder, file));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void An_output_that_is_the_night_itself_keeps_the_raw_files()
    {
        string night = small.CopyTo(scratch.At("night"));
        SortedDictionary<string, string> before = ProductTree.Files(night);
        AlbireoRun.Of(small.Command(night, night));
        SortedDictionary<string, string> after = ProductTree.Files(night);
        Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));
        AlbireoRun again = AlbireoRun.Of(small.Command(night, night));
        Assert.Equal(0, again.Code);
        Assert.Equal(after["lightcurve.csv"], ProductTree.Files(night)["lightcurve.csv"]); // its own products are no lights
    }

    [Fact]
    public void Nothing_that_was_given_is_overwritten()
    {
        string raw = small.CopyTo(scratch.At("raw"));
        string light = Directory.GetFiles(raw, "light*").Order(StringComparer.Ordinal).First();
        string table = scratch.At("positions.csv");
        File.WriteAllText(table, "x,y\n20,20\n");
        Directory.CreateSymbolicLink(scratch.At("link"), raw);
        string linked = Path.Combine(scratch.At("link"), Path.GetFileName(light));
        string[] packed = [Path.Combine(raw, "twin.fits.gz"), Path.Combine(raw, "twin.fits")];
        using (var zipped = new System.IO.Compression.GZipStream(File.Create(packed[0]), System.IO.Compression.CompressionLevel.Fastest))
        {
            zipped.Write(File.ReadAllBytes(light));
        }
        File.WriteAllText(packed[1], "mine");
        SortedDictionary<string, string> before = ProductTree.Files(scratch.Path);
        Refused(light, "show", light, "-o", light);
        Refused(linked, "show", light, "-o", linked);
        Refused(table, "show", light, "--at", table, "-o", table);
        Refused(light, "combine", light, linked, "-o", light);
        Refused(table, "photometry", light, "--at", table, "--radii", "3", "-o", table);
        Refused("twin.fits", "unpack", packed[0], "-o", raw);
        Assert.Equal(before, ProductTree.Files(scratch.Path));
    }

    [Theory]
    [InlineData("--percentiles", "-1,101", "from 0 to 100")]
    [InlineData("--percentiles", "5", "from 0 to 100")]
    [InlineData("--limits", "5,1", "LOW below HIGH")]
    [InlineData("--stretch", "cubic", "one of linear, asinh, log")]
    [InlineData("--stretch", "1", "one of linear, asinh, log")]
    [InlineData("--radius", "wide", "--radius wide: expected a number")]
    public void A_wrong_value_is_told_in_words(string option, string value, string expected)
    {
        string light = Directory.GetFiles(small.Night.Folder, "light*")[0];
        AlbireoRun run = Refused(expected, "show", light, "-o", scratch.At("a.png"), option, value);
        Assert.DoesNotContain("System.", run.Complaints[0]);
        Assert.DoesNotContain("Albireo.", run.Complaints[0]);
    }

    [Fact]
    public void Two_ways_to_choose_black_and_white_are_one_too_many() =>
        Refused(
            "--zscale and --limits",
            "show",
            Directory.GetFiles(small.Night.Folder, "light*")[0],
            "-o",
            scratch.At("a.png"),
            "--zscale",
            "--limits",
            "1,2"
        );

    [Fact]
    public void A_second_run_into_the_same_output_is_kept_out()
    {
        string output = scratch.At("out");
        using (Pipeline.Runs.OutputFolder.Open(output))
        {
            AlbireoRun run = Refused(output, small.Command(small.Night.Folder, output));
            Assert.Contains("in use", run.Complaints[0]);
        }
        Assert.False(File.Exists(Path.Combine(output, "lightcurve.csv")));
        Assert.Equal(0, AlbireoRun.Of(small.Command(small.Night.Folder, output)).Code);
    }

    [Fact]
    public void An_interrupted_run_leaves_whole_products_and_can_be_done_again()
    {
        string output = scratch.At("out");
        string[] command = small.Command(small.Night.Folder, output);
        using (var already = new CancellationTokenSource())
        {
            already.Cancel();
            Interrupted(AlbireoRun.Of(already.Token, command), output);
        }
        using (var soon = new CancellationTokenSource())
        using (var watcher = new FileSystemWatcher(output) { IncludeSubdirectories = true })
        {
            // In the middle of its work: as soon as the first product of a frame is there.
            watcher.Renamed += (_, e) =>
            {
                if (e.Name!.StartsWith("sources", StringComparison.Ordinal))
                {
                    soon.Cancel();
                }
            };
            Directory.CreateDirectory(Path.Combine(output, "sources"));
            watcher.EnableRaisingEvents = true;
            AlbireoRun run = AlbireoRun.Of(soon.Token, [.. command, "--threads", "1"]);
            if (run.Code != 0) // else the night was done before the signal came
            {
                Interrupted(run, output);
            }
        }
        Assert.Equal(0, AlbireoRun.Of(command).Code);
        SortedDictionary<string, string> products = ProductTree.Products(output);
        Assert.Contains("lightcurve.csv", products.Keys);

        static void Interrupted(AlbireoRun run, string output)
        {
            Assert.True(run.Code == 130, run.ToString());
            Assert.Contains("interrupted", Assert.Single(run.Complaints));
            Assert.Empty(Directory.GetFiles(output, "*.part", SearchOption.AllDirectories));
            Assert.All(Directory.GetFiles(output, "*.fits", SearchOption.AllDirectories), FitsSums.Check);
        }
    }

    [Fact]
    public void A_wrong_night_file_is_named()
    {
        string night = small.CopyTo(scratch.At("night"));
        File.WriteAllText(Path.Combine(night, "night.yaml"), "kinds:\n  'light*': moonlight\n");
        AlbireoRun run = Refused("night.yaml", small.Command(night, Out));
        Assert.Contains("kinds.light", run.Complaints[0]);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("reduce --help")]
    public void Help_and_version_go_to_stdout(string words)
    {
        AlbireoRun run = AlbireoRun.Of(words.Split(' '));
        Assert.Equal(0, run.Code);
        Assert.NotEqual("", run.Out.Trim());
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Missing_files_of_header_are_named()
    {
        Refused("nothing.fits", "header", scratch.At("nothing.fits"));
        AlbireoRun run = AlbireoRun.Of("header", Path.Combine(small.Night.Folder, "truth.json"));
        Assert.Equal(1, run.Code);
        Assert.Contains("truth.json", Assert.Single(run.Complaints));
        run = AlbireoRun.Of("header", Path.Combine(small.Night.Folder, SmallNight.Light(1)), "NOTHERE");
        Assert.Equal(3, run.Code);
        Assert.Contains("NOTHERE", Assert.Single(run.Complaints));
    }

    [Fact]
    public void Simulate_never_writes_into_a_folder_of_other_things()
    {
        string folder = Directory.CreateDirectory(scratch.At("mine")).FullName;
        File.WriteAllText(Path.Combine(folder, "thesis.txt"), "mine");
        Refused("thesis.txt", "simulate", folder, "--seed", "1");
        Refused("--size", "simulate", scratch.At("new"), "--size", "12");
        Assert.Equal(["thesis.txt"], ProductTree.Files(folder).Keys);
    }

    private string Out => scratch.At("out");

    private static AlbireoRun Refused(string named, params string[] args)
    {
        AlbireoRun run = AlbireoRun.Of(args);
        Assert.True(run.Code == 2, run.ToString());
        Assert.Contains(named, Assert.Single(run.Complaints));
        Assert.Single(run.ErrorLines);
        Assert.EndsWith(".", run.Complaints[0]);
        Assert.DoesNotContain(" at Albireo.", run.Error);
        return run;
    }
}
