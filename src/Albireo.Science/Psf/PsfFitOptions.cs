using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>How a star is fitted.</summary>
public sealed record PsfFitOptions
{
    /// <summary>Pixels farther than this from the start are left out.</summary>
    public double RadiusPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 8;

    /// <summary>Farthest that the centre may move, pixels.</summary>
    public double MaximumShiftPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>σ of the background a pixel; NaN: unknown, then all pixels weigh alike and errors come from the residuals.</summary>
    public double Noise { get; init; } = double.NaN;

    /// <summary>Electrons a count, for photon noise; NaN: unknown, then only the background's noise weighs.</summary>
    public double Gain { get; init; } = double.NaN;

    /// <summary>Level under the star; NaN: fitted too.</summary>
    public double Sky { get; init; } = double.NaN;
}
