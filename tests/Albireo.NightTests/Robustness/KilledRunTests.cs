using System.Text.Json;
using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Robustness;

/// <summary>A run that is killed at any moment and started again ends with the bytes of a run that was left alone.</summary>
public sealed class KilledRunTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("run.json", 1)]
    [InlineData("masters/bias.fits", 1)]
    [InlineData("sources/*.fits", 1)]
    [InlineData("calibrated/*.fits", 12)]
    [InlineData("sources/*.fits", 30)]
    [InlineData("observation.fits", 1)]
    [InlineData("lightcurve.csv", 1)]
    public void A_killed_run_started_again_ends_with_the_same_bytes(string product, int count)
    {
        SimulateOptions options = SmallNight.Options with { Plan = SmallNight.Options.Plan with { LightFrames = 40, CadenceSeconds = 60 } };
        SimulatedNight night = SmallNight.Simulate(options, scratch.At("night"));
        foreach (string frame in Directory.GetFiles(night.Folder))
        {
            File.SetLastWriteTimeUtc(frame, new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc)); // masters of such are taken again
        }
        SortedDictionary<string, string> raw = ProductTree.Files(night.Folder);
        string output = Directory.CreateDirectory(scratch.At("out")).FullName;
        string[] command = ["reduce", night.Folder, "-o", output, .. SmallNight.StarOptions(night.Truth)];
        using (AlbireoProcess process = AlbireoProcess.Start(command))
        {
            while (!process.HasExited && Count(output, product) < count)
            {
                Thread.Sleep(1);
            }
            process.Kill();
        }
        string started = Started(output);
        // What has its name is whole, even now.
        Assert.All(Directory.GetFiles(output, "*.fits", SearchOption.AllDirectories), FitsSums.Check);

        AlbireoRun again = AlbireoRun.Of(command);
        Assert.True(again.Code == 0, again.ToString());
        Assert.Empty(Directory.GetFiles(output, "*.part", SearchOption.AllDirectories));
        Assert.Equal(started, Started(output));
        SortedDictionary<string, string> resumed = ProductTree.Products(output);

        // The undisturbed run: all products made anew in one go.
        foreach (string file in Directory.GetFiles(output, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "run.json"))
        {
            File.Delete(file);
        }
        AlbireoRun undisturbed = AlbireoRun.Of(command);
        Assert.True(undisturbed.Code == 0, undisturbed.ToString());
        ProductTree.AssertSame(ProductTree.Products(output), resumed);
        ProductTree.AssertSame(raw, ProductTree.Files(night.Folder));
    }

    private static int Count(string output, string product)
    {
        string folder = Path.Combine(output, Path.GetDirectoryName(product)!);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(product)).Length : 0;
    }

    private static string Started(string output)
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "run.json")));
        return record.RootElement.GetProperty("started").GetString()!;
    }
}
