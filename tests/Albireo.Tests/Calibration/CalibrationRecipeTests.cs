using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Calibration;

/// <summary>The arithmetic of five systems, as numpy has it and with the means that recipes set.</summary>
public sealed class CalibrationRecipeTests
{
    private const int Width = 10;
    private const int Height = 8;
    private static readonly StackOptions Median = new() { Method = StackMethod.Median };
    private static readonly ClipOptions LulinPicture = new()
    {
        SigmaLow = 2.5,
        SigmaHigh = 2.5,
        MaxIterations = 10,
    };
    private static readonly StackOptions LulinStack = new()
    {
        SigmaLow = 2.5,
        SigmaHigh = 2.5,
        Iterations = 10,
        Spread = StackSpread.StandardDeviation,
    };
    private readonly ReferenceRow[] rows = [.. Reference.Rows("calibration_recipes.csv")];

    [Fact]
    public void Schmidt()
    {
        Image bias = Stack(Frames("bias"), Median);
        Equal("schmidt", "bias", bias);
        var window = new PixelRegion(3, 7, 2, 6);
        Image[] flats = [.. Frames("flat").Take(4).Select(f => Clean(f, new CalibrationInputs { Bias = bias }))];
        double[] levels = [.. flats.Select(f => FrameLevel.Of(f, LevelMethod.Median, window))];
        Image flat = Stack(flats, Median, new StackTerms { Scales = MasterFlat.Scales(levels, 1) });
        Equal("schmidt", "flat", flat);
        var part = new PixelRegion(2, 8, 1, 7);
        Image light = Clean(
            ImageGeometry.Cut(Frames("light")[0], part),
            new CalibrationInputs { Bias = ImageGeometry.Cut(bias, part), Flat = ImageGeometry.Cut(flat, part) }
        );
        ImageGeometry.FlipUpDown(light);
        Equal("schmidt", "light", light);

        Image[] b = Frames("bias");
        Image[] f = Frames("flat");
        DetectorEstimate found = DetectorNoise.Measure(b[0], b[1], f[0], f[1], original: true);
        double[] gain = Values("schmidt", "gain", 0);
        Assert.Equal(1, found.GainElectronsPerAdu / gain[0], 1e-6);
        Assert.Equal(1, found.ReadNoiseElectrons / gain[1], 1e-6);
    }

    [Fact]
    public void Prose()
    {
        Image bias = Stack(Frames("bias"), Median);
        (Image[] Darks, double Seconds)[] sets = [(Frames("dark10"), 10), (Frames("dark3"), 3)];
        Image[] darks = [.. sets.SelectMany(s => s.Darks).Select(d => Clean(d, new CalibrationInputs { Bias = bias }))];
        double[] perSecond = [.. sets.SelectMany(s => s.Darks.Select(_ => 1 / s.Seconds))];
        Image dark = Stack(darks, Median, new StackTerms { Scales = perSecond });
        Equal("prose", "dark", dark);
        var taken = new CalibrationInputs { Bias = bias, Dark = dark };
        Image[] flats = [.. Frames("flat").Take(4).Select(f => Clean(f, taken with { DarkScale = 3 }))];
        double[] means = [.. flats.Select(f => FrameLevel.Of(f, LevelMethod.Mean))];
        Image flat = Stack(flats, Median, new StackTerms { Scales = MasterFlat.Scales(means, 1) });
        Equal("prose", "flat", flat);
        for (int i = 0; i < 2; i++)
        {
            Image light = Clean(Frames("light")[i], taken with { DarkScale = 10, Flat = flat });
            Equal("prose", "light", light, i);
            // Trap: what came out negative was made NaN, then -1; the default keeps it (see ImageCalibratorTests).
            double[] spoilt = Values("prose", "light-compat", i);
            for (int p = 0; p < spoilt.Length; p++)
            {
                Assert.Equal(light.Pixels[p] < 0, spoilt[p] == -1);
            }
        }
    }

    [Fact]
    public void Mcdonald_in_double_precision_with_exact_modes()
    {
        double[] dark10 = StackDouble([.. Frames("dark10").Select(Wide)]);
        double[] dark3 = StackDouble([.. Frames("dark3").Select(Wide)]);
        double[][] flats =
        [
            .. Frames("flat")
                .Take(4)
                .Select(f =>
                {
                    double[] clean = [.. Wide(f).Zip(dark3, (v, d) => v - d)];
                    double mode = Modes.Exact<double>([.. clean.Order()]);
                    return clean.Select(v => v / mode).ToArray();
                }),
        ];
        double[] flat = StackDouble(flats);
        double master = Modes.Exact<double>([.. flat.Order()]);
        double[] expected = Values("mcdonald", "flat", 0);
        double[] light = Wide(Frames("light")[0]);
        double[] clean = Values("mcdonald", "light", 0);
        Assert.Equal(Values("mcdonald", "dark10", 0), dark10);
        for (int p = 0; p < flat.Length; p++)
        {
            Assert.Equal(expected[p], flat[p] / master, 1e-14);
            Assert.Equal(clean[p], (light[p] - dark10[p]) / (flat[p] / master), 1e-10);
        }

        // Trap: after a division the exact mode is any value that happens to come twice, or the smallest of all.
        float[] narrow = [.. flat.Select(v => (float)v)];
        double robust = FrameLevel.Of(narrow.AsSpan(), LevelMethod.HalfSampleMode);
        double middle = FrameLevel.Of(narrow.AsSpan(), LevelMethod.Median);
        Assert.True(
            Math.Abs(robust - middle) <= Math.Abs(master - middle) + 1e-6,
            $"mode {master}, half-sample mode {robust}, median {middle}"
        );
    }

