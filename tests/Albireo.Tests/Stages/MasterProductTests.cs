using Albireo.Fits;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>What a master carries, ready masters, the detector measured on the way, and how much is read and held.</summary>
public sealed class MasterProductTests : IDisposable
{
    private static readonly string SmallNight = Path.Combine(Repository.Root, "reference", "recipes", "night");
    private readonly ScratchFolder scratch = new();
    private readonly MadeNight night;

    public MasterProductTests() => night = new MadeNight(scratch.At("night"));

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_master_carries_its_uncertainty_the_number_of_values_and_the_rejected_part()
    {
        MasterRun run = Run(SmallNight);
        Master master = run.Master("dark_10s");
        using FitsFile file = FitsFile.Open(Path.Combine(run.Output, "masters", "dark_10s.fits"));
        Assert.Equal(["UNCERT", "USED"], file.Hdus.Skip(1).Select(h => h.Header.Text("EXTNAME")));
        var used = new byte[360];
        ((FitsImage)file.Hdu(2)).ReadRows<byte>(0, 18, used);
        Assert.Equal(8, ((FitsImage)file.Hdu(2)).BitPix);
        Assert.Equal(4, used[(5 * 20) + 5]); // the cosmic ray is gone
        double rejected = 1 - (used.Sum(u => (double)u) / (360 * 5));
        Assert.InRange(rejected, 0.01, 0.2);
        FitsHeader header = file.FirstImage().Header;
        Assert.Equal(rejected, header.Real("REJFRAC")!.Value, 1e-9);
        Assert.Equal(rejected, master.RejectedFraction, 1e-9);
        CsvTable table = CsvTable.Read(Path.Combine(run.Output, "masters", "masters.csv"));
        int row = Array.IndexOf(table.Texts("name"), "dark_10s.fits");
        Assert.Equal(rejected, table.Reals("rejected_fraction")[row], 1e-9);
        Assert.Equal(("Master Dark", 5L, false), (header.Text("IMAGETYP"), header.Integer("NCOMBINE"), header.Logical("BIASIN")));
        Assert.All(master.Uncertainty!.Pixels.ToArray(), u => Assert.True(u > 0));
    }

    [Fact]
    public void HISTORY_of_a_master_tells_the_settings_it_was_made_with()
    {
        string output = Run(SmallNight, "standard", "masters.flat.weights=level", "masters.flat.region=2:12,3:15").Output;
        Assert.Contains(
            "each divided by its median of 2:12,3:15\ncombined by clipped-mean about the median, limits -3 +3 mad, 5 rounds at most, weighted by level\nthe master divided by its median",
            History(output, "flat_R")
        );
        Assert.Contains("limits -3 +3 mad (at least 0.5), 5 rounds at most", History(output, "bias"));
        output = Run(SmallNight, "mcdonald", "compat=true").Output;
        Assert.EndsWith(
            "each divided by its exact-mode\ncombined by median, in double precision\nthe master divided by its exact-mode",
            History(output, "flat_R")
        );
    }

    /// <summary>Its lines, those that were too long for a card put together again.</summary>
    private static string History(string output, string master)
    {
        using FitsFile file = FitsFile.Open(Path.Combine(output, "masters", master + ".fits"));
        var text = new System.Text.StringBuilder();
        foreach (FitsCard card in file.FirstImage().Header.Where(c => c.Keyword == "HISTORY"))
        {
            bool isFull = card.Comment!.Length > 60 && !card.Comment.StartsWith("the master", StringComparison.Ordinal);
            text.Append(card.Comment.TrimEnd()).Append(isFull ? ' ' : '\n');
        }
        return text.ToString().TrimEnd();
    }

    [Fact]
    public void Many_frames_are_counted_in_two_bytes()
    {
        night.Add("bias", 300, "Bias", 300, 0, noise: 5);
        MasterRun run = Run(night.Folder);
        using FitsFile file = FitsFile.Open(Path.Combine(run.Output, "masters", "bias.fits"));
        Assert.Equal(16, ((FitsImage)file.Hdu(2)).BitPix);
        var used = new ushort[16 * 12];
        ((FitsImage)file.Hdu(2)).ReadRows<ushort>(0, 12, used);
        Assert.All(used, u => Assert.InRange(u, 280, 300));
    }

