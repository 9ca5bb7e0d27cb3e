namespace Albireo.Pipeline;

/// <summary>The stages of a frame, in order; a stage command runs the pipeline up to one of them.</summary>
public enum FrameStage
{
    /// <summary>Bias, darks and flats are combined; no light is read.</summary>
    Masters,

    /// <summary>Lights are calibrated and kept.</summary>
    Calibrate,

    /// <summary>Their stars are found.</summary>
    Detect,

    /// <summary>They are matched to the reference frame.</summary>
    Match,

    /// <summary>The reference frame's stars are measured in each: observation.fits.</summary>
    Measure,
}
