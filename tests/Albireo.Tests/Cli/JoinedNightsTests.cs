using System.Text.Json;
using Albireo.Fits;
using Albireo.Pipeline.Stages;
using Albireo.Science.Time;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary><c>reduce NIGHT NIGHT --join</c>: one observation of all lights of a target and filter.</summary>
public sealed class JoinedNightsTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly string[] stars;

    public JoinedNightsTests()
    {
        SimulateOptions first = SmallNight.Options with { Plan = SmallNight.Options.Plan with { LightFrames = 3 } };
        stars = SmallNight.StarOptions(SmallNight.Simulate(first, scratch.At("n1")).Truth);
        JulianDate later = new(first.Plan.Start.Day + 2, first.Plan.Start.Fraction, TimeScale.Utc);
        SmallNight.Simulate(first with { Plan = first.Plan with { Start = later, LightFrames = 4 } }, scratch.At("n2"));
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Two_nights_become_one_observation_in_time_order()
    {
        AlbireoRun run = AlbireoRun.Of(["reduce", scratch.At("n2"), scratch.At("n1"), "--join", "-o", scratch.At("out"), .. stars]);
        Assert.True(run.Code == 0, run.ToString());
        using FitsFile file = FitsFile.Open(scratch.At("out", "observation.fits"));
        FitsTable frames = file.Hdus.OfType<FitsTableHdu>().First(h => h.Header.Find("EXTNAME")?.Value?.Trim() == "FRAMES").Read();
        string[] nights = frames.Column("NIGHT").Texts();
        Assert.Equal(["2020-05-30", "2020-05-30", "2020-05-30", "2020-06-01", "2020-06-01", "2020-06-01", "2020-06-01"], nights);
        double[] times = [.. frames.Column("JD_INT").Reals().Zip(frames.Column("JD_FRAC").Reals(), (a, b) => a + b)];
        Assert.Equal(times.Order(), times);
        Assert.Equal(7, CsvTable.Read(scratch.At("out", "lightcurve.csv")).Rows.Count);
        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(scratch.At("out", "run.json")));
        Assert.True(record.RootElement.GetProperty("request").GetProperty("join").GetBoolean());
        Assert.Equal(JsonValueKind.Null, record.RootElement.GetProperty("observations")[0].GetProperty("night").ValueKind);
        AlbireoRun again = AlbireoRun.Of("curve", "-o", scratch.At("out"));
        Assert.True(again.Code == 0, again.ToString());
    }

    [Fact]
    public void Without_it_every_night_is_an_observation_of_its_own()
    {
        AlbireoRun run = AlbireoRun.Of(["reduce", scratch.At("n1"), scratch.At("n2"), "-o", scratch.At("out"), .. stars]);
        Assert.True(run.Code == 0, run.ToString());
        Assert.Equal(
            [3, 4],
            Directory
                .GetDirectories(scratch.At("out"), "*_20*")
                .Order(StringComparer.Ordinal)
                .Select(d => CsvTable.Read(Path.Combine(d, "lightcurve.csv")).Rows.Count)
        );
    }
}
