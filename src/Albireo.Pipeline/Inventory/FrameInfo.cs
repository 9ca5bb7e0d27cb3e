using System.Text.Json.Serialization;
using Albireo.Science.Images;
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

    /// <summary>NAXIS: 2, or more where the further axes have length 1.</summary>
    public int Axes { get; init; } = 2;

    /// <summary>As the header (or the user) says; Unknown for a word that is not known, null when nothing is said, or contradictions.</summary>
    public Sourced<FrameKind>? Kind { get; init; }

    /// <summary>What file name, folder or OBJECT suggest where the header is silent.</summary>
    public Sourced<FrameKind>? SuggestedKind { get; init; }

    /// <summary>Why the words for the kind cannot be believed: they contradict each other. A sentence, or null.</summary>
    public string? Contradiction { get; init; }

    /// <summary>
    /// What the frame counts as: what the header says, else what file name or OBJECT suggest, else a light where it has an exposure
    /// and nothing speaks against it (a folder of lights often says no more). Unknown when the header's words contradict each other or
    /// mean something else, when hints contradict each other, and when the exposure is zero. Nothing else decides this.
    /// </summary>
    public FrameKind EffectiveKind =>
        Kind is not null ? Kind.Value
        : Problem is not null || Contradiction is not null ? FrameKind.Unknown
        : SuggestedKind is { Value: not FrameKind.Light } hint ? hint.Value
        : ExposureSeconds is { Value: 0 } ? FrameKind.Unknown
        : FrameKind.Light;

    /// <summary>Why the frame cannot be used, or null.</summary>
    public string? WhyUnusable => Problem ?? Contradiction;
    public Sourced<double>? ExposureSeconds { get; init; }
    public Sourced<string>? Filter { get; init; }

    /// <summary>Start of the exposure, UTC.</summary>
    public Sourced<JulianDate>? Start { get; init; }

    /// <summary>The date on which the night of the frame began; the inventory knows it, a single header does not.</summary>
    public DateOnly? Night { get; init; }

    /// <summary>Columns × rows of the detector in one pixel, as <c>2x2</c>.</summary>
    public Sourced<string>? Binning { get; init; }
    public Sourced<double>? TemperatureCelsius { get; init; }

    /// <summary>What the cooler was told; darks are matched on it.</summary>
    public Sourced<double>? SetPointCelsius { get; init; }

    /// <summary>Electrons per ADU; never a camera's gain setting.</summary>
    public Sourced<double>? Gain { get; init; }
    public Sourced<double>? ReadNoiseElectrons { get; init; }

    /// <summary>Raw counts from which a pixel is saturated; from <c>BITPIX</c> it is only the largest value of the file's type.</summary>
    public Sourced<double>? Saturation { get; init; }
    public Sourced<string>? GainSetting { get; init; }
    public Sourced<string>? OffsetSetting { get; init; }
    public Sourced<string>? ReadoutMode { get; init; }
    public Sourced<string>? ObjectName { get; init; }
    public Sourced<string>? Instrument { get; init; }
    public Sourced<string>? Telescope { get; init; }

    /// <summary>Where the telescope pointed; not the target.</summary>
    public Sourced<SkyCoordinate>? Pointing { get; init; }

    /// <summary>Where the telescope stands. Its height is 0 when <see cref="SiteHeightMetres"/> is unknown (less than 30 µs in BJD).</summary>
    public Sourced<Site>? Site { get; init; }

    /// <summary>Above the sea; null when unknown. Scintillation needs it.</summary>
    public Sourced<double>? SiteHeightMetres { get; init; }

    /// <summary>As the header states it; only for comparison with the computed one.</summary>
    public Sourced<double>? Airmass { get; init; }
    public Sourced<double>? PixelScaleArcsec { get; init; }
    public Sourced<double>? ApertureDiameterMillimetres { get; init; }

    /// <summary>BIASSEC, if it lies inside the picture.</summary>
    public Sourced<PixelSection>? Overscan { get; init; }

    /// <summary>TRIMSEC, else DATASEC, if it lies inside the picture; else what the profile's trimming leaves.</summary>
    public Sourced<PixelSection>? TrimSection { get; init; }

    /// <summary>Where the picture begins on the full frame.</summary>
    public Sourced<FrameOrigin>? SubFrameOrigin { get; init; }

    /// <summary>Colours of the file's first two rows and columns, as <c>RGGB</c>; row order and offsets are taken into account.</summary>
    public Sourced<string>? BayerPattern { get; init; }

    /// <summary>
    /// The colour plane that the frame is taken as: sizes, sections and pixel scale are then the plane's. Null for the picture as it is.
    /// </summary>
    [JsonIgnore]
    public BayerPlane? Plane { get; init; }

    /// <summary><c>east</c> or <c>west</c>.</summary>
    public Sourced<string>? PierSide { get; init; }
    public Sourced<double>? Pedestal { get; init; }

    /// <summary>Name of the telescope profile that was used, or null.</summary>
    public string? Profile { get; init; }

    /// <summary>What looks wrong but does not prevent use; one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the file cannot be used as a frame at all (unreadable), or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Why a good frame does not take part (the user says so, or it is another's copy), or null.</summary>
    public string? LeftOut { get; init; }
}
