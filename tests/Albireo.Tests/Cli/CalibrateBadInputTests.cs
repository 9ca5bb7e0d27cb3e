using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary><c>albireo calibrate</c> on nights that are not as they should be: a sentence or a listed warning, the rest goes on.</summary>
public sealed class CalibrateBadInputTests : IDisposable
{
    private const int Width = 30;
    private const int Height = 20;

    private readonly RawNight night = new();

    public void Dispose() => night.Dispose();

    [Fact]
    public void Contradictory_headers_are_listed()
    {
        AddNight();
        night.Add("odd", "light", 30, Width, Height, (_, _) => 900, ("OBSTYPE", "BIAS"));
        AlbireoRun run = night.Calibrate();
        Assert.Equal(1, run.Code);
        Assert.Contains("odd.fits", run.Error, StringComparison.Ordinal);
        Assert.Contains("contradict each other", run.Error, StringComparison.Ordinal);
        AssertDone("light-1", "light-2");
    }

    [Fact]
    public void Darks_of_another_gain_by_their_headers_are_said()
    {
        night.Add("dark-1", "dark", 30, Width, Height, (x, _) => 300 + x, ("EGAIN", 2.8));
        night.Add("light-1", "light", 30, Width, Height, (x, _) => 900 + x, ("EGAIN", 1.4));
        AlbireoRun run = night.Calibrate();
        Assert.Equal(0, run.Code);
        Assert.Contains("dark_30s.fits was taken at 2.8 e-/ADU (EGAIN), the frames at 1.4 (EGAIN)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lights_that_show_nothing_are_said()
    {
        AddNight();
        night.Add("even", "light", 30, Width, Height, (_, _) => 65535);
        night.Add("void", "light", 30, Width, Height, (_, _) => 0);
        PictureFiles.Change(Path.Combine(night.Folder, "void.fits"), image => image.Pixels.Fill(float.NaN));
        AlbireoRun run = night.Calibrate();
        Assert.Equal(0, run.Code);
        Assert.Contains("even: every pixel is 65535: there is no picture in it.", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "left out by calibrate: void: no pixel has a value: all are undefined or infinite.",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Path.Combine(night.Output, "calibrated", "void.fits")));
        AssertDone("even", "light-1", "light-2");
    }

    [Theory]
    [InlineData("light-2")]
    [InlineData("flat-1")]
    [InlineData("bias-1")]
    public void A_frame_with_a_flipped_bit_is_named(string name)
    {
        AddNight();
        string path = Path.Combine(night.Folder, name + ".fits");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().LastIndexOf("END "u8) + 2880] ^= 1; // within the data
        File.WriteAllBytes(path, bytes);
        AlbireoRun run = night.Calibrate();
        Assert.Equal(0, run.Code);
        Assert.Contains($"{name}.fits: the data do not agree with DATASUM", run.Error, StringComparison.Ordinal);
        AssertDone("light-1", "light-2");
    }

