using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>
/// The traps of five systems where masters are made: what was wrong (with <c>compat</c>, where a recipe offers it) and that the default is
/// right; and nights that do not fit together.
/// </summary>
public sealed class MasterTrapTests : IDisposable
{
    private static readonly string SmallNight = Path.Combine(Repository.Root, "reference", "recipes", "night");
    private readonly ScratchFolder scratch = new();
    private readonly MadeNight night;

    public MasterTrapTests() => night = new MadeNight(scratch.At("night"));

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Hot_pixels_survive_in_the_master_dark()
    {
        // The pixel at (3, 2) makes 40 ADU a second; nimccdred clips every dark over the picture and puts the mean in its place.
        float wrong = Run(SmallNight, "lulin", "compat=true").Master("dark_10s").Image[3, 2];
        float right = Run(SmallNight, "lulin").Master("dark_10s").Image[3, 2];
        float standard = Run(SmallNight).Master("dark_10s").Image[3, 2];
        Assert.InRange(wrong, 290, 320);
        Assert.InRange(right, 301.5f + 380, 301.5f + 420);
        Assert.InRange(standard, 380, 420);
    }

    [Fact]
    public void A_cosmic_ray_in_one_of_five_darks_is_gone()
    {
        Assert.InRange(Run(SmallNight).Master("dark_10s").Image[5, 5], -5, 15);
        // Mean and standard deviation among five never reject anything: 3000 ADU in one of them leave 600.
        string[] blind = ["masters.spread=standard-deviation", "masters.center=mean"];
        Assert.InRange(Run(SmallNight, "standard", blind).Master("dark_10s").Image[5, 5], 550, 650);
    }

    [Fact]
    public void The_mode_of_a_divided_flat_is_no_level()
    {
        // Hardly a value comes twice: the exact mode is the smallest of all, or chance. The half-sample mode is the densest place.
        night.Add("flat", 5, "Flat", 20000, 3, filter: "R", noise: 400);
        double wrong = Mean(Run(night.Folder, "mcdonald", "compat=true").Master("flat_R"));
        double right = Mean(Run(night.Folder, "mcdonald").Master("flat_R"));
        Assert.True(Math.Abs(wrong - 1) > 0.01, $"{wrong}");
        Assert.Equal(1, right, 0.005);
    }

    [Fact]
    public void The_dark_current_is_the_difference_of_two_exposures()
    {
        // The pupil averaged D10 and D3 instead: about 300 ADU of bias. The right formula is (D10 - D3) / 7 s.
        night.Add("dark-10", 5, "Dark", 310, 10, noise: 2);
        night.Add("dark-3", 5, "Dark", 303, 3, noise: 2);
        night.Add("light", 1, "Light", 500, 10, filter: "R");
        MasterRun run = Run(night.Folder, "mcdonald");
        string line = Assert.Single(run.Log.Split('\n'), l => l.Contains("dark current"));
        Assert.Contains("(dark_10s.fits - dark_3s.fits) / 7 s: ", line);
        double rate = double.Parse(line.Split("/ 7 s: ")[1].Split(' ')[0]);
        Assert.Equal(1, rate, 0.02);
    }

    [Fact]
    public void Flats_keep_their_dark_only_where_the_original_did()
    {
        Master wrong = Run(SmallNight, "photlib", "compat=true").Master("flat_R");
        Master right = Run(SmallNight, "photlib").Master("flat_R");
        // The hot pixel's 120 ADU in flats of 15 000 to 39 500 are 0.3 to 0.8 %; ordinary pixels have 1 ADU, and all of them.
        Assert.InRange(wrong.Image[3, 2] - right.Image[3, 2], 0.0025, 0.0085);
        Assert.InRange(Math.Abs(wrong.Image[9, 9] - right.Image[9, 9]), 0, 0.0002);
    }

    [Fact]
    public void A_missing_filter_is_a_sentence_and_the_rest_goes_on()
    {
        night.Add("flat", 3, "Flat", 20000, 1, filter: "V");
        night.Add("light", 1, "Light", 500, 10, filter: "R");
        MasterRun run = Run(night.Folder);
        MasterSet set = run.For("light-1");
        Assert.Null(set.Flat);
        Assert.Contains(set.Remarks, r => r.StartsWith("no flat for filter R", StringComparison.Ordinal));
    }

