using System.Globalization;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;
using Albireo.Science.Sky;
using CsvHelper;
using CsvHelper.Configuration;

namespace Albireo.Pipeline.Stars;

/// <summary>A star of the user's table (<c>--stars</c>): x,y or ra,dec; name, role, mag, mag_error, band, or more magnitudes and colours
/// (<see cref="MagnitudeColumn"/>).</summary>
public sealed record StarRow(string File, int Line, PixelPosition? Pixel, SkyCoordinate? Sky, Star Star)
{
    private const double OneStarDegrees = 0.1 / 3600;

    /// <summary>Whether another row is the same star: at the same place, and not called otherwise.</summary>
    public bool IsStarOf(StarRow other) =>
        (Star.Name is null || other.Star.Name is null || string.Equals(Star.Name, other.Star.Name, StringComparison.OrdinalIgnoreCase))
        && (
            Pixel is { } p && other.Pixel is { } q ? p == q : Sky is { } s && other.Sky is { } t && s.SeparationDegrees(t) < OneStarDegrees
        );

    /// <summary>Its place on the reference frame; null for a star of the field that lies outside.</summary>
    /// <exception cref="AlbireoException">It lies outside, or there is no WCS to place it with.</exception>
    public Asked? Locate(ReferenceFrame reference)
    {
        PixelPosition at =
            Pixel
            ?? reference.Wcs?.ToPixel(Sky!.Value)
            ?? throw StarTable.Bad(File, Line, "ra,dec", "the reference frame has no WCS", "x,y in pixels");
        if (!reference.Picture.Contains(at.X, at.Y))
        {
            return Star.Role == StarRole.Field
                ? null
                : throw StarTable.Bad(
                    File,
                    Line,
                    "position",
                    $"({at.X:F1}, {at.Y:F1})",
                    $"a place on the reference frame {reference.Frame.Info.Name}"
                );
        }
        return new Asked("--stars", Star.Name ?? $"line {Line}", Star with { X = at.X, Y = at.Y, Position = Sky });
    }
}
