using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>What the user knows of the detector; it overrides profile and headers. Not given: those are asked.</summary>
public sealed record DetectorOptions
{
    /// <summary>Electrons per ADU.</summary>
    public double? Gain
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Read noise in electrons.</summary>
    public double? ReadNoise
    {
        get;
        init => field = value is { } v ? Require.NotNegative(v) : null;
    }

    /// <summary>Raw counts (ADU) from which a pixel is saturated.</summary>
    public double? Saturation
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Raw counts (ADU) up to which the detector is linear.</summary>
    public double? LinearLimit
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }
}
