using System.Numerics.Tensors;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Science.Simulation;

/// <summary>
/// Makes the frames of a <see cref="NightPlan"/> one by one, each with its truth. A frame depends on the plan and its own number only,
/// so that frames can be made in any order and on several threads.
/// </summary>
public sealed class NightSimulator
{
    private readonly Func<double, double> targetFlux;
    private readonly double[]? atmosphere;
    private readonly double[][]? stellar;

    /// <summary>Prepares field and camera.</summary>
    /// <param name="plan">The night.</param>
    /// <param name="targetFlux">Brightness of the target against its magnitude at a Julian date (UTC); 1 always where null.</param>
    public NightSimulator(NightPlan plan, Func<double, double>? targetFlux = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        this.targetFlux = targetFlux ?? (_ => 1);
        Detector = new SimulatedDetector(plan.Detector, plan.Width, plan.Height, plan.Seed);
        Scene = new SkyScene
        {
            Width = plan.Width,
            Height = plan.Height,
            Stars = [.. plan.Stars ?? StarField.Of(plan), .. plan.MovingObjects],
            ZeroPointMagnitude = plan.ZeroPointMagnitude,
            ExtinctionMagnitudes = plan.ExtinctionMagnitudes,
            ColourExtinctionMagnitudes = plan.ColourExtinctionMagnitudes,
            SkyElectronsPerSecond = plan.SkyElectronsPerSecond,
        };
        if (plan.LightStarts is { } starts)
        {
            Require.SameLength(plan.LightFrames, starts.Count, nameof(plan.LightStarts));
        }
        double[] hours = [.. Enumerable.Range(0, plan.LightFrames).Select(HoursAt)];
        if (plan.AtmosphericVariation > 0)
        {
            var air = new OscillatorNoise { Sigma = plan.AtmosphericVariation, Period = plan.AtmosphericPeriodHours };
            atmosphere = air.Draw(hours, SeededRandom.Child(plan.Seed, 0xA1A));
        }
        if (plan.StellarVariation > 0)
        {
            stellar = [.. Scene.Stars.Select((_, i) => Variation(i, hours))];
        }
    }

    /// <summary>What was asked for.</summary>
    public NightPlan Plan { get; }

    /// <summary>The stars; target, comparisons and check come first.</summary>
    public SkyScene Scene { get; }

    /// <summary>The camera with its true bias, dark current and flat.</summary>
    public SimulatedDetector Detector { get; }

    /// <summary>Exposure of the darks.</summary>
    public double DarkExposureSeconds => Plan.DarkExposureSeconds ?? Plan.ExposureSeconds;

    /// <summary>Makes a bias frame.</summary>
    /// <param name="index">0 … <see cref="NightPlan.BiasFrames"/> − 1.</param>
    /// <param name="counts">ADU, row-major [height, width].</param>
    public FrameTruth Bias(int index, Span<ushort> counts) => Closed(SimulatedFrameKind.Bias, index, 0, -7200 + (20 * index), counts);

    /// <summary>Makes a dark frame.</summary>
    /// <param name="index">0 … <see cref="NightPlan.DarkFrames"/> − 1.</param>
    /// <param name="counts">ADU, row-major [height, width].</param>
    public FrameTruth Dark(int index, Span<ushort> counts) =>
        Closed(SimulatedFrameKind.Dark, index, DarkExposureSeconds, -6600 + ((DarkExposureSeconds + 10) * index), counts);

