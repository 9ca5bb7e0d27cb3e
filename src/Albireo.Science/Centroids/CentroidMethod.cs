namespace Albireo.Science.Centroids;

/// <summary>How the centre of a star is found.</summary>
public enum CentroidMethod
{
    /// <summary>Centre of mass of the pixels above the sky.</summary>
    Moments,

    /// <summary>Centre under a Gaussian weight, as SExtractor's XWIN_IMAGE.</summary>
    Windowed,

    /// <summary>Maximum of a quadratic surface through the peak's neighbourhood.</summary>
    Quadratic,

    /// <summary>Least-squares fit of an elliptical, rotated Gaussian.</summary>
    Gaussian,

    /// <summary>Least-squares fit of the frame's own point-spread function.</summary>
    Psf,
}
