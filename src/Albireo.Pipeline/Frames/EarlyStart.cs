using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Albireo.Fits;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Background;
using Albireo.Science.Calibration;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Frames;

/// <summary>
/// The first call of anything costs the runtime some microseconds, and a run makes thousands of first calls. Here a second thread makes
/// them, on pictures of a few pixels, while the command line is read and the night is looked through.
/// </summary>
public static class EarlyStart
{
    private const int Side = 96;

    /// <summary>Begins; nothing waits for it.</summary>
    /// <param name="rehearsals">In the order in which the run comes to them.</param>
    public static void Begin(params Action[] rehearsals)
    {
        if (Environment.ProcessorCount > 1)
        {
            new Thread(() => Array.ForEach(rehearsals, Try)) { IsBackground = true, Name = "early start" }.Start();
        }

        static void Try(Action rehearsal)
        {
            try
            {
                rehearsal();
            }
            catch (Exception e)
            {
                // A profile of the user's that cannot be read, say: the run meets it itself, and says so.
                Debug.WriteLine(e);
            }
        }
    }

    /// <summary>What every run asks its settings and profiles for: the tables of the options, the reader of YAML.</summary>
    public static void Settings()
    {
        _ = RecipeBinder.ToTree(new Recipe());
        _ = TelescopeLibrary.Open().Find(BuiltInProfiles.Index[0].Name);
    }

    /// <summary>Reads headers and makes an inventory of them.</summary>
    public static void Headers() => CountObservations();

    /// <summary>Reads, looks at, stacks, calibrates and writes frames, all of it in memory.</summary>
    public static void Frames() => CalibratedSum();

    /// <summary>Takes the background, finds the stars and measures them.</summary>
    public static void Stars() => CountStars();

    /// <returns>How many observations four frames are: 1.</returns>
    internal static int CountObservations()
    {
        TelescopeLibrary telescopes = TelescopeLibrary.Open();
        string[] kinds = ["Bias Frame", "Flat Field", "Light Frame", "Light Frame"];
        var frames = new List<FrameInfo>();
        for (int i = 0; i < kinds.Length; i++)
        {
            var header = new FitsHeader();
            header.Set("OBJECT", "rehearsal");
            header.Set("IMAGETYP", kinds[i]);
            header.Set("INSTRUME", "rehearsal");
            header.Set("FILTER", "R");
            header.Set("DATE-OBS", $"2020-05-30T22:0{i}:00.5");
            header.Set("EXPTIME", 60.0, "[s]");
            header.Set("CCD-TEMP", -20.0);
            header.Set("XBINNING", 1);
            header.Set("RA", "12 34 56.7");
            header.Set("DEC", "-01 23 45.6");
            header.Set("SITELAT", "32 46 49");
            header.Set("SITELONG", "-105 49 13");
            TelescopeProfile? profile = HeaderWords.None.Over(telescopes.Match(header));
            frames.Add(HeaderMap.Read($"rehearsal{i}.fits", header, null, 0, Side, Side, profile, ushort.MaxValue));
        }
        return new NightInventory(frames, [], [], [], [], [], [], longitudeDegrees: null, opened: 0).Observations().Count;
    }

