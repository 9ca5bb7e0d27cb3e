namespace Albireo.Pipeline.Options;

/// <summary>How positions are refined in each frame, within <see cref="MeasureOptions.MaximumShift"/>.</summary>
public enum Recentring
{
    /// <summary>The mapped reference position as it is.</summary>
    None,

    /// <summary>Centre of mass.</summary>
    Moments,

    /// <summary>SExtractor's windowed centroid.</summary>
    Windowed,

    /// <summary>Maximum of a quadratic surface.</summary>
    Quadratic,

    /// <summary>Fit of an elliptical Gaussian.</summary>
    Gaussian,

    /// <summary>Fit of the frame's own profile.</summary>
    Psf,
}
