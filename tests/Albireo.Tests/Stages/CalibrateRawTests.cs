using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>Overscan, trimming, pedestal: what is done to lights and calibration frames alike.</summary>
public sealed class CalibrateRawTests : IDisposable
{
    private const int Width = 24;
    private const int Height = 20;
    private const int Strip = 6;

    private readonly RawNight night = new();

    public void Dispose() => night.Dispose();

    [Theory]
    [InlineData("median")]
    [InlineData("mean")]
    [InlineData("polynomial")]
    public void Frames_with_a_drifting_overscan_give_the_pixels_of_frames_without(string method)
    {
        using var plain = new RawNight();
        AddNight(plain, 0, (_, _) => 0);
        AddNight(night, Strip, Drift, ("BIASSEC", "[1:6,1:20]"), ("TRIMSEC", "[7:30,3:20]"), ("CRPIX1", 12.5), ("CRPIX2", 9.0));
        Assert.Equal(0, plain.Calibrate("calibrate.trim.region=0:24,2:20").Code);
        AlbireoRun run = night.Calibrate("calibrate.overscan.method=" + method);

        Assert.True(run.Code == 0, run.ToString());
        Image expected = plain.Picture("calibrated/light.fits");
        Image found = night.Picture("calibrated/light.fits");
        Assert.Equal((Width, Height - 2), (found.Width, found.Height));
        for (int i = 0; i < expected.Pixels.Length; i++)
        {
            Assert.Equal(expected.Pixels[i], found.Pixels[i], 1e-5 * expected.Pixels[i]);
        }
        Assert.Equal((Width, Height - 2), (night.Picture("masters/bias.fits").Width, night.Picture("masters/bias.fits").Height));
    }

    [Fact]
    public void The_header_of_a_trimmed_frame_is_true_and_HISTORY_names_what_was_done()
    {
        AddNight(
            night,
            Strip,
            Drift,
            ("BIASSEC", "[1:6,1:20]"),
            ("TRIMSEC", "[7:30,3:20]"),
            ("DATASEC", "[7:30,1:20]"),
            ("CCDSEC", "[101:124,201:220]"),
            ("CRPIX1", 12.5),
            ("CRPIX2", 9.0)
        );
        Assert.Equal(0, night.Calibrate().Code);

        var header = night.Header("calibrated/light.fits");
        Assert.Equal((6.5, 7.0), (header.Real("CRPIX1"), header.Real("CRPIX2")));
        Assert.Equal((-6.0, -2.0), (header.Real("LTV1"), header.Real("LTV2")));
        Assert.Equal("[1:24,1:18]", header.Text("DATASEC"));
        Assert.Equal("[101:124,203:220]", header.Text("CCDSEC"));
        Assert.False(header.Contains("BIASSEC") || header.Contains("TRIMSEC"));
        string history = night.History("calibrated/light.fits");
        Assert.Contains("overscan [1:6,1:20] of BIASSEC: polynomial of degree 3", history);
        Assert.Contains("trimmed to [7:30,3:20] of TRIMSEC", history);
        Assert.Matches("bias bias.fits sha256 [0-9a-f]{64}", history.Replace("\n", ""));
        Assert.Matches("flat flat_R.fits sha256 [0-9a-f]{64}", history.Replace("\n", ""));
    }

    [Fact]
    public void Saturation_is_judged_before_the_overscan_is_subtracted()
    {
        AddNight(night, Strip, (_, _) => 500, ("BIASSEC", "[1:6,1:20]"), ("TRIMSEC", "[7:30,1:20]"), ("SATURATE", 60000));
        night.Add(
            "bright",
            "light",
            30,
            Width + Strip,
            Height,
            (x, y) =>
                x < Strip ? 500
                : (x, y) == (Strip + 3, 4) ? 60000
                : 2000,
            ("BIASSEC", "[1:6,1:20]"),
            ("TRIMSEC", "[7:30,1:20]"),
            ("SATURATE", 60000)
        );
        Assert.Equal(0, night.Calibrate().Code);

        Image mask = night.Picture("calibrated/bright.fits", "MASK");
        Assert.Equal((float)PixelQuality.Saturated, mask[3, 4]);
        Assert.Single(mask.Pixels.ToArray(), v => v != 0);
    }