    [Fact]
    public void A_flat_of_zeros_is_left_out()
    {
        night.Add("flat", 3, "Flat", 20000, 1, filter: "R", noise: 50);
        night.Add("zero", 1, "Flat", 0, 1, filter: "R");
        MasterRun run = Run(night.Folder);
        Assert.Equal(3, run.Master("flat_R").FrameCount);
        Assert.Contains("there is no light in it", Assert.Single(run.Masters.Unusable).Reason);
        Assert.Contains(run.Notices, n => n.Contains("zero-1.fits was left out"));
    }

    [Fact]
    public void A_night_of_zero_flats_has_no_flat()
    {
        night.Add("zero", 3, "Flat", 0, 1, filter: "R");
        MasterRun run = Run(night.Folder);
        Assert.Empty(run.Masters.All);
        Assert.Equal(3, run.Masters.Unusable.Count);
    }

    [Fact]
    public void Saturated_frames_are_left_out()
    {
        night.Add("dark", 3, "Dark", 300, 10, noise: 3);
        night.Add("full", 1, "Dark", 65535, 10);
        MasterRun run = Run(night.Folder);
        Assert.Equal(3, run.Master("dark_10s").FrameCount);
        Assert.Contains("saturated", Assert.Single(run.Masters.Unusable).Reason);
    }

    [Fact]
    public void One_frame_for_a_master_is_a_listed_warning()
    {
        night.Add("bias", 1, "Bias", 300, 0);
        MasterRun run = Run(night.Folder);
        Assert.Contains(run.Notices, n => n.StartsWith("bias.fits is made of a single frame, bias-1.fits", StringComparison.Ordinal));
        MasterRun strict = Run(night.Folder, "standard", "masters.minimum-frames=2");
        Assert.Empty(strict.Masters.All);
        Assert.Contains(
            strict.Notices,
            n => n == "No bias was made: 1 frame of 1 can be used, masters.minimum-frames asks for 2; the frames that it is for go without."
        );
    }

