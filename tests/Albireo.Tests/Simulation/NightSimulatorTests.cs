using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Simulation;

namespace Albireo.Tests.Simulation;

public sealed class NightSimulatorTests
{
    private static readonly NightPlan Plan = new()
    {
        Seed = 11,
        Width = 200,
        Height = 160,
        FieldStars = 20,
    };

    [Fact]
    public void Normal_deviates_have_the_moments_and_tails_of_the_normal_distribution()
    {
        var normal = new NormalSource(new SeededRandom(3));
        const int count = 2_000_000;
        var sums = new double[5];
        int beyond3 = 0;
        int beyond4 = 0;
        for (int i = 0; i < count; i++)
        {
            double z = normal.Next();
            double power = 1;
            for (int k = 1; k <= 4; k++)
            {
                power *= z;
                sums[k] += power / count;
            }
            beyond3 += Math.Abs(z) > 3 ? 1 : 0;
            beyond4 += Math.Abs(z) > 4 ? 1 : 0;
        }
        Assert.Equal(0, sums[1], 0.003);
        Assert.Equal(1, sums[2], 0.005);
        Assert.Equal(0, sums[3], 0.01);
        Assert.Equal(3, sums[4], 0.04);
        Assert.Equal(1, beyond3 / (0.0026998 * count), 0.06);
        Assert.Equal(1, beyond4 / (6.3342e-5 * count), 0.3);
    }

    [Fact]
    public void A_frame_depends_on_its_number_only()
    {
        var one = new NightSimulator(Plan);
        var two = new NightSimulator(Plan);
        var a = new ushort[200 * 160];
        var b = new ushort[200 * 160];
        var work = new Image(200, 160);
        one.Light(0, a, work);
        one.Light(4, a, work);
        two.Light(4, b, work);
        Assert.Equal(a, b);
        one.Light(5, a, work);
        Assert.NotEqual(a, b);
    }

    [Fact]
    public void Mirrored_and_rotated_frames_place_stars_as_said()
    {
        SkyScene scene = new NightSimulator(Plan).Scene;
        var conditions = new FrameConditions
        {
            ExposureSeconds = 1,
            Psf = new PointSpread(),
            RotationDegrees = 90,
            Mirrored = true,
            ShiftX = 2,
            ShiftY = -1,
        };
        // 10 right of the centre → mirrored 10 left → turned by 90° from x towards y: 10 up (smaller y) → shifted.
        PixelPosition placed = scene.Place(new PixelPosition(99.5 + 10, 79.5 + 4), conditions);
        Assert.Equal(99.5 - 4 + 2, placed.X, 1e-12);
        Assert.Equal(79.5 - 10 - 1, placed.Y, 1e-12);
    }

