using System.Text.Json;
using Albireo.Fits;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Numerics;
using Albireo.Science.Simulation;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

public sealed class CombineAndDetectorTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly string night;

    public CombineAndDetectorTests()
    {
        night = scratch.At("night");
        var options = new SimulateOptions
        {
            Plan = new NightPlan
            {
                Seed = 21,
                Width = 300,
                Height = 280,
                BiasFrames = 5,
                DarkFrames = 3,
                FlatFrames = 3,
                LightFrames = 1,
                Detector = new DetectorModel { CosmicRaysPerSecond = 5 },
            },
        };
        SimulateNight.Run(options, night, ResourceLimits.Default, IRunObserver.None, TestContext.Current.CancellationToken);
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Combine_writes_picture_uncertainty_and_counts_with_the_first_header()
    {
        string output = scratch.At("dark.fits");
        AlbireoRun run = AlbireoRun.Of(["combine", .. Files("dark-*"), "-o", output]);
        Assert.True(run.Code == 0, run.ToString());
        Assert.Contains("3 pictures", run.ToString());
        using FitsFile file = FitsFile.Open(output);
        Assert.Equal(3, file.Hdus.Count);
        var pixels = new float[3][];
        for (int i = 0; i < 3; i++)
        {
            pixels[i] = new float[300 * 280];
            ((FitsImage)file.Hdu(i)).ReadRows(0, 280, pixels[i]);
        }
        Assert.Equal("UNCERT", file.Hdu(1).Header.Text("EXTNAME"));
        Assert.Equal("Dark Frame", file.Hdu(0).Header.Text("IMAGETYP"));
        Assert.Equal(3, file.Hdu(0).Header.Integer("NCOMBINE"));
        float[][] raw = [.. Files("dark-*").Select(Pixels)];
        for (int p = 0; p < pixels[0].Length; p += 7)
        {
            float[] stack = [.. raw.Select(r => r[p]).Order()];
            Assert.InRange(pixels[0][p], stack[0], stack[2]);
            Assert.InRange(pixels[2][p], 1, 3);
        }
    }

    [Fact]
    public void Combine_scales_flats_and_median_is_the_median()
    {
        string output = scratch.At("flat.fits");
        string[] flats = Files("flat-*");
        Assert.Equal(0, AlbireoRun.Of(["combine", .. flats, "-o", output, "--method", "median", "--scale", "median"]).Code);
        float[] first = Pixels(flats[0]);
        float[] combined = Pixels(output);
        Assert.InRange(combined.Zip(first, (c, f) => c / f).Average(), 0.997, 1.003);
        Assert.Equal(0, AlbireoRun.Of(["combine", .. flats, "-o", output, "--method", "weighted", "--scale", "mode"]).Code);
    }

    [Fact]
    public void Combine_takes_the_settings_of_a_recipe_and_named_options_before_them()
    {
        string[] darks = ["combine", .. Files("dark-*"), "-o"];
        float[] Combined(params string[] more)
        {
            Assert.Equal(0, AlbireoRun.Of([.. darks, scratch.At("one.fits"), .. more]).Code);
            return Pixels(scratch.At("one.fits"));
        }
        float[] median = Combined("--method", "median");
        float[] mean = Combined("--method", "mean");
        Assert.NotEqual(median, mean);
        Assert.Equal(median, Combined("--set", "masters.combine=median"));
        Assert.Equal(median, Combined("--recipe", "photlib"));
        Assert.Equal(mean, Combined("--recipe", "photlib", "--method", "mean"));
        Assert.Equal(Combined("--sigma", "1.2"), Combined("--set", "masters.sigma=1.2"));
        using FitsFile file = FitsFile.Open(scratch.At("one.fits"));
        FitsHeader header = file.FirstImage().Header;
        string history = string.Join(' ', header.Where(c => c.Keyword == "HISTORY").Select(c => c.Comment!.TrimEnd()));
        Assert.Contains("clipped-mean about the median, limits -1.2 +1.2 mad, 5 rounds at most", history);
        Assert.InRange(header.Real("REJFRAC")!.Value, 0.01, 0.6);
    }

    [Fact]
    public void Combine_of_packed_pictures_gives_the_same_bytes_and_leaves_no_temporary_file()
    {
        string[] darks = Files("dark-*");
        string packed = scratch.At("packed");
        Assert.Equal(0, AlbireoRun.Of(["pack", .. darks, "-o", packed]).Code);
        string gzipped = Path.Combine(packed, "dark.fits.gz");
        using (FileStream target = File.Create(gzipped))
        using (var packer = new System.IO.Compression.GZipStream(target, System.IO.Compression.CompressionLevel.Fastest))
        {
            packer.Write(File.ReadAllBytes(darks[0]));
        }
        string[] mixed = [gzipped, .. Directory.GetFiles(packed, "*.fz").Order().Skip(1)];
        Assert.Equal(darks.Length, mixed.Length);
        Directory.CreateDirectory(scratch.At("one"));
        Assert.Equal(0, AlbireoRun.Of(["combine", .. darks, "-o", scratch.At("one", "plain.fits")]).Code);
        // 1 MB holds one of three pictures of 336 kB: the others lie in a temporary file.
        string[] little = ["combine", .. mixed, "-o", scratch.At("one", "packed.fits"), "--memory", "1MB"];
        Assert.Equal(0, AlbireoRun.Of(little).Code);
        Assert.Equal(Pixels(scratch.At("one", "plain.fits")), Pixels(scratch.At("one", "packed.fits")));
        Assert.Equal(2, Directory.GetFiles(scratch.At("one"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Combine_refuses_what_it_cannot_do_in_a_sentence()
    {
        string[] darks = Files("dark-*");
        string output = scratch.At("no.fits");
        Refused(2, "expected one of", ["combine", .. darks, "-o", output, "--method", "average"]);
        Refused(2, "leaves none", ["combine", .. darks[..2], "-o", output, "--method", "min-max-mean"]);
        Refused(2, "--sigma -1: expected a number above 0", ["combine", .. darks, "-o", output, "--sigma", "-1"]);
        Refused(2, "--sigma much: expected a number", ["combine", .. darks, "-o", output, "--sigma", "much"]);
        Refused(2, "unknown option masters.sgima", ["combine", .. darks, "-o", output, "--set", "masters.sgima=2"]);
        Refused(2, "no such built-in recipe", ["combine", .. darks, "-o", output, "--recipe", "nobody"]);
        Refused(2, "never written to", ["combine", .. darks, "-o", darks[0]]);
        Refused(2, "does not exist", ["combine", scratch.At("nothing.fits"), "-o", output]);
        string small = scratch.At("small.fits");
        using (FitsOutput other = FitsOutput.Create(small))
        {
            other.AddImage<ushort>(null, [4, 4], new ushort[16]);
            other.Commit();
        }
        Refused(1, "4 × 4", ["combine", .. darks, small, "-o", output]);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public void Detector_finds_gain_read_noise_and_dark_current()
    {
        string[] frames = [.. Files("bias-*")[..2], .. Files("flat-*")[..2]];
        AlbireoRun run = AlbireoRun.Of(["detector", .. frames]);
        Assert.True(run.Code == 0, run.ToString());
        DetectorMeasurement found = MeasureDetector.Run(frames, [], [], TestContext.Current.CancellationToken);
        Assert.Equal(1, found.Noise.GainElectronsPerAdu / 1.4, 0.02);
        Assert.Equal(1, found.Noise.ReadNoiseElectrons / 7, 0.02);
        Assert.Contains($"gain        {found.Noise.GainElectronsPerAdu:F4}", run.ToString());
        Assert.Null(found.Dark);
        // A bias is a dark of no exposure.
        DetectorMeasurement dark = MeasureDetector.Run(
            frames,
            [.. Files("bias-*"), .. Files("dark-*")],
            [],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(1, dark.Dark!.ElectronsPerSecond!.Value / 0.05, 0.05);
    }

    [Fact]
    public void Detector_refuses_what_cannot_tell_in_a_sentence()
    {
        string[] biases = Files("bias-*");
        string[] flats = Files("flat-*");
        Refused(2, "Two bias and two flat", ["detector", .. biases[..2], flats[0]]);
        Refused(3, "no light", ["detector", .. flats[..2], .. biases[..2]]);
        Refused(2, "two exposures", ["detector", .. biases[..2], .. flats[..2], "--darks", .. biases]);
        Refused(2, "--region", ["detector", .. biases[..2], .. flats[..2], "--region", "5"]);
        Refused(2, "reaches beyond", ["detector", .. biases[..2], .. flats[..2], "--region", "0:9999,0:10"]);
    }

    /// <summary>Exposures as the inventory reads them, and a bias level that drifts and is told by the overscan.</summary>
    [Fact]
    public void Detector_reads_headers_as_the_inventory_does()
    {
        var random = new SeededRandom(4);
        string Frame(string name, double light, double bias, string exposure)
        {
            const int width = 160;
            const int height = 150;
            var counts = new ushort[width * height];
            for (int i = 0; i < counts.Length; i++)
            {
                double seen = i % width < 128 ? light : 0;
                counts[i] = (ushort)Math.Round(bias + seen + (Math.Sqrt((seen / 1.5) + (64 / 2.25)) * random.Normal()));
            }
            var header = new FitsHeader();
            header.AddCard(exposure);
            header.AddCard("BIASSEC = '[129:160,1:150]'");
            header.AddCard("TRIMSEC = '[1:128,1:150]'");
            using FitsOutput file = FitsOutput.Create(scratch.At(name));
            file.AddImage<ushort>(header, [height, width], counts);
            file.Commit();
            return scratch.At(name);
        }
        string[] frames =
        [
            Frame("b1.fits", 0, 500, "EXPTIME =                    0"),
            Frame("b2.fits", 0, 530, "EXPTIME =                    0"),
            Frame("f1.fits", 1000, 560, "EXPTIME =                    5"),
            Frame("f2.fits", 1000, 590, "EXPTIME =                    5"),
        ];
        string[] darks =
        [
            Frame("d1.fits", 20, 520, "XPOSURE =                10000 / [ms]"),
            Frame("d2.fits", 120, 540, "EXPTIME = '60.0'"),
        ];
        AlbireoRun run = AlbireoRun.Of(["detector", .. frames, "--darks", .. darks, "--json"]);
        Assert.True(run.Code == 0, run.ToString());
        using JsonDocument found = JsonDocument.Parse(run.Out);
        double Value(string name) => found.RootElement.GetProperty(name).GetDouble();
        Assert.Equal(1.5, Value("gain"), 4 * Value("gain_error"));
        Assert.Equal(1000, Value("flat_level"), tolerance: 1.0);
        Assert.Equal((10, 60), (Value("short_dark_s"), Value("long_dark_s")));
        Assert.Equal(2, Value("dark_current_adu"), 0.02);
        Assert.InRange(Value("dark_current_error"), 0.001, 0.05);
        AlbireoRun sizes = AlbireoRun.Of(["detector", Files("bias-*")[0], .. frames[1..]]);
        Assert.True(sizes.Code == 3, sizes.ToString());
        Assert.Contains($"{frames[1]} is 160 × 150", Assert.Single(sizes.Complaints), StringComparison.Ordinal);
    }

    private static void Refused(int code, string about, string[] args)
    {
        AlbireoRun run = AlbireoRun.Of(args);
        Assert.True(run.Code == code, run.ToString());
        Assert.Contains(about, Assert.Single(run.Complaints));
    }

    private string[] Files(string pattern) => [.. Directory.GetFiles(night, pattern).Order()];

    private static float[] Pixels(string path)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage image = file.FirstImage();
        var pixels = new float[image.Width * image.Height];
        image.ReadRows(0, image.Height, pixels);
        return pixels;
    }
}