    [Fact]
    public void Calibration_frames_without_a_value_are_listed_and_make_no_master()
    {
        AddNight();
        foreach (string kind in (string[])["bias", "dark"])
        {
            night.Add(kind + "-void", kind, kind == "bias" ? 0 : 30, Width, Height, (_, _) => 0);
            PictureFiles.Change(Path.Combine(night.Folder, kind + "-void.fits"), image => image.Pixels.Fill(float.NaN));
        }
        AlbireoRun run = night.Calibrate();
        Assert.Equal(1, run.Code);
        Assert.Contains("bias-void.fits was left out of the masters: no pixel has a value", run.Error, StringComparison.Ordinal);
        Assert.Contains("dark-void.fits was left out of the masters: no pixel has a value", run.Error, StringComparison.Ordinal);
        Assert.All(night.Picture("calibrated/light-1.fits").Pixels.ToArray(), v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void A_bias_above_the_lights_is_doubted()
    {
        night.Add("bias-1", "bias", 0, Width, Height, (x, _) => 20000 + x);
        night.Add("light-1", "light", 30, Width, Height, (x, _) => 900 + x);
        AlbireoRun run = night.Calibrate();
        Assert.Equal(0, run.Code);
        Assert.Contains("nine in ten counts lie below bias.fits: does it belong to these lights?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Unsigned_counts_without_BZERO_are_doubted()
    {
        night.Add("light-1", "light", 30, Width, Height, (x, _) => 30000 + (100 * x));
        string path = Path.Combine(night.Folder, "light-1.fits");
        byte[] bytes = File.ReadAllBytes(path);
        int card = System.Text.Encoding.ASCII.GetString(bytes, 0, 2880).IndexOf("BZERO ", StringComparison.Ordinal);
        "COMMENT "u8.CopyTo(bytes.AsSpan(card));
        File.WriteAllBytes(path, bytes);
        Assert.Contains("were unsigned counts written without BZERO = 32768?", night.Calibrate().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_light_of_another_size_is_listed()
    {
        AddNight();
        night.Add("light-9", "light", 30, Width + 2, Height, (_, _) => 900);
        AlbireoRun run = night.Calibrate();
        Assert.Equal(1, run.Code);
        Assert.Contains("light-9.fits: the picture is 32×20, the other lights are 30×20", run.Error, StringComparison.Ordinal);
        AssertDone("light-1", "light-2");
    }

    [Fact]
    public void Calibration_frames_of_another_size_serve_nobody_and_that_is_said()
    {
        night.Add("bias-1", "bias", 0, Width * 2, Height, (_, _) => 300);
        night.Add("light-1", "light", 30, Width, Height, (_, _) => 900);
        AlbireoRun run = night.Calibrate();
        Assert.Equal(0, run.Code);
        Assert.Contains("no bias fits 30 × 20 pixels", run.Error, StringComparison.Ordinal);
        Assert.All(night.Picture("calibrated/light-1.fits").Pixels.ToArray(), v => Assert.Equal(900, v));
    }

    [Fact]
    public void Frames_of_another_camera_serve_nobody_and_that_is_said()
    {
        night.Add("bias-1", "bias", 0, Width, Height, (_, _) => 300, ("INSTRUME", "old camera"));
        night.Add("flat-1", "flat", 1, Width, Height, (_, _) => 20000, ("INSTRUME", "old camera"));
        night.Add("light-1", "light", 30, Width, Height, (_, _) => 900, ("INSTRUME", "new camera"));
        AlbireoRun run = night.Calibrate();
        Assert.Equal(0, run.Code);
        Assert.Contains("are from the camera old camera, the lights from new camera", run.Error, StringComparison.Ordinal);
        Assert.All(night.Picture("calibrated/light-1.fits").Pixels.ToArray(), v => Assert.Equal(900, v));
        Assert.DoesNotContain("bias", night.History("calibrated/light-1.fits"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flat_of_zeros_is_listed_and_nothing_is_divided_by_it()
    {
        night.Add("flat-1", "flat", 1, Width, Height, (_, _) => 0);
        night.Add("light-1", "light", 30, Width, Height, (_, _) => 900);
        AlbireoRun run = night.Calibrate();
        Assert.Equal(1, run.Code);
        Assert.Contains("flat-1.fits", run.Error, StringComparison.Ordinal);
        Assert.Contains("there is no light in it", run.Error, StringComparison.Ordinal);
        Assert.All(night.Picture("calibrated/light-1.fits").Pixels.ToArray(), v => Assert.Equal(900, v));
    }

    [Fact]
    public void No_flat_of_the_filter_is_a_sentence()
    {
        AddNight();
        night.Add("other", "light", 30, Width, Height, (_, _) => 900, ("FILTER", "B"));
        AlbireoRun run = night.Calibrate("calibrate.dark=false");
        Assert.Equal(0, run.Code);
        Assert.Contains("no flat for filter B: the frame was not flat-fielded", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BIASSEC", "[a:b]")]
    [InlineData("BIASSEC", "[25:80,1:20]")]
    [InlineData("TRIMSEC", "[30:1,1:20]")]
    public void A_section_that_cannot_be_is_taken_as_missing(string keyword, string value)
    {
        night.Add("light-1", "light", 30, Width, Height, (_, _) => 900, (keyword, value));
        AlbireoRun run = night.Calibrate();
        Assert.Equal(0, run.Code);
        Assert.All(night.Picture("calibrated/light-1.fits").Pixels.ToArray(), v => Assert.Equal(900, v));
        Assert.Equal(Width, night.Picture("calibrated/light-1.fits").Width);
        Assert.Contains(keyword, File.ReadAllText(Path.Combine(night.Output, "run.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_light_is_listed()
    {
        AddNight();
        string path = Path.Combine(night.Folder, "light-2.fits");
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(3000);
        }
        AlbireoRun run = night.Calibrate();
        Assert.Equal(1, run.Code);
        Assert.Contains("light-2.fits", run.Error + run.Out, StringComparison.Ordinal);
        AssertDone("light-1");
    }

    [Fact]
    public void Nothing_to_calibrate_is_no_result()
    {
        night.Add("bias-1", "bias", 0, Width, Height, (_, _) => 300);
        AlbireoRun run = night.Calibrate();
        Assert.Equal(3, run.Code);
        Assert.Single(run.Complaints);
    }

    [Fact]
    public void An_unknown_setting_or_option_is_an_error()
    {
        AddNight();
        Assert.Equal(2, night.Calibrate("calibrate.cosmic-ray.reject=true").Code);
        AlbireoRun run = AlbireoRun.Of("calibrate", night.Folder, "-o", night.Output, "--overscan");
        Assert.Equal(2, run.Code);
        Assert.Contains("--overscan", Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    private void AddNight()
    {
        night.Add("bias-1", "bias", 0, Width, Height, (_, _) => 300);
        night.Add("bias-2", "bias", 0, Width, Height, (_, _) => 300);
        night.Add("flat-1", "flat", 1, Width, Height, (_, _) => 20300);
        night.Add("flat-2", "flat", 1, Width, Height, (_, _) => 20300);
        night.Add("light-1", "light", 30, Width, Height, (_, _) => 900);
        night.Add("light-2", "light", 30, Width, Height, (_, _) => 1000);
    }

    private void AssertDone(params string[] names) =>
        Assert.Equal(
            names,
            Directory
                .GetFiles(Path.Combine(night.Output, "calibrated"))
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal)
        );
}