    /// <summary>Makes a flat frame.</summary>
    /// <param name="index">0 … <see cref="NightPlan.FlatFrames"/> − 1.</param>
    /// <param name="counts">ADU, row-major [height, width].</param>
    /// <param name="work">A picture of the frame's size that is overwritten.</param>
    public FrameTruth Flat(int index, Span<ushort> counts, Image work)
    {
        ArgumentNullException.ThrowIfNull(work);
        SeededRandom random = Noise(SimulatedFrameKind.Flat, index);
        double exposure = Math.Round(Plan.FlatExposureSeconds * (1 + (0.03 * index)), 2);
        double level = Plan.FlatLevelAdu * (index == 0 ? 1 : 1 + (0.1 * ((2 * random.Uniform()) - 1)));
        work.Pixels.Fill((float)(level * Plan.Detector.GainElectronsPerAdu));
        return new FrameTruth
        {
            Kind = SimulatedFrameKind.Flat,
            Index = index,
            Start = First.AddSeconds(-9000 + (15 * index)),
            ExposureSeconds = exposure,
            CosmicRayPixels = Detector.Expose(work, exposure, random, counts),
        };
    }

    /// <summary>Makes a light frame.</summary>
    /// <param name="index">0 … <see cref="NightPlan.LightFrames"/> − 1.</param>
    /// <param name="counts">ADU, row-major [height, width].</param>
    /// <param name="expected">Overwritten with what the calibrated frame would be without noise but scintillation, ADU (sky included).</param>
    public FrameTruth Light(int index, Span<ushort> counts, Image expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        FrameTruth truth = Describe(index);
        double[] factors = [.. truth.StarFactors.Zip(truth.Scintillation, (factor, twinkle) => factor * twinkle)];
        Scene.Paint(truth.Conditions!, factors, expected);
        IReadOnlyList<int> hits = Detector.Expose(expected, truth.ExposureSeconds, Noise(SimulatedFrameKind.Light, index), counts);
        TensorPrimitives.Divide(expected.Pixels, (float)Plan.Detector.GainElectronsPerAdu, expected.Pixels);
        return truth with { CosmicRayPixels = hits };
    }

    /// <summary>The truth of a light without making it (its cosmic rays stay unknown).</summary>
    public FrameTruth Describe(int index)
    {
        JulianDate start = StartOf(index);
        FrameConditions conditions = Conditions(index, start.AddSeconds(Plan.ExposureSeconds / 2));
        double[] factors = [.. Scene.Stars.Select((_, star) => Factor(star, index, start))];
        return new FrameTruth
        {
            Kind = SimulatedFrameKind.Light,
            Index = index,
            Start = start,
            ExposureSeconds = Plan.ExposureSeconds,
            Conditions = conditions,
            StarPositions = [.. Scene.Stars.Select(s => Scene.Place(s.After(conditions.Hours), conditions))],
            StarFactors = factors,
            Scintillation = Scintillation(index, conditions.Airmass),
            StarElectrons = [.. Scene.Stars.Select((s, i) => factors[i] * Scene.Electrons(s, conditions))],
        };
    }

    private JulianDate First => Plan.LightStarts is { Count: > 0 } starts ? starts[0] : Plan.Start;

    private JulianDate StartOf(int index) => Plan.LightStarts?[index] ?? Plan.Start.AddSeconds(Plan.CadenceSeconds * index);

    private double HoursAt(int index) => 24 * StartOf(index).DaysSince(First);

    private double[] Variation(int star, double[] hours)
    {
        var random = SeededRandom.Child(Plan.Seed, 0x57E1_0000UL + (ulong)star);
        var own = new OscillatorNoise
        {
            Sigma = Plan.StellarVariation * random.Uniform(),
            Period = Plan.StellarPeriodHours * Math.Pow(2, random.Uniform(-1, 1)),
            Quality = 3,
        };
        return own.Draw(hours, random);
    }

    /// <summary>The target's light curve averaged over the exposure (three Gauss–Legendre points); other stars as their own variability says.</summary>
    private double Factor(int star, int index, JulianDate start)
    {
        if (star != 0)
        {
            return Math.Max(0, 1 + (stellar?[star][index] ?? 0));
        }
        double middle = start.AddSeconds(Plan.ExposureSeconds / 2).Value;
        double step = Math.Sqrt(0.6) * Plan.ExposureSeconds / 2 / JulianDate.SecondsPerDay;
        return ((5 * targetFlux(middle - step)) + (8 * targetFlux(middle)) + (5 * targetFlux(middle + step))) / 18;
    }

