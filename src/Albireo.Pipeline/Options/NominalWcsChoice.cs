using System.Globalization;
using Albireo.Science.Numerics;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Options;

/// <summary>
/// Coordinates for frames whose headers have none: the target in the middle, north up, east left. Good to find a field, not a star.
/// </summary>
public sealed record NominalWcsChoice
{
    public bool Enabled { get; init; }

    /// <summary><c>RA,DEC</c>; not given: the target of <c>--sky</c>, else where the header says that the telescope pointed.</summary>
    public string? Target
    {
        get;
        init =>
            field =
                value is null || SkyCoordinate.TryParse(value, out _, out string? why)
                    ? value
                    : throw new ArgumentException($"{value} is no direction: {why}", nameof(value));
    }

    /// <summary>Arc seconds a pixel; not given: what header or profile say.</summary>
    public double? PixelScale
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>With the target where none is given.</summary>
    internal NominalWcsChoice Towards(SkyCoordinate? sky) =>
        Target is null && sky is { } target
            ? this with
            {
                Target = string.Create(CultureInfo.InvariantCulture, $"{target.RightAscensionDegrees:R},{target.DeclinationDegrees:R}"),
            }
            : this;

    /// <summary>CRPIX = NAXIS/2, half a pixel off the middle, as in system 1.</summary>
    public bool HalfPixelOff { get; init; }
}
