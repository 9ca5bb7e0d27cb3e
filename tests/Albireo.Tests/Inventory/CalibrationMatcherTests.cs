using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;

namespace Albireo.Tests.Inventory;

public sealed class CalibrationMatcherTests
{
    private static readonly FrameInfo Light = Frame(FrameKind.Light, 14, 60);
    private static readonly CalibrationWindow Week = new() { PastNights = 7, FutureNights = 3 };

    [Fact]
    public void Frames_of_the_same_night_serve_and_nothing_is_said()
    {
        CalibrationSet set = Match(
            Week,
            Frame(FrameKind.Bias, 14, 0),
            Frame(FrameKind.Bias, 13, 0),
            Frame(FrameKind.Dark, 14, 60),
            Frame(FrameKind.Flat, 14, 2)
        );
        Assert.Equal((1, 1, 1), (set.Bias.Count, set.Darks.Count, set.Flats.Count));
        Assert.Empty(set.Notes);
    }

    [Fact]
    public void The_nearest_night_serves_the_earlier_of_two()
    {
        CalibrationSet set = Match(Week, Frame(FrameKind.Bias, 12, 0), Frame(FrameKind.Bias, 16, 0), Frame(FrameKind.Bias, 16, 0));
        Assert.Equal("2025-03-12", Night(Assert.Single(set.Bias))!.Value.ToString("yyyy-MM-dd"));
        Assert.Equal(["1 bias frame from 2025-03-12, 2 nights before, serve."], set.Notes);
    }

    [Fact]
    public void What_lies_outside_the_window_is_said()
    {
        CalibrationSet set = Match(CalibrationWindow.SameNight, Frame(FrameKind.Flat, 13, 2));
        Assert.Empty(set.Flats);
        Assert.Equal(
            ["The nearest flats are from 2025-03-13, 1 night before: not used (the window is the observation's own night)."],
            set.Notes
        );
        Assert.Empty(Match(Week, Frame(FrameKind.Flat, 18, 2)).Flats);
        Assert.Single(Match(Week, Frame(FrameKind.Flat, 17, 2)).Flats);
    }

    [Fact]
    public void Darks_are_chosen_exposure_by_exposure()
    {
        CalibrationSet set = Match(Week, Frame(FrameKind.Dark, 14, 30), Frame(FrameKind.Dark, 11, 30), Frame(FrameKind.Dark, 11, 60));
        Assert.Equal([(11, 60.0), (14, 30.0)], set.Darks.Select(f => (Night(f)!.Value.Day, f.ExposureSeconds!.Value)));
    }

    [Fact]
    public void Masters_without_a_date_belong_to_every_night()
    {
        CalibrationSet set = Match(CalibrationWindow.SameNight, Frame(FrameKind.MasterDark, 14, 60) with { Start = null });
        Assert.Single(set.Darks);
    }

    [Fact]
    public void What_does_not_fit_is_said_with_the_reason()
    {
        Check(Frame(FrameKind.Bias, 14, 0) with { Width = 50 }, "are 50×80, the lights 100×80");
        Check(Frame(FrameKind.Bias, 14, 0) with { Binning = S("2x2") }, "have binning 2x2, the lights 1x1");
        Check(Frame(FrameKind.Bias, 14, 0) with { GainSetting = S("120") }, "have gain setting 120, the lights 100");
        Check(Frame(FrameKind.Bias, 14, 0) with { OffsetSetting = S("10") }, "have offset 10, the lights 30");
        Check(Frame(FrameKind.Bias, 14, 0) with { ReadoutMode = S("slow") }, "have readout mode slow, the lights fast");
        Check(Frame(FrameKind.Bias, 14, 0) with { Instrument = S("Other") }, "are from the camera Other, the lights from CAM");
        Check(
            Frame(FrameKind.Dark, 14, 60) with
            {
                SetPointCelsius = new(-10, "SET-TEMP", "-10"),
            },
            "were taken at -10 °C, the lights at -25 °C"
        );
        Check(Frame(FrameKind.Flat, 14, 2) with { Filter = S("R") }, "are in R, the lights in V");
        Check(Frame(FrameKind.Flat, 14, 2) with { Filter = null }, "are in no filter, the lights in V");
        static void Check(FrameInfo frame, string why)
        {
            CalibrationSet set = Match(Week, frame);
            Assert.Empty(set.Bias.Concat(set.Darks).Concat(set.Flats));
            Assert.Contains(why, Assert.Single(set.Notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_header_does_not_say_does_not_speak_against_it()
    {
        FrameInfo bare = Frame(FrameKind.Dark, 14, 60) with
        {
            Binning = null,
            GainSetting = null,
            OffsetSetting = null,
            ReadoutMode = null,
            SetPointCelsius = null,
            Instrument = null,
        };
        Assert.Single(Match(Week, bare).Darks);
        Assert.Single(Match(Week, Frame(FrameKind.Bias, 14, 0) with { SetPointCelsius = new(-10, "SET-TEMP", "-10") }).Bias);
        Assert.Single(Match(Week, Frame(FrameKind.Dark, 14, 60) with { SetPointCelsius = new(-24, "SET-TEMP", "-24") }).Darks);
    }

    [Fact]
    public void Sub_frames_are_cut_from_larger_calibration_frames()
    {
        FrameInfo sub = Light with { Width = 50, Height = 40, SubFrameOrigin = new(new FrameOrigin(30, 20), "XORGSUBF,YORGSUBF", "30 20") };
        Assert.Null(CalibrationMatcher.WhyNot(Frame(FrameKind.Flat, 14, 2), sub, Week));
        Assert.NotNull(CalibrationMatcher.WhyNot(Frame(FrameKind.Flat, 14, 2), sub with { SubFrameOrigin = null }, Week));
        Assert.NotNull(
            CalibrationMatcher.WhyNot(
                Frame(FrameKind.Flat, 14, 2),
                sub with
                {
                    SubFrameOrigin = new(new FrameOrigin(60, 20), "x", ""),
                },
                Week
            )
        );
    }

    private static CalibrationSet Match(CalibrationWindow window, params FrameInfo[] pool)
    {
        Observation observation = Assert.Single(Observation.Of([Light], Night));
        return CalibrationMatcher.For(observation, [Light, .. pool], Night, window);
    }

    private static DateOnly? Night(FrameInfo frame) => ObservingNight.Of(frame, 0);

    private static FrameInfo Frame(FrameKind kind, int day, double exposure) =>
        new()
        {
            Path = $"/n/{kind}-{day}-{exposure}.fits",
            Name = "x",
            Width = 100,
            Height = 80,
            Kind = new(kind, "IMAGETYP", kind.Word()),
            ExposureSeconds = new(exposure, "EXPTIME", ""),
            Start = new(JulianDate.FromCalendar(2025, 3, day, 22, 0, 0, TimeScale.Utc), "DATE-OBS", ""),
            Filter = S("V"),
            Binning = S("1x1"),
            GainSetting = S("100"),
            OffsetSetting = S("30"),
            ReadoutMode = S("fast"),
            Instrument = S("CAM"),
            SetPointCelsius = new(-25, "SET-TEMP", "-25"),
        };

    private static Sourced<string> S(string text) => new(text, "X", text);
}