    private FrameConditions Conditions(int index, JulianDate middle)
    {
        var random = SeededRandom.Child(Plan.Seed, 0xC0D1_0000_0000UL + (ulong)index);
        double hours = HoursAt(index);
        double airmass = Airmass.Of(middle, Plan.Target, Plan.Site);
        if (double.IsNaN(airmass))
        {
            throw new InvalidOperationException($"The target is below the horizon at light {index}, JD {middle.Value:F4}.");
        }
        double swell = Plan.SeeingScatter * ((2 * Math.Sin(1.3 * hours)) + random.Normal());
        bool turned = index >= Plan.FlipAtFrame;
        return new FrameConditions
        {
            ExposureSeconds = Plan.ExposureSeconds,
            Psf = Plan.Psf with { FwhmPixels = Plan.Psf.FwhmPixels * Math.Max(0.5, 1 + swell) * Math.Pow(airmass, 0.6) },
            ShiftX = (Plan.DriftXPerHour * hours) + (index == 0 ? 0 : Jitter(random)) + (turned ? 6.3 : 0),
            ShiftY = (Plan.DriftYPerHour * hours) + (index == 0 ? 0 : Jitter(random)) + (turned ? -4.6 : 0),
            RotationDegrees = turned ? Plan.FlipRotationDegrees : 0,
            Mirrored = turned && Plan.FlipMirrors,
            Hours = hours,
            Airmass = airmass,
            Transparency = Transparency(hours) * Math.Max(0, 1 + (atmosphere?[index] ?? 0)),
            SkyFactor = 1 + (0.25 * (airmass - 1)),
        };
    }

    private double[] Scintillation(int index, double airmass)
    {
        double sigma =
            Plan.TelescopeDiameterMetres is { } diameter && Plan.ExposureSeconds > 0
                ? Photometry.Scintillation.Young(diameter, airmass, Plan.ExposureSeconds, Plan.Site.HeightMetres)
                : 0;
        var random = SeededRandom.Child(Plan.Seed, 0x5C1A_0000_0000UL + (ulong)index);
        return [.. Scene.Stars.Select(_ => Math.Max(0, 1 + (sigma * random.Normal())))];
    }

    private double Jitter(SeededRandom random) =>
        (Plan.JitterPixels * random.Normal())
        + (Plan.JitterRangePixels > 0 ? random.Uniform(-Plan.JitterRangePixels, Plan.JitterRangePixels) : 0);

    /// <summary>Clouds that come and go: the deepest of three slow waves.</summary>
    private double Transparency(double hours)
    {
        if (Plan.CloudDepth == 0)
        {
            return 1;
        }
        var random = SeededRandom.Child(Plan.Seed, 0xC10D);
        double cloud = 0;
        for (int i = 0; i < 3; i++)
        {
            double wave = Math.Sin((2 * Math.PI * hours * random.Uniform(0.3, 1.5)) + random.Uniform(0, 2 * Math.PI));
            cloud = Math.Max(cloud, wave);
        }
        return 1 - (Plan.CloudDepth * cloud * cloud);
    }

    private FrameTruth Closed(SimulatedFrameKind kind, int index, double exposure, double startSeconds, Span<ushort> counts) =>
        new()
        {
            Kind = kind,
            Index = index,
            Start = First.AddSeconds(startSeconds),
            ExposureSeconds = exposure,
            CosmicRayPixels = Detector.Expose(null, exposure, Noise(kind, index), counts),
        };

    private SeededRandom Noise(SimulatedFrameKind kind, int index) =>
        SeededRandom.Child(Plan.Seed, (((ulong)kind + 1) << 32) + (ulong)index);
}
