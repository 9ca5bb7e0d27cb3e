using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Simulation;

namespace Albireo.Tests.Calibration;

public sealed class DetectorNoiseTests
{
    [Theory]
    [InlineData(1.4, 7, 26000)]
    [InlineData(0.35, 3.2, 40000)]
    [InlineData(2.7, 15, 12000)]
    public void Gain_and_read_noise_of_simulated_detectors_within_one_percent(double gain, double readNoise, double level)
    {
        var plan = new NightPlan
        {
            Seed = 3,
            Width = 500,
            Height = 400,
            FlatLevelAdu = level,
            Detector = new DetectorModel { GainElectronsPerAdu = gain, ReadNoiseElectrons = readNoise },
        };
        var simulator = new NightSimulator(plan);
        Image[] frames = Frames(simulator);
        DetectorEstimate found = DetectorNoise.Measure(frames[0], frames[1], frames[2], frames[3]);
        Assert.Equal(1, found.GainElectronsPerAdu / gain, 0.01);
        Assert.Equal(1, found.ReadNoiseElectrons / readNoise, 0.01);
        Assert.InRange(found.GainError / gain, 0.001, 0.005);
        Assert.InRange(Math.Abs(found.GainElectronsPerAdu - gain), 0, 4 * found.GainError);
        Assert.InRange(Math.Abs(found.ReadNoiseElectrons - readNoise), 0, (4 * found.ReadNoiseError) + (0.02 * gain / readNoise));

        PixelRegion[] regions = [new(0, 250, 0, 200), new(250, 500, 0, 200), new(0, 250, 200, 400), new(250, 500, 200, 400)];
        DetectorEstimate over = DetectorNoise.Measure(frames[0], frames[1], frames[2], frames[3], regions);
        Assert.Equal(1, over.GainElectronsPerAdu / gain, 0.01);
        Assert.True(over.GainError < 2 * found.GainError);

        // Trap: the notebook's form takes two flats of different level as if they had one, and counts pixel pattern as photon noise.
        DetectorEstimate original = DetectorNoise.Measure(frames[0], frames[1], frames[2], frames[3], original: true);
        Assert.True(original.GainElectronsPerAdu < found.GainElectronsPerAdu);
    }

    [Fact]
    public void Dark_current_from_two_exposures_leaves_the_bias_out()
    {
        var detector = new DetectorModel
        {
            DarkElectronsPerSecond = 2,
            HotPixelFraction = 0.01,
            CosmicRaysPerSecond = 1,
        };
        var shorter = new NightSimulator(
            new NightPlan
            {
                Seed = 9,
                Width = 300,
                Height = 300,
                Detector = detector,
                DarkExposureSeconds = 30,
            }
        );
        var longer = new NightSimulator(shorter.Plan with { DarkExposureSeconds = 120 });
        Image thirty = Raw(shorter, (s, c) => s.Dark(0, c));
        Image twoMinutes = Raw(longer, (s, c) => s.Dark(1, c));
        DarkCurrentEstimate found = DetectorNoise.DarkCurrent(twoMinutes, 120, thirty, 30, detector.GainElectronsPerAdu);
        Assert.Equal(1, found.ElectronsPerSecond!.Value / 2, 0.01);
        Assert.InRange(Math.Abs(found.AduPerSecond - (2 / 1.4)), 0, 5 * found.Error);
        Assert.Throws<ArgumentException>(() => DetectorNoise.DarkCurrent(thirty, 30, twoMinutes, 30, null));
        // Trap of the McDonald notebook: the mean of D/t of both exposures is mostly bias.
        double wrong = ((FrameLevel.Of(twoMinutes, LevelMethod.Mean) / 120) + (FrameLevel.Of(thirty, LevelMethod.Mean) / 30)) / 2;
        Assert.True(wrong > 5 * found.AduPerSecond);
    }

