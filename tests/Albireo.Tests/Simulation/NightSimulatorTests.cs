using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Simulation;
using Albireo.Science.Time;

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
    public void Air_varies_for_all_stars_alike_and_stars_for_themselves()
    {
        NightPlan plan = Plan with { LightFrames = 400, CadenceSeconds = 60, AtmosphericVariation = 0.06, StellarVariation = 0.02 };
        var simulator = new NightSimulator(plan);
        FrameTruth[] night = [.. Enumerable.Range(0, 120).Select(simulator.Describe)];
        double[] air = [.. night.Select(f => f.Conditions!.Transparency)];
        Assert.InRange(Deviation(air), 0.01, 0.15);
        Assert.All(night, f => Assert.Equal(1, f.StarFactors[0]));
        double[] scatter =
        [
            .. Enumerable.Range(1, simulator.Scene.Stars.Count - 1).Select(s => Deviation([.. night.Select(f => f.StarFactors[s])])),
        ];
        Assert.InRange(scatter.Max(), 0.008, 0.06);
        Assert.True(scatter.Min() < scatter.Max() / 4);
        Assert.NotEqual(night[5].StarFactors[1], night[5].StarFactors[2]);

        static double Deviation(double[] values) => Math.Sqrt(values.Average(v => v * v) - Math.Pow(values.Average(), 2));
    }

    [Fact]
    public void A_moving_object_moves_against_the_stars()
    {
        var mover = new SimulatedStar("moving-1", new PixelPosition(20, 30), 12) { MotionXPerHour = 40, MotionYPerHour = -5 };
        NightPlan plan = Plan with { MovingObjects = [mover], CadenceSeconds = 1800, JitterPixels = 0, FlipAtFrame = 3 };
        var simulator = new NightSimulator(plan);
        FrameTruth third = simulator.Describe(2);
        int last = simulator.Scene.Stars.Count - 1;
        PixelPosition star = simulator.Scene.Stars[0].Position;
        Assert.Equal(40, third.StarPositions[last].X - 20 - (third.StarPositions[0].X - star.X), 1e-9);
        Assert.Equal(-5, third.StarPositions[last].Y - 30 - (third.StarPositions[0].Y - star.Y), 1e-9);
        var counts = new ushort[200 * 160];
        var expected = new Image(200, 160);
        FrameTruth truth = simulator.Light(2, counts, expected);
        PixelPosition there = truth.StarPositions[last];
        Assert.True(expected[(int)Math.Round(there.X), (int)Math.Round(there.Y)] > 1.5 * FrameLevel.Of(expected, LevelMethod.Median));
    }

    [Fact]
    public void Prose_observation_has_its_peaks_sky_and_clear_surroundings()
    {
        JulianDate[] middles = [.. Enumerable.Range(0, 5).Select(i => new JulianDate(2459000.5, 0.3 + (0.002 * i), TimeScale.Utc))];
        var simulator = new NightSimulator(ProseObservation.Plan(middles, 4));
        Assert.Equal(middles[3].Value, simulator.Describe(3).Middle.Value, 1e-9);
        var counts = new ushort[600 * 600];
        var expected = new Image(600, 600);
        FrameTruth truth = simulator.Light(1, counts, expected);
        Assert.Equal(300, FrameLevel.Of(expected, LevelMethod.Median), 1.0);
        PixelPosition target = truth.StarPositions[0];
        double peak = expected[(int)Math.Round(target.X), (int)Math.Round(target.Y)] - 300;
        Assert.InRange(peak / truth.Conditions!.Transparency, 44000, 55016); // the brightest star, less what a pixel averages away
        Assert.All(simulator.Scene.Stars.Skip(1), s => Assert.True(double.Hypot(s.Position.X - 299.5, s.Position.Y - 299.5) > 50));
        Assert.InRange(simulator.Scene.Stars.Count, 5, 120);
        Assert.All(simulator.Scene.Stars.Skip(1), s => Assert.True(s.Magnitude > simulator.Scene.Stars[0].Magnitude));
        Assert.InRange(Math.Abs(truth.Conditions.ShiftX), 0, 3);
    }

    [Theory]
    [InlineData(0.7071067811865476)]
    [InlineData(6)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Oscillator_noise_has_the_covariance_it_says(double quality)
    {
        var noise = new OscillatorNoise
        {
            Sigma = 0.3,
            Period = 2,
            Quality = quality,
        };
        double[] times = [0, 0.1, 0.3, 0.35, 1, 2.2];
        const int draws = 40000;
        var random = new SeededRandom(77);
        var products = new double[times.Length * times.Length];
        for (int n = 0; n < draws; n++)
        {
            double[] values = noise.Draw(times, random);
            for (int i = 0; i < times.Length; i++)
            {
                for (int j = 0; j < times.Length; j++)
                {
                    products[(i * times.Length) + j] += values[i] * values[j] / draws;
                }
            }
        }
        for (int i = 0; i < times.Length; i++)
        {
            for (int j = 0; j < times.Length; j++)
            {
                double expected = noise.Covariance(times[i] - times[j]);
                Assert.True(
                    Math.Abs(products[(i * times.Length) + j] - expected) < 0.0025,
                    $"seed 77, Q {quality}, lag {times[i] - times[j]:F2}: {products[(i * times.Length) + j]:F4}, expected {expected:F4}"
                );
            }
        }
        Assert.Equal(0.09, noise.Covariance(0), 1e-12);
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
