using Albireo.Pipeline.Products;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Hatp32;

/// <summary>The transit of 20 December 2017 from observation.fits alone, against what others found in these frames.</summary>
public sealed class Hatp32FitTests(Hatp32Night night) : IClassFixture<Hatp32Night>, IDisposable
{
    private readonly ScratchFolder scratch = new();

    [Fact]
    public void Mid_transit_radius_and_scatter_are_those_of_others_and_chosen_comparisons_do_no_worse()
    {
        string output = scratch.At("out");
        Directory.CreateDirectory(output);
        foreach (string name in (string[])["observation.fits", "run.json"])
        {
            File.Copy(Path.Combine(night.ReducedWithSky.Output, name), Path.Combine(output, name));
        }

        FitFile named = Fitted(output);
        FittedValueIs(named, "tc", 2458107.7125, 0.0030);
        Assert.InRange(named["tc"]!.Error, 0.0007, 0.0014);
        FittedValueIs(named, "rp_rs", 0.150, 0.008);
        Assert.InRange(named.ResidualScatter, 0.003, 0.0056);
        Assert.Equal(142, named.Points);
        Assert.True(named.Converged);
        Assert.True(named.BicNoTransit > named.Bic + 100);
        Assert.InRange(named.Ephemeris!.Value.Minutes, -5, 8);

        Run("curve", "-o", output, "--comparison", "auto", "--quiet");
        FitFile chosen = Fitted(output);
        Assert.True(chosen.ResidualScatter <= named.ResidualScatter, $"{chosen.ResidualScatter} after {named.ResidualScatter}");
        FittedValueIs(chosen, "tc", 2458107.7125, 0.0035);
    }

    private static FitFile Fitted(string output)
    {
        Run(
            "fit",
            "-o",
            output,
            "--period",
            "2.1500082",
            "--t0",
            "2458107.7109",
            "--tc-window",
            "30",
            "--a-rs",
            "6.05,0.04",
            "--inclination",
            "88.9,0.4",
            "--u1",
            "0.35,0.1",
            "--u2",
            "0.28,0.1",
            "--quiet"
        );
        return FitFile.Read(output)!;
    }

    private static void FittedValueIs(FitFile fit, string name, double value, double tolerance) =>
        Assert.Equal(value, fit[name]!.Value, tolerance);

    private static void Run(params string[] words)
    {
        AlbireoRun run = AlbireoRun.Of(words);
        Assert.True(run.Code == 0, run.ToString());
    }

    public void Dispose() => scratch.Dispose();
}
