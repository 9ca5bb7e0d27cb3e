using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>What the CCD equation needs to know besides the star's flux.</summary>
public sealed record NoiseConditions
{
    /// <summary>Area of the aperture in pixels.</summary>
    public required double AperturePixels
    {
        get;
        init => field = Require.Positive(value);
    }

    /// <summary>Sky in electrons per pixel.</summary>
    public required double SkyElectrons
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Read noise in electrons.</summary>
    public required double ReadNoiseElectrons
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Dark current gathered in the exposure, electrons per pixel.</summary>
    public double DarkElectrons
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Electrons per count, for the converter's rounding (1/12 count²); 0 = no rounding.</summary>
    public double Gain
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Pixels of the annulus that the sky was estimated from; infinite = the sky is known.</summary>
    public double AnnulusPixels { get; init; } = double.PositiveInfinity;

    /// <summary>How the sky was estimated.</summary>
    public SkyEstimator SkyEstimator { get; init; }

    /// <summary>Relative error of the flat under the star as a whole.</summary>
    public double FlatRelativeError
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Relative scintillation, from <see cref="Photometry.Scintillation"/>.</summary>
    public double Scintillation
    {
        get;
        init => field = Require.NotNegative(value);
    }
}
