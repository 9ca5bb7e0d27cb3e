using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Tests.Detection;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>A night of six frames of which one is spoilt in one way: the limit that says so leaves out that frame alone.</summary>
public sealed class FrameLimitsTests : IDisposable
{
    private const int Width = 240;
    private const int Height = 200;
    private const int Spoilt = 4;

    /// <summary>The frames that are not spoilt are the same in all nights.</summary>
    private static readonly Image[] Good = [.. Enumerable.Range(1, 6).Select(frame => Picture(frame, ""))];

    private readonly RawNight night = new();

    public void Dispose() => night.Dispose();

    public static TheoryData<string, string, double, string> Limits =>
        new()
        {
            { "few stars", "detect.limits.minimum-stars", 20, "stars" },
            { "many stars", "detect.limits.maximum-stars", 50, "stars" },
            { "sharp", "detect.limits.minimum-fwhm-pixels", 2.6, "FWHM" },
            { "blurred", "detect.limits.maximum-fwhm-pixels", 4, "FWHM" },
            { "drawn out", "detect.limits.maximum-ellipticity", 0.25, "ellipticity" },
            { "dark", "detect.limits.minimum-sky", 300, "sky" },
            { "moonlit", "detect.limits.maximum-sky", 500, "sky" },
            { "few stars", "match.limits.minimum-matched-stars", 20, "matched stars" },
            { "shifted", "match.limits.maximum-shift-pixels", 10, "shift" },
            { "turned", "match.limits.maximum-rotation-degrees", 2, "rotation" },
            { "cloudy", "match.limits.minimum-transparency", 0.7, "transparency" },
        };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_limit_leaves_out_the_frame_that_breaks_it_and_the_night_goes_on(string spoilt, string key, double limit, string what)
    {
        for (int frame = 1; frame <= 6; frame++)
        {
            Image image = frame == Spoilt ? Picture(frame, spoilt) : Good[frame - 1];
            night.Add($"light-{frame}", "light", 60, Width, Height, (x, y) => Math.Clamp(image[x, y], 0, 65535));
        }
        IReadOnlyList<FrameRow> free = Reduced("free");
        Assert.All(free, f => Assert.True(f.IsMeasured, $"{f.Info.Name}: {f.Reason}"));
        IReadOnlyList<FrameRow> limited = Reduced("limited", new Setting(key, [FormattableString.Invariant($"{limit}")], "--set"));
        Assert.Equal(6, limited.Count);
        foreach (FrameRow frame in limited)
        {
            bool isSpoilt = frame.Info.Name == $"light-{Spoilt}";
            Assert.True(frame.IsMeasured != isSpoilt, $"{frame.Info.Name}: {frame.Reason}");
            if (isSpoilt)
            {
                Assert.Equal(key.Split('.')[0], frame.StoppedBy);
                Assert.StartsWith(what + " ", frame.Reason, StringComparison.Ordinal);
                Assert.EndsWith($"{limit} is asked for by {key}.", frame.Reason, StringComparison.Ordinal);
                Assert.False(frame.IsUnusable);
            }
        }
        // The list is where the user looks, too.
        Assert.Contains(key, File.ReadAllText(Path.Combine(night.At("limited"), "report.html")), StringComparison.Ordinal);
    }

    private IReadOnlyList<FrameRow> Reduced(string output, params Setting[] settings)
    {
        var request = new ReductionRequest
        {
            Inputs = [night.Folder],
            Output = night.At(output),
            Settings = settings,
        };
        ReductionResult result = Reduction.Run(request, ResourceLimits.Default, IRunObserver.None, TestContext.Current.CancellationToken);
        return result.Observations[0].Fluxes.Frames;
    }

    // 36 stars at the same places in all frames, two pixels of drift.
    private static Image Picture(int frame, string spoilt)
    {
        double sky = spoilt switch
        {
            "dark" => 150,
            "moonlit" => 900,
            _ => 400,
        };
        (double major, double minor) = spoilt switch
        {
            "blurred" => (5, 5),
            "sharp" => (2.1, 2.1),
            "drawn out" => (4.4, 2.5),
            _ => (3.0, 3.0),
        };
        (double turn, double shift) = (spoilt == "turned" ? 4 : 0, spoilt == "shifted" ? 14 : 0.4 * frame);
        double light = spoilt == "cloudy" ? 0.4 : 1;
        var places = new SeededRandom(17);
        var field = new StarField(Width, Height, seed: (ulong)(100 + frame), sky);
        (double sin, double cos) = Math.SinCos(turn * Math.PI / 180);
        for (int i = 0; i < 36; i++)
        {
            (double x, double y) = (places.Uniform(25, Width - 26) - (Width / 2.0), places.Uniform(25, Height - 26) - (Height / 2.0));
            double flux = 6000 * Math.Pow(8, places.Uniform());
            if (spoilt != "few stars" || i < 12)
            {
                field.Moffat(
                    (Width / 2.0) + shift + (cos * x) - (sin * y),
                    (Height / 2.0) + (sin * x) + (cos * y),
                    light * flux,
                    major,
                    minor,
                    35,
                    6
                );
            }
        }
        if (spoilt == "many stars")
        {
            field.Scatter(40, 2500, 5500, 3);
        }
        return field.Noise(4, gain: 2).Image;
    }
}
