namespace Albireo.Pipeline.Options;

/// <summary>Where the sky under a star is taken from.</summary>
public enum SkySource
{
    /// <summary>An annulus around each star.</summary>
    Annulus,

    /// <summary>The background map of the frame.</summary>
    Mesh,
}