    [Fact]
    public void The_log_has_the_lines_of_the_older_systems()
    {
        string log = Run(SmallNight, "photlib", "compat=true").Log;
        // bias-001.fits    595.4     12.9    800.0    412.0 · MASTER BIAS …
        Assert.Matches(@"bias-1\.fits +\d+\.\d +\d+\.\d +\d+\.\d +\d+\.\d  median \d+\.\d", log);
        Assert.Matches(@"MASTER bias +\d+\.\d +\d+\.\d +\d+\.\d +\d+\.\d ", log);
        Assert.Contains("dark-10s-1.fits - bias.fits ==> dark_10s.fits", log);
        Assert.Matches(@"flat-1\.fits +(0\.9|1\.0)\d{4} +\d\.\d{5}", log);
        Assert.Matches(@"\(flat-1\.fits - bias\.fits\) / \d+(\.\d+)? ==> flat_R\.fits", log);
        string lulin = Run(SmallNight, "lulin").Log;
        Assert.Matches(@"flat-5\.fits .*median 4\d{4}(\.\d+)? ADU \(REJECTED\)", lulin);
        Assert.Contains("(flat-4.fits - dark_3s.fits) / ", lulin);
        Assert.DoesNotContain("(flat-5.fits - dark_3s.fits) / ", lulin); // what is rejected does not go into the flat
    }

