using Albireo.Pipeline;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Simulation;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Simulated;

/// <summary>
/// A setting field through air that dims blue stars more: against redder comparisons the target fades. Its colour, given with
/// <c>--stars</c>, keeps them out.
/// </summary>
public sealed class ColourTests : IDisposable
{
    private static readonly SimulateOptions Options = new()
    {
        TransitDepth = 0,
        Plan = new NightPlan
        {
            Seed = 61,
            Width = 320,
            Height = 240,
            BiasFrames = 3,
            DarkFrames = 3,
            FlatFrames = 5,
            LightFrames = 36,
            CadenceSeconds = 420, // from the meridian down to two air masses
            Start = new NightPlan().Start.AddSeconds(3.2 * 3600),
            TargetColour = 0.3,
            FieldColour = 0.9,
            ColourScatter = 0.1,
            ColourExtinctionMagnitudes = -0.05,
            TelescopeDiameterMetres = 1,
            ComparisonMagnitudes = [12.3, 12.4, 12.5],
            CheckMagnitude = 12.4,
            FieldStars = 45,
            BrightestFieldMagnitude = 10.4,
            FaintestFieldMagnitude = 14,
            DriftXPerHour = 1,
            DriftYPerHour = -1,
        },
    };

    private readonly ScratchFolder scratch = new();

    [Fact]
    public void Comparisons_of_the_targets_colour_take_the_slope_away()
    {
        string night = scratch.At("night");
        SimulationTruth truth = SmallNight.Simulate(Options, night).Truth;
        StarTruth target = truth.Stars[0];
        string at = FormattableString.Invariant($"{target.X:F2},{target.Y:F2}");
        string output = scratch.At("out");
        string[] named = ["reduce", night, "-o", output, "--target", at, "--no-calibrated", "--quiet"];
        AlbireoRun blind = AlbireoRun.Of(named);
        Assert.True(blind.Code == 0, blind.ToString());
        (double without, double error) = Slope(output);

        AlbireoRun seeing = AlbireoRun.Of("curve", "-o", output, "--stars", Path.Combine(night, "stars.csv"));
        Assert.True(seeing.Code == 0, seeing.ToString());
        (double with, _) = Slope(output);
        string found = FormattableString.Invariant(
            $"seed {Options.Plan.Seed}: {1000 * without:F2} without, {1000 * with:F2} ± {1000 * error:F2} permille an air mass with colours"
        );
        TestContext.Current.SendDiagnosticMessage(found);
        Assert.True(Math.Abs(without) > 6 * error, found);
        Assert.True(Math.Abs(with) < 2.5 * error, found);
        Assert.True(Math.Abs(with) < Math.Abs(without) / 4, found);

        // Each star's colour and reason are told, and observation.fits remembers the colours.
        string[] rows = File.ReadAllLines(Path.Combine(output, "comparisons.csv"));
        Assert.Contains(rows, r => r.Contains("redder than the target", StringComparison.Ordinal));
        string[] inside = [.. rows.Where(r => r.Split(',')[4] == "true")];
        Assert.All(inside, r => Assert.Contains("its colour within 0.", r, StringComparison.Ordinal));
        Assert.Contains("redder than the target", File.ReadAllText(Path.Combine(output, "report.html")), StringComparison.Ordinal);
        StoredObservation stored = ObservationFileReader.Read(Path.Combine(output, "observation.fits"));
        Star stored0 = stored.Stars.Single(s => s.Role == StarRole.Target);
        Assert.Equal(target.Colour, stored0.Magnitudes.Colour("B", "V"), 1e-3);
        string[] again = File.ReadAllLines(Path.Combine(output, "lightcurve.csv"));
        Assert.Equal(0, AlbireoRun.Of("curve", "-o", output).Code);
        Assert.Equal(again, File.ReadAllLines(Path.Combine(output, "lightcurve.csv")));

        // A target that a table names by its place gets the table's colours in one go from the raw frames as well.
        AlbireoRun whole = AlbireoRun.Of([.. named, "--fresh", "--stars", Path.Combine(night, "stars.csv")]);
        Assert.True(whole.Code == 0, whole.ToString());
        (double direct, _) = Slope(output);
        Assert.True(Math.Abs(direct) < 2.5 * error, FormattableString.Invariant($"{1000 * direct:F2} permille in one go"));
    }

    /// <summary>Straight line of relative flux over airmass, and its error from the scatter about it.</summary>
    private static (double Slope, double Error) Slope(string output)
    {
        CsvTable curve = CsvTable.Read(Path.Combine(output, "lightcurve.csv"));
        (double X, double Y)[] points =
        [
            .. curve.Reals("airmass").Zip(curve.Reals("relative_flux")).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second)),
        ];
        double meanX = points.Average(p => p.X);
        double meanY = points.Average(p => p.Y);
        double sxx = points.Sum(p => (p.X - meanX) * (p.X - meanX));
        double slope = points.Sum(p => (p.X - meanX) * (p.Y - meanY)) / sxx;
        double variance = points.Sum(p => Math.Pow(p.Y - meanY - (slope * (p.X - meanX)), 2)) / (points.Length - 2);
        return (slope, Math.Sqrt(variance / sxx));
    }

    public void Dispose() => scratch.Dispose();
}