    [Fact]
    public void Masters_and_calibrated_frames_are_within_their_noise_of_the_truth()
    {
        NightPlan plan = Plan with
        {
            FlatExposureSeconds = 5,
            Detector = new DetectorModel { CosmicRaysPerSecond = 2 },
        };
        var simulator = new NightSimulator(plan);
        int width = plan.Width;
        int height = plan.Height;
        var work = new Image(width, height);
        var counts = new ushort[width * height];
        double gain = plan.Detector.GainElectronsPerAdu;
        double readNoise = plan.Detector.ReadNoiseElectrons;

        (Image bias, Image biasSigma) = Stack(
            [.. Enumerable.Range(0, 15).Select(i => Raw(() => simulator.Bias(i, counts)))],
            new StackTerms { Noise = new StackNoise(gain, readNoise, 1e9) }
        );
        Within(bias, simulator.Detector.Bias, biasSigma, "bias", 1.03);

        Image[] darks = [.. Enumerable.Range(0, 15).Select(i => Less(Raw(() => simulator.Dark(i, counts)), bias))];
        (Image dark, Image darkSigma) = Stack(darks, new StackTerms { Noise = new StackNoise(gain, readNoise, 0) });
        AddInQuadrature(darkSigma, biasSigma);
        Within(dark, simulator.Detector.Dark(simulator.DarkExposureSeconds), darkSigma, "dark", 1.06);

        Image[] flats =
        [
            .. Enumerable
                .Range(0, 15)
                .Select(i =>
                {
                    double exposure = 0;
                    Image flat = Less(Raw(() => exposure = simulator.Flat(i, counts, work).ExposureSeconds), bias);
                    Image thermal = simulator.Detector.Dark(exposure);
                    return Less(flat, thermal);
                }),
        ];
        double[] levels = [.. flats.Select(f => FrameLevel.Of(f, LevelMethod.Median))];
        (Image flat, Image flatSigma) = Stack(
            flats,
            new StackTerms { Scales = MasterFlat.Scales(levels, levels[0]), Noise = new StackNoise(gain, readNoise, 0) }
        );
        MasterFlat.Normalise(flat, flatSigma);
        Within(flat, simulator.Detector.Flat, flatSigma, "flat", 1.05);

        var detector = new DetectorParameters(gain, readNoise, 65535);
        var inputs = new CalibrationInputs
        {
            Bias = bias,
            Dark = dark,
            Flat = flat,
            BiasUncertainty = biasSigma,
            DarkUncertainty = darkSigma,
            FlatUncertainty = flatSigma,
        };
        FrameTruth? truth = null;
        Image raw = Raw(() => truth = simulator.Light(0, counts, work));
        CalibratedImage clean = ImageCalibrator.Calibrate(raw, inputs, detector, new CalibrationOptions());
        foreach (int hit in truth!.CosmicRayPixels)
        {
            clean.Pixels.Pixels[hit] = work.Pixels[hit];
        }
        Within(clean.Pixels, work, clean.Uncertainty!, "calibrated light", 1.03);

        Image Raw(Action make)
        {
            make();
            var image = new Image(width, height);
            for (int i = 0; i < counts.Length; i++)
            {
                image.Pixels[i] = counts[i];
            }
            return image;
        }
    }

    private static (Image Master, Image Sigma) Stack(Image[] frames, StackTerms terms)
    {
        var master = new Image(frames[0].Width, frames[0].Height);
        var sigma = new Image(frames[0].Width, frames[0].Height);
        Stacking.Combine(
            [.. frames.Select(f => (ReadOnlyMemory<float>)f.Buffer)],
            master.Pixels.Length,
            terms,
            new StackOptions(),
            master.Pixels,
            sigma.Pixels,
            []
        );
        return (master, sigma);
    }

    private static Image Less(Image image, Image taken)
    {
        System.Numerics.Tensors.TensorPrimitives.Subtract(image.Pixels, taken.Pixels, image.Pixels);
        return image;
    }

    private static void AddInQuadrature(Image sigma, Image other)
    {
        for (int i = 0; i < sigma.Pixels.Length; i++)
        {
            sigma.Pixels[i] = MathF.Sqrt((sigma.Pixels[i] * sigma.Pixels[i]) + (other.Pixels[i] * other.Pixels[i]));
        }
    }

    /// <summary>Pulls of width 1, clipped at 6 σ only so that the few pixels with heavy tails do not decide.</summary>
    private static void Within(Image found, Image truth, Image sigma, string what, double widest)
    {
        double squares = 0;
        double mean = 0;
        int count = 0;
        for (int i = 0; i < found.Pixels.Length; i++)
        {
            double pull = (found.Pixels[i] - truth.Pixels[i]) / sigma.Pixels[i];
            if (Math.Abs(pull) < 6)
            {
                mean += pull;
                squares += pull * pull;
                count++;
            }
        }
        mean /= count;
        double width = Math.Sqrt(squares / count);
        Assert.True(count > 0.998 * found.Pixels.Length, $"seed 11, {what}: {found.Pixels.Length - count} pixels beyond 6 sigma");
        Assert.True(Math.Abs(mean) < 0.05, $"seed 11, {what}: mean pull {mean:F4}");
        Assert.True(width > 0.96 && width < widest, $"seed 11, {what}: width of the pulls {width:F4}");
    }
}