    [Fact]
    public void Frames_that_cannot_tell_are_refused()
    {
        var flat = new Image(20, 20);
        flat.Pixels.Fill(1000);
        var bias = new Image(20, 20);
        Assert.Throws<ArgumentException>(() => DetectorNoise.Measure(bias, bias, flat, flat));
        Assert.Throws<ArgumentException>(() => DetectorNoise.Measure(flat, flat, bias, bias));
        Assert.Throws<ArgumentException>(() => DetectorNoise.Measure(bias, bias, flat, new Image(20, 21)));
        Assert.Throws<ArgumentException>(() => DetectorNoise.Measure(bias, bias, flat, flat, []));
        Image[] frames = Simulated(seed: 1, level: 20000, ratio: 1, pattern: 0);
        ArgumentException equal = Assert.Throws<ArgumentException>(() => DetectorNoise.Measure(frames[0], frames[0], frames[2], frames[3]));
        Assert.StartsWith("The two biases do not differ in any pixel", equal.Message, StringComparison.Ordinal);
    }

    /// <summary>The bias's own pattern stays in F₁ − r·F₂ as 1 − r of it: with half the light and 20 ADU of pattern a third of the gain.</summary>
    [Fact]
    public void Flats_of_other_levels_and_a_bias_with_a_pattern()
    {
        Image[] f = Simulated(seed: 5, level: 500, ratio: 0.5, pattern: 20);
        DetectorEstimate found = DetectorNoise.Measure(f[0], f[1], f[2], f[3]);
        Assert.Equal(1, found.GainElectronsPerAdu / 1.5, 0.01);
        Assert.Equal(1, found.ReadNoiseElectrons / 8, 0.01);
    }

    [Fact]
    public void Saturated_regions_of_flats_are_left_out()
    {
        Image[] f = Simulated(seed: 7, level: 20000, ratio: 1, pattern: 0);
        for (int y = 0; y < f[2].Height; y++)
        {
            for (int x = 0; x < 200; x++)
            {
                f[2].Row(y)[x] = Math.Min(f[2].Row(y)[x], 20550); // half of the pixels
            }
        }
        PixelRegion[] halves = [new(0, 200, 0, 400), new(200, 400, 0, 400)];
        DetectorEstimate right = DetectorNoise.Measure(f[0], f[1], f[2], f[3], halves[1]);
        DetectorEstimate found = DetectorNoise.Measure(f[0], f[1], f[2], f[3], halves);
        Assert.Equal((right.GainElectronsPerAdu, right.ReadNoiseElectrons), (found.GainElectronsPerAdu, found.ReadNoiseElectrons));
        Assert.Equal((0, 1), (right.SaturatedRegions, found.SaturatedRegions));
        Assert.Contains(
            "A flat is saturated",
            Assert.Throws<ArgumentException>(() => DetectorNoise.Measure(f[0], f[1], f[2], f[3], halves[0])).Message,
            StringComparison.Ordinal
        );
        // A low flat has few values, of which the largest is no ceiling.
        Image[] low = Simulated(seed: 8, level: 3, ratio: 1, pattern: 0);
        Assert.Equal(0, DetectorNoise.Measure(low[0], low[1], low[2], low[3], halves).SaturatedRegions);
    }

    /// <summary>Two biases and two flats of 400 × 400 pixels; gain 1.5 e-/ADU, read noise 8 e-, whole counts.</summary>
    private static Image[] Simulated(ulong seed, double level, double ratio, double pattern)
    {
        const int side = 400;
        var random = new SeededRandom(seed);
        double[] own = [.. Enumerable.Range(0, side * side).Select(_ => pattern * random.Normal())];
        Image Of(double light) =>
            new(
                side,
                side,
                [.. own.Select(p => (float)Math.Round(500 + p + light + (Math.Sqrt((light / 1.5) + (64 / 2.25)) * random.Normal())))]
            );
        return [Of(0), Of(0), Of(level), Of(ratio * level)];
    }

    private static Image[] Frames(NightSimulator simulator)
    {
        var work = new Image(simulator.Plan.Width, simulator.Plan.Height);
        return
        [
            Raw(simulator, (s, c) => s.Bias(0, c)),
            Raw(simulator, (s, c) => s.Bias(1, c)),
            Raw(simulator, (s, c) => s.Flat(0, c, work)),
            Raw(simulator, (s, c) => s.Flat(1, c, work)),
        ];
    }

    private static Image Raw(NightSimulator simulator, Action<NightSimulator, ushort[]> make)
    {
        var counts = new ushort[simulator.Plan.Width * simulator.Plan.Height];
        make(simulator, counts);
        return new Image(simulator.Plan.Width, simulator.Plan.Height, [.. counts.Select(c => (float)c)]);
    }
}
