namespace Albireo.Science.Simulation;

/// <summary>A simulated light curve with what was recorded beside it; all arrays have one value a point.</summary>
public sealed record SimulatedSeries
{
    /// <summary>Days.</summary>
    public required double[] Times { get; init; }

    /// <summary>Relative flux as measured: truth × trend + noise.</summary>
    public required double[] Flux { get; init; }

    /// <summary>Standard deviation of the white noise.</summary>
    public required double[] Errors { get; init; }

    /// <summary>Flux without trend and noise.</summary>
    public required double[] Truth { get; init; }

    /// <summary>Factor of the systematics, mean about 1.</summary>
    public required double[] Trend { get; init; }

    /// <summary>Air masses.</summary>
    public required double[] Airmass { get; init; }

    /// <summary>Position along x against the first point, pixels.</summary>
    public required double[] ShiftX { get; init; }

    /// <summary>Position along y against the first point, pixels.</summary>
    public required double[] ShiftY { get; init; }

    /// <summary>Width of stars, pixels.</summary>
    public required double[] Fwhm { get; init; }

    /// <summary>Sky, ADU.</summary>
    public required double[] Sky { get; init; }
}