    [Fact]
    public void A_ready_master_among_the_frames_is_used_as_it_is()
    {
        MasterRun first = Run(SmallNight);
        string given = Directory.CreateDirectory(scratch.At("given")).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(first.Output, "masters"), "*.fits"))
        {
            File.Copy(file, Path.Combine(given, Path.GetFileName(file)));
        }
        foreach (string light in Directory.GetFiles(SmallNight, "light-*"))
        {
            File.Copy(light, Path.Combine(given, Path.GetFileName(light)));
        }
        MasterRun run = Run(given);
        Same(first.For("light-1"), run.For("light-1"));
        Assert.All(run.Masters.All, m => Assert.True(m.IsReady));
        Assert.Equal(5, run.Master("dark_10s").FrameCount);
        CsvTable table = CsvTable.Read(Path.Combine(run.Output, "masters", "masters.csv"));
        Assert.Contains(Path.Combine(given, "flat_R.fits"), table.Texts("ready_from"));

        // The same from the folder of another run.
        string lights = Directory.CreateDirectory(scratch.At("lights")).FullName;
        File.Copy(Path.Combine(SmallNight, "light-1.fits"), Path.Combine(lights, "light-1.fits"));
        MasterRun from = Run(lights, "standard", "masters.from=" + Path.Combine(first.Output, "masters"));
        Same(first.For("light-1"), from.For("light-1"));
    }

    [Fact]
    public void A_master_dark_that_says_nothing_of_the_bias_is_judged_by_its_level()
    {
        night.Add("mbias", 1, "Master Bias", 300, 0);
        night.Add("mdark", 1, "Master Dark", 305, 10);
        night.Add("light", 1, "Light", 500, 10, filter: "R");
        MasterRun run = Run(night.Folder);
        Assert.True(run.Master("mdark-1").HoldsBias);
        Assert.Null(run.For("light-1").Bias);
        Assert.Contains(run.Notices, n => n.Contains("mdark-1.fits does not say whether the bias is in it"));

        var free = new MadeNight(scratch.At("free"));
        free.Add("mbias", 1, "Master Bias", 300, 0);
        free.Add("mdark", 1, "Master Dark", 5, 10);
        free.Add("mflat", 1, "Master Flat", 20000, 1, filter: "R");
        free.Add("light", 1, "Light", 500, 20, filter: "R");
        MasterRun other = Run(free.Folder);
        MasterSet set = other.For("light-1");
        Assert.Equal((false, 2), (set.Dark!.HoldsBias, set.DarkScale));
        Assert.Equal(1, set.Flat!.Image[0, 0], 1e-6);
        Assert.Contains(other.Notices, n => n == "mflat-1.fits is used as it is, divided by its median of 20000.");
    }

    [Fact]
    public void Gain_and_read_noise_are_measured_where_nothing_tells_them()
    {
        // Photon noise of 20 000 ADU at 2 e-/ADU is 100 ADU; 4 ADU of read noise are 8 e-.
        night.Add("bias", 4, "Bias", 300, 0, noise: 4, width: 200, height: 200);
        night.Add("flat", 4, "Flat", 20300, 1, filter: "R", noise: Math.Sqrt((20000 / 2.0) + 16), width: 200, height: 200);
        night.Add("light", 1, "Light", 500, 10, filter: "R", width: 200, height: 200);
        MasterRun run = Run(night.Folder);
        FrameNoise noise = run.Masters.NoiseOf(run.Frame("light-1"), run.Recipe.Detector);
        Assert.Equal(2, noise.Detector.GainElectronsPerAdu!.Value, 0.05);
        Assert.Equal(8, noise.Detector.ReadNoiseElectrons!.Value, 0.2);
        Assert.StartsWith("measured from bias-1.fits, bias-2.fits, flat-1.fits, flat-2.fits", noise.GainFrom);
        string notice = Assert.Single(run.Notices, n => n.StartsWith("Neither headers nor settings", StringComparison.Ordinal));
        Assert.Matches(@"gain [12]\.\d{4} ± 0\.0\d+ e-/ADU, read noise [78]\.\d{3} ± 0\.\d+ e-", notice);
        // And used: a bias of four such frames is 2 ADU uncertain, a little more for the clipping.
        Assert.InRange(run.Master("bias").Uncertainty!.Pixels.ToArray().Average(), 1.9, 2.6);

        // The user's word comes first; then the read noise in electrons goes with it.
        MasterRun told = Run(night.Folder, "standard", "detector.gain=1");
        FrameNoise own = told.Masters.NoiseOf(told.Frame("light-1"), told.Recipe.Detector);
        Assert.Equal(("detector.gain", 1.0), (own.GainFrom, own.Detector.GainElectronsPerAdu));
        Assert.Equal(4, own.Detector.ReadNoiseElectrons!.Value, 0.1);
    }

    [Fact]
    public void Saturated_or_lightless_flats_do_not_measure_the_detector()
    {
        night.Add("bias", 2, "Bias", 300, 0, noise: 4, width: 64, height: 64);
        night.Add("flat", 2, "Flat", 64000, 1, filter: "R", noise: 90, width: 64, height: 64);
        night.Add("dim", 2, "Flat", 300, 1, filter: "V", noise: 4, width: 64, height: 64);
        night.Add("light", 1, "Light", 500, 10, filter: "R", width: 64, height: 64);
        MasterRun run = Run(night.Folder);
        Assert.False(run.Masters.NoiseOf(run.Frame("light-1"), run.Recipe.Detector).Detector.HasNoiseModel);
        Assert.Contains("too near to saturation", run.Log);
        Assert.DoesNotContain(run.Notices, n => n.Contains("measured from"));
    }

    [Fact]
    public void Three_hundred_frames_in_little_memory_and_packed_ones_give_the_same_bytes()
    {
        night.Add("bias", 300, "Bias", 300, 0, noise: 5, width: 64, height: 48);
        MasterRun plain = Run(night.Folder);
        string packed = Directory.CreateDirectory(scratch.At("packed")).FullName;
        int i = 0;
        foreach (string file in Directory.GetFiles(night.Folder).Order(StringComparer.Ordinal))
        {
            // Every other one gzipped, the rest in tiles.
            Pack(file, packed, gzip: i++ % 2 == 0);
        }
        var limits = new ResourceLimits(Threads: 3, MemoryBytes: 1_000_000);
        MasterRun little = MasterRun.Of(packed, scratch.At("out-little"), RecipeFile.Default, [], limits);
        Assert.Equal(300, little.Master("bias").FrameCount);
        Assert.Equal(plain.Master("bias").Image.Pixels.ToArray(), little.Master("bias").Image.Pixels.ToArray());
        Assert.Equal(plain.Master("bias").Uncertainty!.Pixels.ToArray(), little.Master("bias").Uncertainty!.Pixels.ToArray());
        // 300 unpacked frames of 12 kB do not fit into 1 MB: they lay in a temporary file, which is gone.
        Assert.Empty(Directory.GetFiles(Path.Combine(little.Output, ".albireo", "scratch")));
    }

    [Fact]
    public void What_a_killed_run_left_is_swept()
    {
        string left = Path.Combine(Directory.CreateDirectory(scratch.At("o", "out", ".albireo", "scratch")).FullName, ".bias.123.part");
        File.WriteAllText(left, "half");
        night.Add("bias", 2, "Bias", 300, 0);
        MasterRun.Of(night.Folder, scratch.At("o"), RecipeFile.Default, []);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void More_files_than_may_be_open_are_opened_in_turn()
    {
        night.Add("bias", 430, "Bias", 300, 0, noise: 5);
        MasterRun run = Run(night.Folder);
        Assert.Equal(430, run.Master("bias").FrameCount);
        Assert.Equal(300, run.Master("bias").Image.Pixels.ToArray().Average(), 0.1);
    }

    [Fact]
    public void Weights_by_inverse_variance_trust_the_brighter_flat_more()
    {
        night.Add("bias", 3, "Bias", 300, 0);
        night.Add("dim", 2, "Flat", 1300, 1, filter: "R", noise: 100);
        night.Add("bright", 2, "Flat", 30300, 1, filter: "R", noise: 100);
        double plain = Scatter(Run(night.Folder, "standard", "masters.combine=mean"));
        string[] known = ["masters.combine=mean", "detector.gain=1", "detector.read-noise=5"];
        double weighted = Scatter(Run(night.Folder, "standard", [.. known, "masters.flat.weights=inverse-variance"]));
        double byLevel = Scatter(Run(night.Folder, "standard", [.. known, "masters.flat.weights=level"]));
        // 10 % noise in the dim ones, 0.3 % in the bright ones.
        Assert.InRange(plain, 0.025, 0.06);
        Assert.InRange(weighted, 0, plain / 5);
        Assert.InRange(byLevel, 0, plain / 5);
        // Without gain: by level, and that is said.
        MasterRun unknown = Run(night.Folder, "standard", "masters.combine=mean", "masters.flat.weights=inverse-variance");
        Assert.Contains(unknown.Notices, n => n.Contains("weighted by their levels"));
    }

    private static double Scatter(MasterRun run)
    {
        float[] flat = run.Master("flat_R").Image.Pixels.ToArray();
        return Math.Sqrt(flat.Average(v => (v - 1.0) * (v - 1)));
    }

    private static void Pack(string file, string folder, bool gzip)
    {
        if (gzip)
        {
            using FileStream target = File.Create(Path.Combine(folder, Path.GetFileName(file) + ".gz"));
            using var packer = new System.IO.Compression.GZipStream(target, System.IO.Compression.CompressionLevel.Fastest);
            packer.Write(File.ReadAllBytes(file));
            return;
        }
        Assert.Equal(0, AlbireoRun.Of("pack", file, "-o", folder).Code);
    }

    private static void Same(MasterSet expected, MasterSet found)
    {
        Assert.Equal(expected.DarkScale, found.DarkScale);
        Assert.Equal(Pixels(expected.Bias), Pixels(found.Bias));
        Assert.Equal(Pixels(expected.Dark), Pixels(found.Dark));
        Assert.Equal(Pixels(expected.Flat), Pixels(found.Flat));
        Assert.Equal(expected.Flat!.Uncertainty!.Pixels.ToArray(), found.Flat!.Uncertainty!.Pixels.ToArray());

        static float[]? Pixels(Master? master) => master?.Image.Pixels.ToArray();
    }

    private MasterRun Run(string folder, string recipe = RecipeFile.Default, params string[] settings) =>
        MasterRun.Of(folder, scratch.At("out-" + Guid.NewGuid().ToString("N")), recipe, settings);
}