    [Fact]
    public void Photlib()
    {
        Image bias = Stack(Frames("bias"), Median);
        Image dark = Stack([.. Frames("dark10").Select(d => Clean(d, new CalibrationInputs { Bias = bias }))], Median);
        Equal("photlib", "dark", dark);
        Image[] flats = [.. Frames("flat").Take(4).Select(f => Clean(f, new CalibrationInputs { Bias = bias }))];
        double[] levels = [.. flats.Select(f => FrameLevel.Of(f, LevelMethod.Median))];
        Image flat = Stack(flats, Median, new StackTerms { Scales = MasterFlat.Scales(levels, 1) });
        Equal("photlib", "flat", flat);
        var inputs = new CalibrationInputs
        {
            Bias = bias,
            Dark = dark,
            DarkScale = 25.0 / 10,
            Flat = flat,
        };
        Equal("photlib", "light", Clean(Frames("light25")[0], inputs));
    }

    [Fact]
    public void Lulin()
    {
        Image dark10 = LulinDark(Frames("dark10"));
        Image dark3 = LulinDark(Frames("dark3"));
        Equal("lulin", "dark10", dark10);
        Equal("lulin", "dark3", dark3);
        Image[] all = [.. Frames("flat").Select(f => Clean(f, new CalibrationInputs { Dark = dark3, DarkIncludesBias = true }))];
        Image[] accepted = [.. all.Where(f => FrameLevel.Of(f, LevelMethod.Median) <= 38000)];
        double[] medians = [.. accepted.Select(f => FrameLevel.Of(f, LevelMethod.Median))];
        Assert.Equal(4, accepted.Length);
        Assert.All(Values("lulin", "medians", 0).Zip(medians), pair => Assert.Equal(1, pair.First / pair.Second, 1e-6));
        var terms = new StackTerms { Scales = MasterFlat.Scales(medians, medians[0]), Weights = medians };
        Image flat = Stack(accepted, LulinStack, terms);
        MasterFlat.Normalise(flat, null, LevelMethod.Mean);
        FrameClip.FillHoles(flat, 1);
        Equal("lulin", "flat", flat);
        var inputs = new CalibrationInputs
        {
            Dark = dark10,
            DarkIncludesBias = true,
            Flat = flat,
        };
        Equal("lulin", "light", Clean(Frames("light")[0], inputs));
    }

    [Fact]
    public void A_hot_pixel_survives_in_the_master_dark_unless_frames_are_clipped_over_the_picture()
    {
        // Trap of lulin: the pixel at (3, 2) makes 40 ADU a second; clipping over the picture takes it for an outlier in every frame.
        Image wrong = LulinDark(Frames("dark10"));
        Image right = Stack(Frames("dark10"), new StackOptions());
        double expected = 300 + (3 * 0.5) + 400;
        Assert.InRange(right[3, 2], expected - 40, expected + 40);
        Assert.InRange(wrong[3, 2], 290, 340);
        // The cosmic ray in one dark at (5, 5) is gone all the same.
        Assert.InRange(right[5, 5], 295, 315);
    }

    private static Image LulinDark(Image[] frames)
    {
        foreach (Image frame in frames)
        {
            FrameClip.Apply(frame, LulinPicture);
        }
        Image dark = Stack(frames, LulinStack);
        FrameClip.FillHoles(dark, double.NaN);
        return dark;
    }

    private static Image Clean(Image raw, CalibrationInputs inputs) =>
        ImageCalibrator.Calibrate(raw, inputs, DetectorParameters.Unknown, new CalibrationOptions()).Pixels;

    private static Image Stack(Image[] frames, StackOptions options, StackTerms? terms = null)
    {
        var result = new Image(frames[0].Width, frames[0].Height);
        Stacking.Combine(
            [.. frames.Select(f => (ReadOnlyMemory<float>)f.Buffer)],
            result.Pixels.Length,
            terms ?? StackTerms.None,
            options,
            result.Pixels,
            [],
            []
        );
        return result;
    }

    private static double[] StackDouble(double[][] frames)
    {
        var result = new double[frames[0].Length];
        Stacking.Combine<double>(
            [.. frames.Select(f => (ReadOnlyMemory<double>)f)],
            result.Length,
            StackTerms.None,
            Median,
            result,
            [],
            []
        );
        return result;
    }

    private static double[] Wide(Image image) => [.. image.Pixels.ToArray().Select(v => (double)v)];

    private Image[] Frames(string name) =>
        [
            .. rows.Where(r => r.Text("recipe") == "input" && r.Text("name") == name)
                .Select(r => new Image(Width, Height, [.. r.Text("values").Split(';').Select(float.Parse)])),
        ];

    private double[] Values(string recipe, string name, int index) =>
        [
            .. rows.Single(r => r.Text("recipe") == recipe && r.Text("name") == name && r["index"] == index)
                .Text("values")
                .Split(';')
                .Select(double.Parse),
        ];

    /// <summary>To 1e-6 of the value or of the noise, whichever is larger.</summary>
    private void Equal(string recipe, string name, Image found, int index = 0)
    {
        double[] expected = Values(recipe, name, index);
        Assert.Equal(expected.Length, found.Pixels.Length);
        double noise =
            name == "flat" ? 0
            : recipe == "prose" && name == "dark" ? 1
            : 3;
        for (int p = 0; p < expected.Length; p++)
        {
            double tolerance = 1e-6 * Math.Max(Math.Abs(expected[p]), noise);
            // Subtracting levels of 300 in single precision costs up to 2⁻²⁴ of them.
            tolerance += name is "light" or "dark" ? 3e-5 : 0;
            Assert.True(
                Math.Abs(found.Pixels[p] - expected[p]) <= tolerance,
                $"{recipe} {name} {index}, pixel {p}: {found.Pixels[p]}, numpy {expected[p]}"
            );
        }
    }
}
