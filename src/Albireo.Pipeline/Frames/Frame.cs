using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Psf;

namespace Albireo.Pipeline.Frames;

/// <summary>A frame on its way through a sequence: what the file gave and what earlier steps found. Steps return a changed copy.</summary>
public sealed record Frame
{
    public required FrameInfo Info { get; init; }

    /// <summary>Buffers of the worker that carries this frame; pictures in them are valid during the frame's visit only.</summary>
    public required Workspace Workspace { get; init; }

    /// <summary>The raw header, whole; after calibration that of the calibrated picture.</summary>
    public FitsHeader? Header { get; init; }

    /// <summary>Of the file's bytes, as lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>CHECKSUM of each HDU of the calibrated frame, where it was written.</summary>
    public string? CalibratedSums { get; init; }

    /// <summary>Counts as read, in ADU; after calibration trimmed and mirrored like <see cref="Clean"/>.</summary>
    public Image? Raw
    {
        get => RawRows?.Whole;
        init => RawRows = value is null ? null : BandedImage.Of(value);
    }

    /// <summary>Whether the file is gzipped or tile-compressed, so that reading it again costs unpacking it again.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Calibrated counts; the raw ones where nothing was to be removed.</summary>
    public Image? Clean
    {
        get => CleanRows?.Whole;
        init => CleanRows = value is null ? null : BandedImage.Of(value);
    }

    /// <summary>Whole, like <see cref="Uncertainty"/>, as soon as all of <see cref="Clean"/> is made.</summary>
    public PixelMask? Mask { get; init; }

    /// <summary>Of the clean pixels and their uncertainty: <c>adu</c> or <c>electron</c>.</summary>
    public string Unit { get; init; } = "adu";

    /// <summary>σ of each clean pixel; null where gain or read noise is unknown.</summary>
    public Image? Uncertainty { get; init; }

    /// <summary>What lies between raw and clean, where it is to be kept.</summary>
    public CalibrationSteps? Steps { get; init; }
    public FrameNoise? Noise { get; init; }

    /// <summary>What was done to it on one line; goes to the log.</summary>
    public string? Operation { get; init; }

    /// <summary>What was removed with which master; goes to HISTORY.</summary>
    public IReadOnlyList<string> Provenance { get; init; } = [];
    public BackgroundMap? Background { get; init; }
    public IReadOnlyList<Source> Sources { get; init; } = [];
    public FrameProfile? Profile { get; init; }

    /// <summary>The profile that was fitted to its stars; null where none was asked for or the stars do not suffice.</summary>
    public PsfModel? Psf { get; init; }
    public FrameMatch? Match { get; init; }
    public FrameQuality? Quality { get; init; }

    /// <summary>In the worker's memory, like the pictures: the next frame has it after this one's visit.</summary>
    public FrameFluxes? Fluxes { get; init; }

    /// <summary>What the user should know about this frame, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The first of them, or null.</summary>
    internal string? Remark => Remarks is [{ } first, ..] ? first : null;

    /// <summary>How many steps of its sequence lie behind it.</summary>
    public int StepsPassed { get; init; }

    /// <summary><see cref="Raw"/> for those who need some rows at a time.</summary>
    internal BandedImage? RawRows { get; init; }

    /// <summary><see cref="Clean"/> for those who need some rows at a time.</summary>
    internal BandedImage? CleanRows { get; init; }

    /// <summary>Why the frame is left out, or null.</summary>
    public string? Discarded { get; init; }

    /// <summary>This frame, left out for what it shows.</summary>
    public Frame Discard(string reason) => this with { Discarded = reason };
}
