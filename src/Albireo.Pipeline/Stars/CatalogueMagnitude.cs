namespace Albireo.Pipeline.Stars;

/// <summary>A magnitude from a catalogue, or a colour index.</summary>
/// <param name="Band">As the catalogue names it, such as V, g or BP; two bands with a hyphen, such as B-V, for a colour; empty if it is not said.</param>
/// <param name="Value">Magnitudes.</param>
/// <param name="Error">One σ, or null.</param>
public sealed record CatalogueMagnitude(string Band, double Value, double? Error = null)
{
    /// <summary>Whether it is the difference of two bands.</summary>
    public bool IsColour => Band.IndexOf('-', StringComparison.Ordinal) > 0;
}
