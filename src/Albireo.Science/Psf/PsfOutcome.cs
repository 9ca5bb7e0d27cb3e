namespace Albireo.Science.Psf;

/// <summary>What became of a star that was to be measured with its neighbours.</summary>
public enum PsfOutcome
{
    /// <summary>Flux and place were fitted.</summary>
    Fitted,

    /// <summary>Its place went astray; the flux is that at the place where it was said to be.</summary>
    Held,

    /// <summary>It does not lie on the picture.</summary>
    Outside,

    /// <summary>Too few pixels round it can be used.</summary>
    NoPixels,
}
