using Albireo.Science.Numerics;
using Albireo.Science.Simulation;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Stages;

/// <summary>The night that <c>albireo simulate</c> makes: the plan of its frames, the transit, and what the headers say.</summary>
public sealed record SimulateOptions
{
    /// <summary>Frames, field, camera, weather.</summary>
    public NightPlan Plan { get; init; } = new();

    /// <summary>How much light the transit takes at its bottom; 0 for none.</summary>
    public double TransitDepth
    {
        get;
        init => field = Require.Between(value, 0, 0.9);
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
    } = 0.4;

    /// <summary>Ingress as a part of the duration.</summary>
    public double TransitIngress
    {
        get;
        init => field = Require.Between(value, 0, 0.5);
    } = 0.15;

    /// <summary>Name of the filter.</summary>
    public string Filter { get; init; } = "R";

    /// <summary>Name of the target.</summary>
    public string ObjectName { get; init; } = "SIM-1";

    /// <summary>The transit, or null where the depth is 0.</summary>
    public TransitShape? Transit
    {
        get
        {
            double span = ((Plan.CadenceSeconds * Math.Max(0, Plan.LightFrames - 1)) + Plan.ExposureSeconds) / JulianDate.SecondsPerDay;
            double duration = TransitDuration * span;
            return TransitDepth > 0
                ? new TransitShape(Plan.Start.Value + (TransitMiddle * span), duration, TransitIngress * duration, TransitDepth)
                : null;
        }
    }
}
