using System.Text.Json;
using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>masters, calibrate, detect, match and measure: the same list as reduce, cut off there.</summary>
public sealed class StageCommandTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly SmallNight night = new();

    [Fact]
    public void Stage_after_stage_ends_with_what_reduce_makes_in_one_go()
    {
        string whole = scratch.At("whole"),
            staged = scratch.At("staged");
        Assert.Equal(0, AlbireoRun.Of([.. night.Command(night.Night.Folder, whole), "--quiet"]).Code);
        Done("masters", night.Night.Folder, "-o", staged);
        Assert.False(Directory.Exists(Path.Combine(staged, "calibrated")));
        foreach (FrameStage stage in (FrameStage[])[FrameStage.Calibrate, FrameStage.Detect, FrameStage.Match])
        {
            AlbireoRun run = Done(EarlyStages.Word(stage), "-o", staged);
            Assert.Contains("6 of 6 lights", run.Out, StringComparison.Ordinal);
            Assert.Equal(stage >= FrameStage.Detect, Directory.Exists(Path.Combine(staged, "sources")));
            Assert.False(File.Exists(Path.Combine(staged, "observation.fits")));
        }
        Done(["measure", "-o", staged, .. night.Stars]);
        Assert.False(File.Exists(Path.Combine(staged, "lightcurve.csv")));
        Done("curve", "-o", staged);
        Assert.Equal(File.ReadAllText(Path.Combine(whole, "lightcurve.csv")), File.ReadAllText(Path.Combine(staged, "lightcurve.csv")));
        foreach (string product in (string[])["masters/flat_R.fits", "calibrated/light-R-0003.fits", "sources/light-R-0003.fits"])
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, product)), File.ReadAllBytes(Path.Combine(staged, product)));
        }
    }

    [Fact]
    public void Masters_are_told_as_json_with_the_names_of_masters_csv()
    {
        AlbireoRun run = Done("masters", night.Night.Folder, "-o", scratch.At("out"), "--json");
        string[] names = File.ReadLines(scratch.At("out/masters/masters.csv")).First().Split(',');
        string[] lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(File.ReadLines(scratch.At("out/masters/masters.csv")).Count() - 1, lines.Length);
        foreach (string line in lines)
        {
            using JsonDocument master = JsonDocument.Parse(line);
            Assert.Equal(names, master.RootElement.EnumerateObject().Select(p => p.Name));
            Assert.True(master.RootElement.GetProperty("frames").GetInt32() > 0);
        }
        Assert.Equal(2, AlbireoRun.Of("calibrate", "-o", scratch.At("out"), "--json").Code);
    }

    [Fact]
    public void The_transform_of_a_matched_frame_stands_with_its_sources()
    {
        Done("match", night.Night.Folder, "-o", scratch.At("out"));
        using FitsFile file = FitsFile.Open(scratch.At("out/sources/light-R-0006.fits"));
        FitsHeader header = file.Hdus[1].StoredHeader;
        Assert.InRange(header.Real("TRANSF_A") ?? double.NaN, 0.999, 1.001);
        Assert.True(header.Real("MATCHED") >= 5);
    }

    [Fact]
    public void Fresh_opens_every_file_again()
    {
        string raw = night.CopyTo(scratch.At("raw"));
        foreach (string file in Directory.GetFiles(raw))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1)); // long enough ago to be remembered
        }
        string output = scratch.At("out");
        Done("masters", raw, "-o", output);
        string index = Path.Combine(output, ".albireo", "inventory.json");
        File.WriteAllText(index, File.ReadAllText(index).Replace("\"R\"", "\"Q\"", StringComparison.Ordinal));
        Done("masters", "-o", output);
        Assert.True(File.Exists(Path.Combine(output, "masters", "flat_Q.fits")), "the index is not what is used");
        File.Delete(Path.Combine(output, "masters", "flat_R.fits"));
        Done("masters", "-o", output, "--fresh");
        Assert.True(File.Exists(Path.Combine(output, "masters", "flat_R.fits")));
    }

    [Fact]
    public void A_stage_without_a_night_to_remember_says_so()
    {
        AlbireoRun run = AlbireoRun.Of("detect", "-o", scratch.At("nothing"));
        Assert.True(run.Code == 2, run.ToString());
        Assert.Contains("Which NIGHT?", Assert.Single(run.Complaints), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("nothing")));
    }

    [Fact]
    public void Masters_of_a_night_without_calibration_frames_are_no_result()
    {
        string lights = scratch.At("lights");
        Directory.CreateDirectory(lights);
        File.Copy(Path.Combine(night.Night.Folder, SmallNight.Light(1)), Path.Combine(lights, SmallNight.Light(1)));
        AlbireoRun run = AlbireoRun.Of("masters", lights, "-o", scratch.At("out"));
        Assert.True(run.Code == 3, run.ToString());
        Assert.Contains("No master could be made", Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        night.Dispose();
        scratch.Dispose();
    }

    private static AlbireoRun Done(params string[] args)
    {
        AlbireoRun run = AlbireoRun.Of([.. args, "--quiet"]);
        Assert.True(run.Code == 0, run.ToString());
        return run;
    }
}
