using Albireo.Science.Numerics;
using Albireo.Science.Simulation;
using Albireo.Science.Time;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Stages;

/// <summary>The night that <c>albireo simulate</c> makes: the plan of its frames, the transit, and what the headers say.</summary>
public sealed record SimulateOptions
{
    private const double PeriodDays = 2.5;
    private const double ImpactParameter = 0.2;
    private static readonly LimbDarkening Limb = new(0.40, 0.22);

    /// <summary>Frames, field, camera, weather.</summary>
    public NightPlan Plan { get; init; } = new();

    /// <summary>How much light is missing at mid-transit; 0 for no transit.</summary>
    public double TransitDepth
    {
        get;
        init => field = Require.Between(value, 0, 0.5);
    } = 0.015;

    /// <summary>Mid-transit as a part of the time from the first light to the last.</summary>
    public double TransitMiddle
    {
        get;
        init => field = Require.Between(value, 0, 1);
    } = 0.5;

    /// <summary>Duration of the transit as a part of the same time.</summary>
    public double TransitDuration
    {
        get;
        init => field = Require.Between(value, 0.01, 1);
    } = 0.45;

    /// <summary>Half amplitude of a sine that the target follows besides; 0 for none.</summary>
    public double SineAmplitude
    {
        get;
        init => field = Require.Between(value, 0, 0.9);
    }

    /// <summary>Period of the sine, days.</summary>
    public double SinePeriodDays
    {
        get;
        init => field = Require.Positive(value);
    } = 0.1;

    /// <summary>Julian date (UTC) at which the sine rises through its mean.</summary>
    public double SineStart { get; init; }

    /// <summary>Name of the filter.</summary>
    public string Filter { get; init; } = "R";

    /// <summary>Name of the target.</summary>
    public string ObjectName { get; init; } = "SIM-1";

    /// <summary>Files strewn over nested folders under names that say nothing, with every extension in use.</summary>
    public bool IsDisorganised { get; init; }

    /// <summary>The night of prose's tutorial: 100 frames in 0.15 d from JD 2450000, the target's light 1 + 0.01 sin(100 t), t in days.</summary>
    public static SimulateOptions ProseTutorial(ulong seed)
    {
        const int frames = 100;
        const double start = 2450000;
        return new SimulateOptions
        {
            Plan = ProseObservation.Plan(
                [.. Enumerable.Range(0, frames).Select(i => new JulianDate(start, 0.15 * i / (frames - 1), TimeScale.Utc))],
                seed
            ),
            TransitDepth = 0,
            SineAmplitude = 0.01,
            SinePeriodDays = 2 * Math.PI / 100,
            SineStart = start,
            ObjectName = "prose",
            Filter = "a",
        };
    }

    /// <summary>The planet that makes this transit (times in UTC), or null where the depth is 0.</summary>
    public TransitParameters? Planet()
    {
        if (TransitDepth == 0)
        {
            return null;
        }
        double span = ((Plan.CadenceSeconds * Math.Max(0, Plan.LightFrames - 1)) + Plan.ExposureSeconds) / JulianDate.SecondsPerDay;
        double sine = Math.Sin(Math.PI * Math.Min(0.45, TransitDuration * span / PeriodDays));
        double low = 0;
        double high = 1;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Of(middle).Depth < TransitDepth ? (middle, high) : (low, middle);
        }
        return Of((low + high) / 2);

        TransitParameters Of(double radiusRatio)
        {
            // First to fourth contact on a circle: sin(πT/P) = √((1 + k)² − b²) / (a sin i).
            double chord = Math.Pow(1 + radiusRatio, 2) - (ImpactParameter * ImpactParameter);
            double axis = Math.Sqrt((chord / (sine * sine)) + (ImpactParameter * ImpactParameter));
            return new TransitParameters
            {
                PeriodDays = PeriodDays,
                MidTransitDays = Plan.Start.Value + (TransitMiddle * span),
                RadiusRatio = radiusRatio,
                ScaledSemiMajorAxis = axis,
                InclinationDegrees = TransitParameters.InclinationOf(ImpactParameter, axis),
                LimbDarkening = Limb,
            };
        }
    }

    /// <summary>The target's light at a Julian date (UTC) against that outside transit.</summary>
    public Func<double, double> TargetFlux()
    {
        TransitParameters? planet = Planet();
        return julianDate =>
        {
            double sine = SineAmplitude * Math.Sin(2 * Math.PI * (julianDate - SineStart) / SinePeriodDays);
            if (planet is null)
            {
                return 1 + sine;
            }
            Span<double> flux = stackalloc double[1];
            TransitModel.Flux(planet, [julianDate], flux);
            return flux[0] * (1 + sine);
        };
    }
}
