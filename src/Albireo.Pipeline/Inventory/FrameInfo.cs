using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Inventory;

/// <summary>What the header of one file says, each value with the keyword that it came from. Unknown stays null.</summary>
public sealed record FrameInfo
{
    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The name of its products: the file name without .fits/.fit/.fts/.gz/.fz, made unique over the night.</summary>
    public required string Name { get; init; }

    /// <summary>The HDU that holds the picture.</summary>
    public int Hdu { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }

    public Sourced<FrameKind>? Kind { get; init; }
    public Sourced<double>? ExposureSeconds { get; init; }
    public Sourced<string>? Filter { get; init; }

    /// <summary>Start of the exposure, UTC.</summary>
    public Sourced<JulianDate>? Start { get; init; }

    /// <summary>Columns × rows of the detector in one pixel, as <c>2x2</c>.</summary>
    public Sourced<string>? Binning { get; init; }
    public Sourced<double>? TemperatureCelsius { get; init; }

    /// <summary>Electrons per ADU; never a camera's gain setting.</summary>
    public Sourced<double>? Gain { get; init; }
    public Sourced<double>? ReadNoiseElectrons { get; init; }

    /// <summary>Raw counts from which a pixel is saturated.</summary>
    public Sourced<double>? Saturation { get; init; }
    public Sourced<string>? GainSetting { get; init; }
    public Sourced<string>? OffsetSetting { get; init; }
    public Sourced<string>? ReadoutMode { get; init; }
    public Sourced<string>? ObjectName { get; init; }
    public Sourced<string>? Instrument { get; init; }
    public Sourced<string>? Telescope { get; init; }

    /// <summary>Where the telescope pointed; not the target.</summary>
    public Sourced<SkyCoordinate>? Pointing { get; init; }
    public Sourced<Site>? Site { get; init; }

    /// <summary>As the header states it; only for comparison with the computed one.</summary>
    public Sourced<double>? Airmass { get; init; }
    public Sourced<double>? PixelScaleArcsec { get; init; }
    public Sourced<double>? ApertureDiameterMillimetres { get; init; }
    public Sourced<string>? BayerPattern { get; init; }
    public Sourced<string>? PierSide { get; init; }
    public Sourced<double>? Pedestal { get; init; }

    /// <summary>Name of the telescope profile that was used, or null.</summary>
    public string? Profile { get; init; }

    /// <summary>What looks wrong but does not prevent use; one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the file cannot be used as a frame at all (unreadable, contradictory), or null.</summary>
    public string? Problem { get; init; }
}