    [Fact]
    public void Frames_of_several_gains_in_one_master_are_said()
    {
        night.Add("bias", 2, "Bias", 300, 0, noise: 3, cards: ["EGAIN=1.5"]);
        night.Add("other", 1, "Bias", 300, 0, noise: 3, cards: ["EGAIN=3"]);
        night.Add("dark", 2, "Dark", 310, 10, noise: 3, cards: ["EGAIN=1.5"]);
        IReadOnlyList<string> told = Run(night.Folder).Notices;
        Assert.Contains(
            told,
            n => n.StartsWith("bias.fits is made of frames of several gains, 1.5 to 3 e-/ADU (other-1.fits", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(told, n => n.StartsWith("dark_10s.fits is made", StringComparison.Ordinal));
    }

    [Fact]
    public void In_strict_mode_a_night_is_not_complete_either_when_its_flats_are_rejected()
    {
        night.Add("dark", 2, "Dark", 300, 1, noise: 3);
        night.Add("flat", 1, "Flat", 20000, 1, filter: "R");
        night.Add("bright", 4, "Flat", 39500, 1, filter: "R");
        night.Add("light", 1, "Light", 500, 1, filter: "R");
        var failed = Assert.Throws<AlbireoException>(() => Run(night.Folder, "lulin"));
        Assert.Equal(Failure.NoResult, failed.Failure);
        Assert.Contains("no flat_R could be made for", failed.Message);
        Assert.Null(Run(night.Folder, "lulin", "inventory.strict=false").For("light-1").Flat);
        night.Add("good", 1, "Flat", 21000, 1, filter: "R", noise: 30);
        Assert.NotNull(Run(night.Folder, "lulin").For("light-1").Flat);
    }

    [Fact]
    public void Fewer_than_two_accepted_flats_are_a_sentence_and_no_crash()
    {
        night.Add("dark", 2, "Dark", 300, 1, noise: 3);
        night.Add("flat", 1, "Flat", 20000, 1, filter: "R");
        night.Add("bright", 4, "Flat", 39500, 1, filter: "R");
        MasterRun run = Run(night.Folder, "lulin");
        Assert.DoesNotContain(run.Masters.All, m => m.Name == "flat_R.fits");
        Assert.Contains(
            run.Notices,
            n =>
                n
                == "No flat_R was made: 1 frame of 5 can be used, masters.minimum-frames asks for 2; the frames that it is for go without."
        );
        Assert.Equal(4, run.Log.Split('\n').Count(l => l.Contains("(REJECTED)")));
        Assert.Equal(4, run.Notices.Count(n => n.Contains("above masters.flat.highest-level = 38000")));
        // A rejected flat is one left out for what it shows, not a broken file.
        Assert.Empty(run.Masters.Unusable);
    }

    [Fact]
    public void Mixed_sizes_binnings_gains_and_temperatures_become_masters_of_their_own()
    {
        night.Add("dark", 2, "Dark", 300, 10, cards: ["XBINNING=1", "YBINNING=1", "GAINSET=100", "SET-TEMP=-10"]);
        night.Add("binned", 2, "Dark", 310, 10, cards: ["XBINNING=2", "YBINNING=2", "GAINSET=100", "SET-TEMP=-10"]);
        night.Add("warm", 2, "Dark", 320, 10, cards: ["XBINNING=1", "YBINNING=1", "GAINSET=100", "SET-TEMP=0"]);
        night.Add("small", 2, "Dark", 330, 10, width: 12, cards: ["XBINNING=1", "YBINNING=1", "GAINSET=100", "SET-TEMP=-10"]);
        night.Add("light", 1, "Light", 500, 10, filter: "R", cards: ["XBINNING=1", "YBINNING=1", "SET-TEMP=-10"]);
        night.Add("hot", 1, "Light", 500, 10, filter: "R", cards: ["XBINNING=1", "YBINNING=1", "SET-TEMP=20"]);
        MasterRun run = Run(night.Folder);
        Assert.Equal(4, run.Masters.All.Count);
        Assert.Equal(4, run.Masters.All.Select(m => m.Name).Distinct().Count());
        Assert.Equal(300, run.For("light-1").Dark!.Image[0, 0], 1.0);
        MasterSet none = run.For("hot-1");
        Assert.Null(none.Dark);
        Assert.Contains(none.Remarks, r => r.Contains("°C"));
    }

    [Fact]
    public void A_dark_of_another_exposure_is_scaled_and_said_and_never_with_the_bias_in_it()
    {
        night.Add("dark", 3, "Dark", 310, 10, noise: 1);
        night.Add("light", 1, "Light", 500, 20, filter: "R");
        MasterSet held = Run(night.Folder).For("light-1");
        Assert.Null(held.Dark);
        Assert.Contains(held.Remarks, r => r.Contains("cannot be scaled"));

        night.Add("bias", 3, "Bias", 300, 0, noise: 1);
        MasterSet scaled = Run(night.Folder).For("light-1");
        Assert.Equal((2, false), (scaled.DarkScale, scaled.Dark!.HoldsBias));
        Assert.Contains(scaled.Remarks, r => r.Contains("scaled by 2"));

        // A dark that keeps the bias takes it away once, however it is scaled: raw - 2 dark + bias.
        MasterSet inside = Run(night.Folder, "standard", "masters.dark.form=with-bias").For("light-1");
        Assert.Equal((2, -1), (inside.DarkScale, inside.BiasScale));
        Assert.NotNull(inside.Bias);
    }

    [Fact]
    public void Counts_a_second_need_a_bias_and_an_exposure()
    {
        night.Add("dark", 3, "Dark", 310, 10, noise: 1);
        MasterRun without = Run(night.Folder, "prose");
        Assert.Empty(without.Masters.All);
        Assert.Contains(without.Notices, n => n.Contains("masters.dark.form = per-second needs a master bias"));
        night.Add("bias", 3, "Bias", 300, 0, noise: 1);
        night.Add("none", 1, "Dark", 300, 0);
        MasterRun run = Run(night.Folder, "prose");
        Assert.Equal(1, run.Master("dark_1s").Image.Pixels.ToArray().Average(), 0.2);
        Assert.Contains("its exposure is 0 s", Assert.Single(run.Masters.Unusable).Reason);
    }

    [Fact]
    public void Darks_for_flats_serve_flats_and_not_lights()
    {
        night.Add("dark", 3, "Dark", 310, 10, noise: 1);
        night.Add("flatdark", 3, "Dark Flat", 305, 2, noise: 1);
        night.Add("flat", 3, "Flat", 20000, 2, filter: "R", noise: 50);
        night.Add("light", 1, "Light", 500, 2, filter: "R");
        MasterRun run = Run(night.Folder);
        Assert.Contains("- darkflat_2s.fits) / ", run.Log);
        Assert.Null(run.For("light-1").Dark);
    }

    [Fact]
    public void Masters_of_another_camera_do_not_serve()
    {
        night.Add("dark", 3, "Dark", 310, 10, cards: ["INSTRUME=one"]);
        night.Add("light", 1, "Light", 500, 10, filter: "R", cards: ["INSTRUME=two"]);
        MasterSet set = Run(night.Folder).For("light-1");
        Assert.Null(set.Dark);
        Assert.Contains(set.Remarks, r => r.Contains("camera one"));
        Assert.NotNull(Run(night.Folder, "standard", "masters.any-camera=true").For("light-1").Dark);
    }

    [Fact]
    public void Two_nights_in_one_folder_have_masters_of_their_own()
    {
        night.Add("bias-a", 3, "Bias", 300, 0, noise: 1, date: "2024-03-01");
        night.Add("bias-b", 3, "Bias", 320, 0, noise: 1, date: "2024-03-05");
        night.Add("flat", 3, "Flat", 20000, 1, filter: "R", noise: 50, date: "2024-03-05");
        night.Add("light-a", 1, "Light", 500, 10, filter: "R", date: "2024-03-01");
        night.Add("light-b", 1, "Light", 500, 10, filter: "R", date: "2024-03-05");
        MasterRun run = Run(night.Folder);
        Assert.Equal("bias_2024-03-01.fits", run.For("light-a-1").Bias!.Name);
        Assert.Equal("bias_2024-03-05.fits", run.For("light-b-1").Bias!.Name);
        // The flat of the other night is the nearest: it serves, and that is said.
        MasterSet first = run.For("light-a-1");
        Assert.NotNull(first.Flat);
        Assert.Contains(first.Remarks, r => r == "flat_R.fits is from 2024-03-05, 4 nights after: there is none of the night itself.");
        Assert.DoesNotContain(run.For("light-b-1").Remarks, r => r.Contains("nights"));
        // Unless the window says otherwise.
        MasterSet within = Run(night.Folder, "standard", "masters.future-nights=2").For("light-a-1");
        Assert.Null(within.Flat);
        Assert.Contains(within.Remarks, r => r.Contains("masters.future-nights"));
    }

    [Theory]
    [InlineData("masters.flat.weights=level", "masters.combine=median", "masters.flat.weights needs a mean")]
    [InlineData("masters.flat.region=1:2", null, "is no region")]
    [InlineData("masters.flat.region=0:5,0:5", "masters.flat.scale=none", "masters.flat.region needs masters.flat.scale")]
    [InlineData("masters.flat.lowest-level=5", "masters.flat.highest-level=4", "masters.flat.lowest-level needs a level below")]
    [InlineData("masters.iterations=0", null, "must be above 0")]
    [InlineData("masters.combine=average", null, "expected one of mean, median, clipped-mean, winsorised-mean, min-max-mean")]
    [InlineData("masters.from=/nowhere/at/all", null, "there is no such folder")]
    [InlineData("masters.minimum-frames=0", null, "must be above 0")]
    public void Bad_settings_are_sentences(string one, string? two, string expected)
    {
        night.Add("bias", 2, "Bias", 300, 0);
        var e = Assert.Throws<AlbireoException>(() => Run(night.Folder, "standard", two is null ? [one] : [one, two]));
        Assert.Equal(Failure.Usage, e.Failure);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void A_method_that_leaves_nothing_makes_no_master_and_says_so()
    {
        night.Add("bias", 2, "Bias", 300, 0);
        night.Add("dark", 4, "Dark", 310, 10);
        MasterRun run = Run(night.Folder, "standard", "masters.combine=min-max-mean");
        Assert.Equal("dark_10s.fits", Assert.Single(run.Masters.All).Name);
        Assert.Contains(
            run.Notices,
            n => n.StartsWith("No bias was made of 2 frames: ", StringComparison.Ordinal) && n.Contains("leaves none")
        );
    }

    private MasterRun Run(string folder, string recipe = RecipeFile.Default, params string[] settings) =>
        MasterRun.Of(folder, scratch.At("out-" + Guid.NewGuid().ToString("N")), recipe, settings);

    private static double Mean(Master master) => master.Image.Pixels.ToArray().Average(v => (double)v);
}
