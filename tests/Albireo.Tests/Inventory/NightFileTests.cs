using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

public sealed class NightFileTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Kinds_by_file_name_come_before_the_header()
    {
        TinyFits.Write(folder.At("cap-on-01.fits"), 1, "IMAGETYP= 'Light Frame'", "EXPTIME = 30.0");
        TinyFits.Write(folder.At("sky", "0001.fits"), 2, "EXPTIME = 2.0");
        TinyFits.Write(folder.At("x.fits"), 3, "IMAGETYP= 'Light'", "OBSTYPE = 'DARK'", "EXPTIME = 2.0");
        TinyFits.Write(folder.At("y.fits"), 4, "IMAGETYP= 'Light'", "EXPTIME = 2.0");
        File.WriteAllText(folder.At("night.yaml"), "kinds:\n  dark: [cap-on-*, x]\n  sky/*.fits: flat\n");
        NightInventory night = Inventories.Of(folder.Path);
        Dictionary<string, FrameInfo> frames = night.Frames.ToDictionary(f => f.Name);
        Assert.Equal(
            (FrameKind.Dark, "night.yaml", "cap-on-*"),
            (frames["cap-on-01"].Kind!.Value, frames["cap-on-01"].Kind!.From, frames["cap-on-01"].Kind!.Raw)
        );
        Assert.Equal(FrameKind.Flat, frames["0001"].EffectiveKind);
        Assert.Equal(FrameKind.Dark, frames["x"].EffectiveKind);
        Assert.Equal(FrameKind.Light, frames["y"].EffectiveKind);
        Assert.Empty(night.Problems);
    }

    [Fact]
    public void Values_of_single_frames()
    {
        TinyFits.Write(folder.At("a1.fits"), 1, "IMAGETYP= 'Light'", "EXPTIME = 30.0");
        TinyFits.Write(folder.At("a2.fits"), 2, "IMAGETYP= 'Light'", "EXPTIME = 30.0");
        File.WriteAllText(
            folder.At("night.yaml"),
            """
            telescope: mcdonald
            site: {latitude: 30.67, longitude: 255.98, height: 2076}
            sky: 02:04:10.278,+46:41:16.2
            frames:
              "a*": {filter: V, object: HAT-P-32, gain: 1.5, read-noise: 7, saturation: 60000, temperature: -20, exposure: 31.5}
              a1: {start: "2025-03-14T21:05:32.5"}
              a2.fits: {exclude: a satellite}
            detector:
              gain: 2
            measure: {radii: [3, 4]}
            target: 424,286
            comparison:
              - 465,183
              - 02:04:11,+46:42:00
            check: my star
            stars: stars.csv
            reference: a1
            """
        );
        NightInventory night = Inventories.Of(folder.Path);
        FrameInfo frame = Assert.Single(night.Frames);
        Assert.Equal(
            ("V", "HAT-P-32", 1.5, 7.0, 60000.0),
            (frame.Filter!.Value, frame.ObjectName!.Value, frame.Gain!.Value, frame.ReadNoiseElectrons!.Value, frame.Saturation!.Value)
        );
        Assert.Equal(
            ("2025-03-14T21:05:32.500", 31.5, -20.0),
            (frame.Start!.Value.ToIso(3), frame.ExposureSeconds!.Value, frame.TemperatureCelsius!.Value)
        );
        Assert.Equal(("night.yaml", -104.02), (frame.Site!.From, Math.Round(frame.Site.Value.LongitudeDegrees, 6)));
        Assert.Equal("mcdonald", frame.Profile);
        Assert.Equal("left out by night.yaml: a satellite", Assert.Single(night.LeftOut).LeftOut);
        NightFile file = Assert.Single(night.NightFiles);
        Assert.Equal(46.68783, file.Sky!.Value.DeclinationDegrees, 1e-5);
        Assert.Equal(
            ["detector.gain=2 (night.yaml, line 9)", "measure.radii=3,4 (night.yaml, line 10)"],
            file.Settings.Select(s => $"{s.Key}={string.Join(',', s.Values)} ({Path.GetFileName(s.Source)})")
        );
        Assert.Equal(
            ["424,286", "465,183", "02:04:11,+46:42:00", "my star"],
            file.Comparisons.Prepend(file.Target!).Append(file.Check!).Select(s => s.Text)
        );
        Assert.Equal((folder.At("stars.csv"), "a1"), (file.StarsFile, file.Reference));
    }

    [Fact]
    public void It_counts_for_its_folder_and_those_beneath()
    {
        TinyFits.Write(folder.At("one", "deep", "a.fits"), 1, "EXPTIME = 1.0");
        TinyFits.Write(folder.At("two", "b.fits"), 2, "EXPTIME = 1.0");
        File.WriteAllText(folder.At("one", "night.yaml"), "kinds: {dark: '*'}");
        NightInventory night = Inventories.Of(folder.Path);
        Assert.Equal([FrameKind.Light, FrameKind.Dark], night.Frames.Select(f => f.EffectiveKind));
    }

    [Fact]
    public void The_inner_file_comes_before_the_outer_one()
    {
        TinyFits.Write(folder.At("a", "1.fits"), 1, "EXPTIME = 1.0");
        File.WriteAllText(folder.At("night.yaml"), "kinds: {dark: '*'}");
        File.WriteAllText(folder.At("a", "night.yaml"), "kinds: {flat: '*'}");
        Assert.Equal(FrameKind.Flat, Assert.Single(Inventories.Of(folder.Path).Frames).EffectiveKind);
    }

    [Theory]
    [InlineData("kinds: {holiday: [a, b]}", "kinds.holiday: a kind of frame")]
    [InlineData("frames: {a: {exposer: 3}}", "frames.a.exposer: there is no such key")]
    [InlineData("frames: {a: {exposure: three}}", "frames.a.exposure: 'three' is not a number")]
    [InlineData("site: {latitude: 100, longitude: 0, height: 0}", "site.latitude: 100 lies outside")]
    [InlineData("sky: over there", "sky: 'over there' is not a position")]
    [InlineData("kinds: [", "line 2: ")]
    [InlineData("- a\n- b", "line 1: keys and values are expected")]
    public void A_slip_is_an_error_that_names_file_and_key(string text, string part)
    {
        var error = Assert.Throws<SettingsFileException>(() => NightFile.Parse(text, "/n/night.yaml"));
        Assert.StartsWith("/n/night.yaml: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_telescope_that_does_not_exist_is_an_error()
    {
        TinyFits.Write(folder.At("a.fits"), 1);
        File.WriteAllText(folder.At("night.yaml"), "telescope: hubble");
        var error = Assert.Throws<SettingsFileException>(() => Inventories.Of(folder.Path));
        Assert.Contains("there is no profile hubble", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_gives_is_no_longer_said_to_be_missing()
    {
        TinyFits.Write(folder.At("a1.fits"), 1);
        TinyFits.Write(folder.At("b1.fits"), 2, "IMAGETYP= 'FOCUS'", "EXPTIME = 2.0", "FILTER = 'V'", "AIRMASS = 1.3");
        TinyFits.Write(folder.At("c1.fits"), 3, "IMAGETYP= 'Light'", "EXPTIME = 2.0");
        File.WriteAllText(
            folder.At("night.yaml"),
            """
            frames:
              "a*": {filter: V, exposure: 60, start: "2025-03-14T21:05:32.5", kind: light}
              "b*": {kind: light, start: "2025-03-14T21:06:32.5"}
            """
        );
        Dictionary<string, FrameInfo> frames = Inventories.Of(folder.Path).Frames.ToDictionary(f => f.Name);
        Assert.Empty(frames["a1"].Warnings);
        Assert.Empty(frames["b1"].Warnings);
        Assert.Equal(1.3, frames["b1"].Airmass!.Value);
        Assert.Contains("The filter is not known.", frames["c1"].Warnings);
    }

    [Fact]
    public void A_pattern_that_no_file_fits_is_said()
    {
        TinyFits.Write(folder.At("a1.fits"), 1, "EXPTIME = 1.0");
        TinyFits.Write(folder.At("a2.fits"), 2, "EXPTIME = 1.0");
        File.WriteAllText(folder.At("night.yaml"), "kinds: {dark: [a1, cap-on-*]}\nframes: {a9: {exclude: a slip}}");
        Assert.Contains($"{folder.At("night.yaml")}: no file fits 'a9', 'cap-on-*'.", Inventories.Of(folder.Path).Notices);
        Assert.DoesNotContain(Inventories.Of(folder.At("a1.fits")).Notices, n => n.Contains("no file fits", StringComparison.Ordinal));
    }

    [Fact]
    public void It_counts_for_files_that_are_named_outright()
    {
        TinyFits.Write(folder.At("a1.fits"), 1, "EXPTIME = 1.0");
        TinyFits.Write(folder.At("a2.fits"), 2, "EXPTIME = 1.0");
        File.WriteAllText(folder.At("night.yaml"), "kinds: {dark: 'a*'}");
        NightInventory night = Inventories.Of([folder.At("a1.fits"), folder.At("a2.fits")]);
        Assert.Single(night.NightFiles);
        Assert.Equal([FrameKind.Dark, FrameKind.Dark], night.Frames.Select(f => f.EffectiveKind));
    }

    [Fact]
    public void An_empty_file_says_nothing() => Assert.Empty(NightFile.Parse("", "night.yaml").Settings);
}