    [Fact]
    public void An_overscan_on_the_pixels_that_are_kept_is_left_alone_and_said()
    {
        AddNight(night, 0, (_, _) => 0, ("BIASSEC", "[1:6,1:20]"), ("TRIMSEC", "[1:24,1:20]"));
        AlbireoRun run = night.Calibrate();

        Assert.Equal(0, run.Code);
        Assert.Contains("no overscan was subtracted", run.Error);
        Assert.DoesNotContain("overscan", night.History("calibrated/light.fits"));
    }

    [Fact]
    public void Both_can_be_switched_off_and_their_regions_set()
    {
        AddNight(night, Strip, Drift, ("BIASSEC", "[1:6,1:20]"), ("TRIMSEC", "[7:30,3:20]"));
        Assert.Equal(0, night.Calibrate("calibrate.overscan.method=none", "calibrate.trim.enabled=false").Code);
        Assert.Equal(Width + Strip, night.Picture("calibrated/light.fits").Width);

        AlbireoRun run = night.Calibrate("calibrate.overscan.region=0:4,0:20", "calibrate.trim.region=8:30,0:20");
        Assert.Equal(0, run.Code);
        Assert.Equal(22, night.Picture("calibrated/light.fits").Width);
        Assert.Contains("overscan [1:4,1:20] of calibrate.overscan.region", night.History("calibrated/light.fits"));

        AlbireoRun outside = night.Calibrate("calibrate.trim.region=8:90,0:20");
        Assert.Equal(2, outside.Code);
        Assert.Contains("calibrate.trim.region = 8:90,0:20 reaches beyond the 30 × 20 pixels of", outside.Error);

        AlbireoRun wrong = night.Calibrate("calibrate.trim.region=8:90");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("calibrate.trim.region", wrong.Error);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(75)]
    public void A_dark_that_keeps_the_bias_takes_it_away_once_beside_an_overscan(double seconds)
    {
        AddNight(night, Strip, Drift, ("BIASSEC", "[1:6,1:20]"), ("TRIMSEC", "[7:30,1:20]"));
        night.Add(
            "other",
            "light",
            seconds,
            Width + Strip,
            Height,
            (x, y) => Drift(x, y) + (x < Strip ? 0 : 300 + (x - Strip) + (2 * seconds) + (5000 * (1.2 - (0.01 * (x - Strip))))),
            ("BIASSEC", "[1:6,1:20]"),
            ("TRIMSEC", "[7:30,1:20]")
        );
        Assert.Equal(0, night.Calibrate("masters.dark.form=bias-free").Code);
        Image expected = night.Picture("calibrated/other.fits");
        Assert.Equal(0, night.Calibrate("masters.dark.form=with-bias").Code);
        Image found = night.Picture("calibrated/other.fits");
        for (int i = 0; i < expected.Pixels.Length; i++)
        {
            Assert.Equal(expected.Pixels[i], found.Pixels[i], 1e-5 * expected.Pixels[i]);
        }
    }

    [Fact]
    public void Products_say_when_the_run_began_where_that_is_asked_for()
    {
        AddNight(night, 0, (_, _) => 0, ("FILTER", "R"));
        Assert.Equal(0, night.Calibrate().Code);
        Assert.False(night.Header("calibrated/light.fits").Contains("DATE-PRC") || night.Header("masters/bias.fits").Contains("DATE-PRC"));
        Assert.Equal(0, AlbireoRun.Of(["calibrate", night.Folder, "-o", night.Output, "--recipe", "photlib"]).Code);
        string record = File.ReadAllText(Path.Combine(night.Output, "run.json"));
        foreach (string product in (string[])["masters/bias.fits", "masters/dark_30s.fits", "masters/flat_R.fits", "calibrated/light.fits"])
        {
            Assert.Contains($"\"started\": \"{night.Header(product).Text("DATE-PRC")}Z\"", record);
        }
        Assert.Equal("flat_R", night.Header("masters/flat_R.fits").Text("OBJECT"));
    }

    [Fact]
    public void The_log_has_what_was_done_to_each_light()
    {
        AddNight(night, 0, (_, _) => 0, ("FILTER", "R"));
        night.Add("long", "light", 75, Width, Height, (x, _) => 300 + x + 150 + 5000, ("FILTER", "R"));
        night.Add("blue", "light", 30, Width, Height, (x, _) => 300 + x + 60 + 5000, ("FILTER", "B"));
        Assert.Equal(0, night.Calibrate().Code);
        string log = File.ReadAllText(Path.Combine(night.Output, "albireo.log"));
        Assert.Contains(
            " light.fits(R,30.0)<<[R,30.0]: (light.fits - bias.fits - dark_30s.fits) / flat_R.fits ==> calibrated/light.fits",
            log
        );
        Assert.Contains(
            " long.fits(R,75.0)<<[R,30.0]: (long.fits - bias.fits - 2.5 x dark_30s.fits) / flat_R.fits ==> calibrated/long.fits",
            log
        );
        Assert.Contains(" blue.fits(B,30.0)<<[,30.0]: blue.fits - bias.fits - dark_30s.fits ==> calibrated/blue.fits", log);
    }

