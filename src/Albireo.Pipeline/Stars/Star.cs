using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stars;

/// <summary>A star of the reference frame.</summary>
/// <param name="Id">Its row in observation.fits, from 0.</param>
/// <param name="X">Column in the reference frame.</param>
/// <param name="Y">Row in the reference frame.</param>
public sealed record Star(int Id, double X, double Y)
{
    public SkyCoordinate? Position { get; init; }
    public string? Name { get; init; }
    public StarRole Role { get; init; }

    /// <summary>From <c>--stars</c>.</summary>
    public StarMagnitudes Magnitudes { get; init; } = StarMagnitudes.None;

    /// <summary>Aperture flux in the reference frame's source list, for ranking; NaN for a star that was only asked for.</summary>
    public double Flux { get; init; } = double.NaN;
    public double Peak { get; init; } = double.NaN;
    public bool IsSaturated { get; init; }

    public string Label =>
        Role switch
        {
            StarRole.Target => Name ?? "target",
            StarRole.Comparison => Name ?? $"comparison #{Id}",
            StarRole.Check => Name ?? $"check #{Id}",
            _ => Name ?? $"#{Id}",
        };
}
