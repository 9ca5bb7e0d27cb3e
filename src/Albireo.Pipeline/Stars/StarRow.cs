using System.Globalization;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;
using Albireo.Science.Sky;
using CsvHelper;
using CsvHelper.Configuration;

namespace Albireo.Pipeline.Stars;

/// <summary>A row of the user's star table (<c>--stars</c>): x,y or ra,dec; name, role, mag, mag_error, band.</summary>
public sealed record StarRow(string File, int Line, PixelPosition? Pixel, SkyCoordinate? Sky, Star Star)
{
    /// <summary>Its place on the reference frame.</summary>
    /// <exception cref="AlbireoException">It lies outside, or there is no WCS to place it with.</exception>
    public Asked Locate(ReferenceFrame reference)
    {
        PixelPosition at =
            Pixel
            ?? reference.Wcs?.ToPixel(Sky!.Value)
            ?? throw StarTable.Bad(File, Line, "ra,dec", "the reference frame has no WCS", "x,y in pixels");
        if (!reference.Picture.Contains(at.X, at.Y))
        {
            throw StarTable.Bad(
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
