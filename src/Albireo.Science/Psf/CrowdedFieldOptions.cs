using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>How the stars of a crowded field are found, profiled and measured.</summary>
public sealed record CrowdedFieldOptions
{
    /// <summary>How stars are found that show only when others are taken off.</summary>
    public DetectionOptions Detection { get; init; } = new();

    /// <summary>How the sky is measured when the stars are taken off.</summary>
    public BackgroundOptions Background { get; init; } = new();

    /// <summary>Electrons a count, for photon noise; NaN: unknown, then only the background's noise weighs.</summary>
    public double Gain { get; init; } = double.NaN;

    /// <summary>Farthest that a star may move from where it was said to be, FWHM.</summary>
    public double MaximumShiftFwhm
    {
        get;
        init => field = Require.Positive(value);
    } = 1;

    /// <summary>How often stars are fitted, the profile and the sky measured anew on what is left, and hidden stars looked for.</summary>
    public int Rounds
    {
        get;
        init => field = Require.Positive(value);
    } = 5;

    /// <summary>A star found whose flux is less than this many of its errors is given up; its light goes back to the frame.</summary>
    public double LeastSignalToNoise
    {
        get;
        init => field = Require.NotNegative(value);
    } = 3;

    /// <summary>Of two stars found within this distance, in FWHM, the fainter is given up (ALLSTAR takes 0.37).</summary>
    public double MergedFwhm
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.3;
}