    /// <returns>Sum of the calibrated pixels: 0 but for rounding.</returns>
    internal static double CalibratedSum()
    {
        using var file = new MemoryTarget();
        using (FitsOutput output = FitsOutput.Create(file))
        {
            var header = new FitsHeader();
            header.Set("OBJECT", "rehearsal");
            header.AddHistory("never written to a disk");
            Image stars = Stars(companions: false);
            ushort[] counts = Array.ConvertAll(stars.Pixels.ToArray(), v => (ushort)v);
            output.AddImage<ushort>(header, [Side, Side], counts);
            output.AddImage<float>(null, [Side, Side], stars.Pixels);
            output.AddImage<byte>(null, [Side, Side], new byte[Side * Side]);
            output.Commit();
        }
        _ = Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span));
        using FitsFile opened = FitsFile.Open(file.Bytes, "rehearsal");
        FitsImage picture = opened.FirstImage();
        Image raw = LargePages.Image(Side, Side);
        picture.ReadRows(0, Side, raw.Pixels);

        var scratch = new float[Side * Side];
        _ = FrameFigures.Of(raw, scratch).Show(1);
        _ = StarLikeSpots.Count(raw);
        _ = FrameLevel.Of(raw, LevelMethod.Median);
        _ = CountCeiling.Of(raw.Buffer, ushort.MaxValue);
        MasterOptions options = new Recipe().Masters;
        Image master = Stack(raw, options, new StackNoise(1.5, 8, double.PositiveInfinity), out Image uncertainty);
        Image none = Stack(new Image(Side, Side), options, new StackNoise(1.5, 8, 0), out _);
        var flat = new Image(Side, Side);
        flat.Pixels.Fill(1);
        CalibratedImage clean = ImageCalibrator.Calibrate(
            raw,
            new CalibrationInputs
            {
                Bias = master,
                BiasUncertainty = uncertainty,
                Dark = none,
                DarkUncertainty = uncertainty,
                Flat = flat,
                FlatUncertainty = uncertainty,
            },
            new DetectorParameters(1.5, 8, 60000, 50000),
            new CalibrationOptions(),
            new CalibrationBuffers(new Image(Side, Side), new PixelMask(Side, Side), new Image(Side, Side))
        );
        Image[] pairs = [Noise(1000, 5, 1), Noise(1000, 5, 2), Noise(9000, 100, 3), Noise(9000, 100, 4)];
        _ = DetectorNoise.Measure(pairs[0], pairs[1], pairs[2], pairs[3], [new PixelRegion(0, Side, 0, Side)], BandRunner.Serial);
        using (var writer = new Utf8JsonWriter(Stream.Null))
        {
            JsonSerializer.Serialize(writer, [new KeptFrame("", "", "", "", [])], MemoryWriting.Default.KeptFrameArray);
        }
        double sum = 0;
        foreach (float value in clean.Pixels.Pixels)
        {
            sum += value;
        }
        return sum;
    }

    /// <returns>How many stars there are.</returns>
    internal static int CountStars()
    {
        Image image = Stars(companions: true);
        var mask = new PixelMask(Side, Side);
        var detector = new DetectorParameters(1, 5, 60000, 50000);
        BackgroundMap background = BackgroundMesh.Measure(image, mask, new BackgroundOptions { BoxSize = 32 });
        Source[] sources = SegmentFinder.Find(image, background, mask, image, 60000, new DetectionOptions());
        ImageCalibrator.Calibrate(
            image,
            CalibrationInputs.None,
            detector,
            new CalibrationOptions(),
            new CalibrationBuffers(image, mask, new Image(Side, Side))
        );
        return sources.Length;
    }

    private static Image Stack(Image raw, MasterOptions options, StackNoise noise, out Image uncertainty)
    {
        var result = new Image(Side, Side);
        uncertainty = new Image(Side, Side);
        ReadOnlyMemory<float>[] frames = [raw.Buffer, raw.Buffer, raw.Buffer, raw.Buffer, raw.Buffer];
        Stacking.Combine(
            frames,
            Side * Side,
            new StackTerms { Noise = noise },
            options.Stack(0),
            result.Pixels,
            uncertainty.Pixels,
            new ushort[Side * Side]
        );
        return result;
    }

    private static Image Noise(float level, float sigma, ulong seed)
    {
        var random = new SeededRandom(seed);
        var image = new Image(Side, Side);
        foreach (ref float value in image.Pixels)
        {
            value = level + (sigma * (float)random.Normal());
        }
        return image;
    }

    private static Image Stars(bool companions)
    {
        var image = new Image(Side, Side);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                // A star every 24 pixels, a companion beside every other one, and a ripple for noise.
                (double dx, double dy) = ((x % 24) - 12, (y % 24) - 12);
                bool hasCompanion = companions && x / 24 % 2 == 0;
                double companion = hasCompanion ? 600 * Math.Exp(-(((dx - 4) * (dx - 4)) + (dy * dy)) / 3) : 0;
                image[x, y] = (float)(1000 + ((x * 31 % 11) - (y * 17 % 7)) + companion + (2000 * Math.Exp(-((dx * dx) + (dy * dy)) / 3)));
            }
        }
        return image;
    }

    /// <summary>A file in memory.</summary>
    private sealed class MemoryTarget : IFitsTarget
    {
        private byte[] bytes = new byte[1 << 17];
        private int length;

        public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, length);

        public void WriteAt(long offset, ReadOnlySpan<byte> some)
        {
            int end = (int)offset + some.Length;
            if (end > bytes.Length)
            {
                Array.Resize(ref bytes, 2 * end);
            }
            some.CopyTo(bytes.AsSpan((int)offset));
        }

        public void Commit(long length) => this.length = (int)length;

        public void Dispose() { }
    }
}
