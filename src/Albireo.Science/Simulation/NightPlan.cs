using Albireo.Science.Numerics;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Science.Simulation;

/// <summary>A night to be simulated. The same plan gives the same bits.</summary>
public sealed record NightPlan
{
    /// <summary>Everything random comes from this.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Pixels in a row.</summary>
    public int Width
    {
        get;
        init => field = Require.Positive(value);
    } = 640;

    /// <summary>Rows.</summary>
    public int Height
    {
        get;
        init => field = Require.Positive(value);
    } = 480;

    /// <summary>Number of bias frames.</summary>
    public int BiasFrames
    {
        get;
        init => field = Require.NotNegative(value);
    } = 9;

    /// <summary>Number of dark frames.</summary>
    public int DarkFrames
    {
        get;
        init => field = Require.NotNegative(value);
    } = 9;

    /// <summary>Exposure of the darks, or null for that of the lights.</summary>
    public double? DarkExposureSeconds
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Number of flat frames.</summary>
    public int FlatFrames
    {
        get;
        init => field = Require.NotNegative(value);
    } = 9;

    /// <summary>Exposure of the first flat; the others differ a little, as in twilight.</summary>
    public double FlatExposureSeconds
    {
        get;
        init => field = Require.Positive(value);
    } = 4;

    /// <summary>Counts in the middle of the first flat, bias not included; the others scatter by a tenth.</summary>
    public double FlatLevelAdu
    {
        get;
        init => field = Require.Positive(value);
    } = 26000;

    /// <summary>Number of lights.</summary>
    public int LightFrames
    {
        get;
        init => field = Require.NotNegative(value);
    } = 75;

    /// <summary>Exposure of the lights.</summary>
    public double ExposureSeconds
    {
        get;
        init => field = Require.Positive(value);
    } = 60;

    /// <summary>From the start of one light to the start of the next.</summary>
    public double CadenceSeconds
    {
        get;
        init => field = Require.Positive(value);
    } = 180;

    /// <summary>Start of the first light, UTC.</summary>
    public JulianDate Start { get; init; } = new(2459000.5, 0.125, TimeScale.Utc);

    /// <summary>Where the target is.</summary>
    public SkyCoordinate Target { get; init; } = new(220.5, 35.25);

    /// <summary>Where the telescope is.</summary>
    public Site Site { get; init; } = new(31.68, -110.88, 1300);

    /// <summary>Diameter of the telescope, for scintillation (Young 1967); null = stars do not scintillate.</summary>
    public double? TelescopeDiameterMetres
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    } = 0.3;

    /// <summary>The camera.</summary>
    public DetectorModel Detector { get; init; } = new();

    /// <summary>The picture of a star in ordinary seeing.</summary>
    public PointSpread Psf { get; init; } = new();

    /// <summary>Scatter of the seeing from frame to frame, as a part of it; it also swells and shrinks slowly by twice as much.</summary>
    public double SeeingScatter
    {
        get;
        init => field = Require.Between(value, 0, 0.3);
    } = 0.04;

    /// <summary>Drift along x in an hour, pixels.</summary>
    public double DriftXPerHour { get; init; } = 3.5;

    /// <summary>Drift along y in an hour, pixels.</summary>
    public double DriftYPerHour { get; init; } = -2;

    /// <summary>Scatter of the pointing from frame to frame, pixels.</summary>
    public double JitterPixels
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.5;

    /// <summary>First light after the telescope was turned over, or null for never.</summary>
    public int? FlipAtFrame { get; init; }

    /// <summary>Rotation of the picture from there on.</summary>
    public double FlipRotationDegrees { get; init; } = 180;

    /// <summary>Whether the picture is also mirrored from there on.</summary>
    public bool FlipMirrors { get; init; }

    /// <summary>What part of the light the worst cloud takes, 0 for a clear night.</summary>
    public double CloudDepth
    {
        get;
        init => field = Require.Between(value, 0, 0.99);
    }

    /// <summary>Standard deviation of the slow changes of the air's transparency, the same for all stars.</summary>
    public double AtmosphericVariation
    {
        get;
        init => field = Require.Between(value, 0, 0.3);
    }

    /// <summary>Period around which the transparency changes, hours.</summary>
    public double AtmosphericPeriodHours
    {
        get;
        init => field = Require.Positive(value);
    } = 1.5;

    /// <summary>Largest standard deviation of the other stars' own variability; each has its own, evenly spread below it. Target excepted.</summary>
    public double StellarVariation
    {
        get;
        init => field = Require.Between(value, 0, 0.3);
    }

    /// <summary>Period around which a star varies, hours; each has its own, from half to twice this.</summary>
    public double StellarPeriodHours
    {
        get;
        init => field = Require.Positive(value);
    } = 2;

    /// <summary>Objects that move against the stars.</summary>
    public IReadOnlyList<SimulatedStar> MovingObjects { get; init; } = [];

    /// <summary>The stars instead of a random field, the target first; null for a random field.</summary>
    public IReadOnlyList<SimulatedStar>? Stars { get; init; }

    /// <summary>Starts of the lights (UTC, upwards) instead of an even cadence; null for an even cadence.</summary>
    public IReadOnlyList<JulianDate>? LightStarts { get; init; }

    /// <summary>Pointing scatters evenly within this many pixels either way, besides <see cref="JitterPixels"/>.</summary>
    public double JitterRangePixels
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Magnitude of the target.</summary>
    public double TargetMagnitude { get; init; } = 11.2;

    /// <summary>Magnitudes of the comparison stars.</summary>
    public IReadOnlyList<double> ComparisonMagnitudes { get; init; } = [11.0, 11.5, 11.8];

    /// <summary>Magnitude of the check star.</summary>
    public double CheckMagnitude { get; init; } = 11.6;

    /// <summary>Number of further stars on a frame.</summary>
    public int FieldStars
    {
        get;
        init => field = Require.NotNegative(value);
    } = 110;

    /// <summary>Brightest of the further stars.</summary>
    public double BrightestFieldMagnitude { get; init; } = 10.4;

    /// <summary>Faintest of the further stars; their number grows with 10^0.3 a magnitude.</summary>
    public double FaintestFieldMagnitude { get; init; } = 16.5;

    /// <summary>No further star lies closer than this to target, comparisons and check, pixels.</summary>
    public double ClearRadiusPixels
    {
        get;
        init => field = Require.NotNegative(value);
    } = 36;

    /// <summary>Magnitude of a star that gives one electron a second above the atmosphere.</summary>
    public double ZeroPointMagnitude { get; init; } = 21.6;

    /// <summary>Extinction, magnitudes an air mass.</summary>
    public double ExtinctionMagnitudes { get; init; } = 0.16;

    /// <summary>What extinction gains with a magnitude of a star's B−V, magnitudes an air mass.</summary>
    public double ColourExtinctionMagnitudes { get; init; }

    /// <summary>B−V of the target, the comparisons and the check star.</summary>
    public double TargetColour { get; init; } = 0.6;

    /// <summary>Mean B−V of the field stars; null for the target's.</summary>
    public double? FieldColour { get; init; }

    /// <summary>Standard deviation of the field stars' B−V.</summary>
    public double ColourScatter
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Sky, electrons per second and pixel.</summary>
    public double SkyElectronsPerSecond { get; init; } = 6;
}
