using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>What is removed from a raw frame, in the order of the properties.</summary>
public sealed record CalibrateOptions
{
    /// <summary>For lights and calibration frames alike.</summary>
    public OverscanChoice Overscan { get; init; } = new();

    /// <summary>For lights and calibration frames alike.</summary>
    public TrimChoice Trim { get; init; } = new();

    /// <summary>The constant that the writer took away (PEDESTAL) is given back, in lights and calibration frames alike.</summary>
    public bool Pedestal { get; init; } = true;
    public bool Bias { get; init; } = true;

    /// <summary>c₁, c₂, … of <c>true = c₁·v + c₂·v² + …</c> for counts v above the bias, ADU; empty for a linear detector.</summary>
    public IReadOnlyList<double> Linearity
    {
        get;
        init
        {
            _ = value.Count == 0 ? null : new Linearity(value);
            field = value;
        }
    } = [];
    public bool Dark { get; init; } = true;
    public bool Flat { get; init; } = true;

    /// <summary>Sub-frames are calibrated with their part of full-frame masters.</summary>
    public bool SubFrames { get; init; } = true;

    /// <summary>
    /// Takes the sky's level of each line away, less its mean, where the bias drifts during the readout and no overscan tells how; what
    /// the sky does from line to line goes with it.
    /// </summary>
    public DriftChoice LevelDrift { get; init; }

    /// <summary>Pixels in electrons instead of ADU; needs the gain.</summary>
    public bool Electrons { get; init; }
    public NegativePixels Negative { get; init; }
    public BadPixelChoice BadPixels { get; init; } = new();
    public CosmicRayChoice CosmicRays { get; init; } = new();
    public FlipChoice Flip { get; init; }
    public NominalWcsChoice NominalWcs { get; init; } = new();

    /// <summary>Keep what lies between raw and calibrated: frames before the flat, masters cut for sub-frames.</summary>
    public bool KeepSteps { get; init; }

    /// <summary>Calibrated frames carry their standard deviations (UNCERT).</summary>
    public bool KeepUncertainty { get; init; } = true;

    /// <summary>Calibrated frames carry their flags (MASK).</summary>
    public bool KeepMask { get; init; } = true;

    /// <summary>Calibrated frames say when the run began (DATE-PRC).</summary>
    public bool DateProcessed { get; init; }
}