    /// <summary>The same frames say the same, however the dark keeps them: error of the bias, electrons of the dark current.</summary>
    [Fact]
    public void Uncertainties_do_not_depend_on_the_form_of_the_dark()
    {
        for (int i = 1; i <= 3; i++)
        {
            night.Add($"bias-{i}", "bias", 0, Width, Height, (_, _) => 300);
            night.Add($"dark-{i}", "dark", 30, Width, Height, (_, _) => 1300);
        }
        night.Add("light", "light", 30, Width, Height, (_, _) => 1500);
        night.Add("long", "light", 90, Width, Height, (_, _) => 3500);
        float Sigma(string product) => Assert.Single(night.Picture(product, "UNCERT").Pixels.ToArray().Distinct());
        string[] noise = ["masters.combine=mean", "detector.gain=2", "detector.read-noise=8"];
        double read = 16;
        foreach (string form in (string[])["bias-free", "with-bias", "per-second"])
        {
            Assert.Equal(0, night.Calibrate([.. noise, "masters.dark.form=" + form]).Code);
            double dark = (500 + read) / 3;
            bool isPerSecond = form == "per-second";
            double biasInDark = form == "with-bias" ? 0 : read / 3;
            Assert.Equal(Math.Sqrt(read / 3), Sigma("masters/bias.fits"), 1e-4);
            Assert.Equal(
                Math.Sqrt(dark + biasInDark) / (isPerSecond ? 30 : 1),
                Sigma(isPerSecond ? "masters/dark_1s.fits" : "masters/dark_30s.fits"),
                1e-4
            );
            // At the dark's own exposure nothing is left of the bias's error; at three times as much, (1 - 3)² of its variance.
            Assert.Equal(Math.Sqrt(600 + read + dark), Sigma("calibrated/light.fits"), 1e-3);
            Assert.Equal(Math.Sqrt(1600 + read + (9 * dark) + (4 * read / 3)), Sigma("calibrated/long.fits"), 1e-3);
        }
    }

    [Fact]
    public void A_pedestal_is_given_back()
    {
        night.Add("bias-1", "bias", 0, Width, Height, (_, _) => 300, ("PEDESTAL", 0));
        night.Add("light", "light", 30, Width, Height, (_, _) => 900, ("PEDESTAL", -100));
        Assert.Equal(0, night.Calibrate().Code);
        Assert.All(night.Picture("calibrated/light.fits").Pixels.ToArray(), v => Assert.Equal(500, v));
        Assert.Equal(0, night.Header("calibrated/light.fits").Real("PEDESTAL"));
        Assert.Equal(0, night.Calibrate("calibrate.pedestal=false").Code);
        Assert.All(night.Picture("calibrated/light.fits").Pixels.ToArray(), v => Assert.Equal(600, v));
    }

    /// <summary>Bias 300 + x, dark 2 a second, a flat that falls to the right, a light of 5000; the overscan has no light.</summary>
    private static void AddNight(RawNight night, int strip, Func<int, int, double> pedestal, params (string, object)[] cards)
    {
        double Counts(int x, int y, double light, double dark) =>
            pedestal(x, y) + (x < strip ? 0 : 300 + (x - strip) + dark + (light * (1.2 - (0.01 * (x - strip)))));
        for (int i = 1; i <= 3; i++)
        {
            night.Add($"bias-{i}", "bias", 0, Width + strip, Height, (x, y) => Counts(x, y, 0, 0), cards);
            night.Add($"dark-{i}", "dark", 30, Width + strip, Height, (x, y) => Counts(x, y, 0, 60), cards);
            night.Add($"flat-{i}", "flat", 30, Width + strip, Height, (x, y) => Counts(x, y, 20000, 60), cards);
        }
        night.Add("light", "light", 30, Width + strip, Height, (x, y) => Counts(x, y, 5000, 60), cards);
    }

    /// <summary>Whole numbers on a straight line: every method gives it back.</summary>
    private static double Drift(int x, int y) => 1000 + (3 * y);
}
