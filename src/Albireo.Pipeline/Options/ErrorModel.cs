namespace Albireo.Pipeline.Options;

/// <summary>Where the errors of fluxes come from.</summary>
public enum ErrorModel
{
    /// <summary>Calibration's uncertainty of each pixel: photons, read noise, masters. Needs gain and read noise.</summary>
    Pixels,

    /// <summary>photutils' calc_total_error: √(rms² + max(I, 0)/gain) of each pixel above the mesh background. Needs the gain.</summary>
    TotalError,

    /// <summary>The CCD equation for each flux as a whole. Needs gain and read noise.</summary>
    Ccd,
}
