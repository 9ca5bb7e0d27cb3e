using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>How much of each systematic effect a <see cref="SeriesSimulator"/> puts in: relative flux for one standard deviation of the cause.</summary>
public sealed record SeriesSystematics
{
    /// <summary>Standard deviation of the white noise.</summary>
    public double WhiteNoise
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.002;

    /// <summary>Standard deviation of the red noise.</summary>
    public double RedNoise
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Period around which the red noise swings, days.</summary>
    public double RedPeriodDays
    {
        get;
        init => field = Require.Positive(value);
    } = 0.05;

    /// <summary>Effect of the air mass.</summary>
    public double Airmass { get; init; } = 0.002;

    /// <summary>Effect of the position along x.</summary>
    public double ShiftX { get; init; } = 0.001;

    /// <summary>Effect of the position along y.</summary>
    public double ShiftY { get; init; } = -0.0005;

    /// <summary>Effect of the seeing.</summary>
    public double Fwhm { get; init; } = 0.001;

    /// <summary>Effect of the sky.</summary>
    public double Sky { get; init; }
}
