namespace Albireo.Pipeline.Inventory;

/// <summary>How far from an observation its calibration frames may be.</summary>
public sealed record CalibrationWindow
{
    /// <summary>The observation's own night only.</summary>
    public static CalibrationWindow SameNight { get; } = new();

    /// <summary>Nights before.</summary>
    public int PastNights { get; init; }

    /// <summary>Nights after.</summary>
    public int FutureNights { get; init; }

    /// <summary>Largest difference of the set-points (of the temperatures where there are none) between darks and lights, °C.</summary>
    public double TemperatureTolerance { get; init; } = 2.5;

    /// <summary>Whether frames of a camera with another name may serve, as a folder of masters sometimes demands.</summary>
    public bool AnyCamera { get; init; }
}
