using System.Globalization;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>What the header says about the optics: the scale of the picture and the telescope's aperture.</summary>
internal static class OpticsReader
{
    /// <summary>
    /// Arc seconds a pixel: from the WCS, a keyword, or pixel size and focal length. A nominal value that lies a tenth beside the one
    /// that is used is said: it may be another binning's.
    /// </summary>
    public static Sourced<double>? PixelScale(HeaderReading reading, PixelBinning? binning)
    {
        Sourced<double>? found = null;
        foreach (
            Sourced<double>? each in (ReadOnlySpan<Sourced<double>?>)
                [WcsScale(reading), StatedScale(reading), OpticalScale(reading, binning)]
        )
        {
            found ??= each;
            if (each is not null && found is not null && Math.Abs(each.Value - found.Value) > 0.1 * found.Value)
            {
                reading.Warn(
                    $"{each.From} means {Show(Math.Round(each.Value, 4))}\" a pixel, {found.From} {Show(Math.Round(found.Value, 4))}\": {found.From} is used."
                );
            }
        }
        return found ?? (reading.Profile?.PixelScale is { } own ? new Sourced<double>(own, "profile", Show(own)) : null);
    }

    private static Sourced<double>? StatedScale(HeaderReading reading)
    {
        foreach (string keyword in reading.KeywordsOf(Concepts.PixelScale))
        {
            if (reading.Number(keyword) is not { } value)
            {
                continue;
            }
            string raw = reading.Text(keyword)!;
            string comment = reading.Comment(keyword);
            double arcseconds = value * (CommentUnit.In(comment, CommentUnit.ArcSeconds) ?? 1);
            if (
                comment.Contains("/mm", StringComparison.OrdinalIgnoreCase)
                || comment.Contains("per mm", StringComparison.OrdinalIgnoreCase)
            )
            {
                reading.Warn($"{keyword} = {raw} is the scale of the focal plane by its comment, not of a pixel: not used.");
            }
            else if (arcseconds is > 0 and < 3600)
            {
                return new Sourced<double>(arcseconds, keyword, raw);
            }
            else
            {
                reading.Warn($"{keyword} = {raw} is not a pixel scale: taken as missing.");
            }
        }
        return null;
    }

    private static Sourced<double>? OpticalScale(HeaderReading reading, PixelBinning? binning)
    {
        if (Length(reading, "XPIXSZ", 1e-6) is not { } size || Length(reading, "FOCALLEN", 1e-3) is not { } focal)
        {
            return null;
        }
        // XPIXSZ is already binned, unless its comment says otherwise.
        bool unbinned = reading.Comment("XPIXSZ").Contains("unbinned", StringComparison.OrdinalIgnoreCase);
        double scale = 206.26480624709636 * size * (unbinned ? binning?.Columns ?? 1 : 1) / focal;
        return new Sourced<double>(scale, "XPIXSZ/FOCALLEN", $"{reading.Text("XPIXSZ")} / {reading.Text("FOCALLEN")}");
    }

    /// <summary>A length above 0 in the usual unit of its keyword; another unit in the comment is obeyed.</summary>
    private static double? Length(HeaderReading reading, string keyword, double usualMetres) =>
        reading.Number(keyword) is not (> 0 and var value) ? null
        : CommentUnit.In(reading.Comment(keyword), CommentUnit.Metres) is { } metres && metres != usualMetres ? value * metres / usualMetres
        : value;

    private static Sourced<double>? WcsScale(HeaderReading reading)
    {
        if (
            reading.Text("CTYPE1") is not { } type
            || !(type.StartsWith("RA", StringComparison.Ordinal) || type.StartsWith("DEC", StringComparison.Ordinal))
        )
        {
            return null;
        }
        if (reading.Number("CD1_1") is { } cd11 && reading.Number("CD2_2") is { } cd22)
        {
            double determinant = (cd11 * cd22) - ((reading.Number("CD1_2") ?? 0) * (reading.Number("CD2_1") ?? 0));
            return determinant == 0
                ? null
                : new Sourced<double>(
                    3600 * Math.Sqrt(Math.Abs(determinant)),
                    "CD1_1…CD2_2",
                    $"{reading.Text("CD1_1")} {reading.Text("CD2_2")}"
                );
        }
        if (
            reading.Number("CDELT1") is { } x
            && reading.Number("CDELT2") is { } y
            && x != 0
            && y != 0
            && reading.Text("CRPIX1") is not null
        )
        {
            return new Sourced<double>(
                3600 * Math.Sqrt(Math.Abs(x * y)),
                "CDELT1,CDELT2",
                $"{reading.Text("CDELT1")} {reading.Text("CDELT2")}"
            );
        }
        return null;
    }

    /// <summary>Aperture, mm. 0 means missing.</summary>
    public static Sourced<double>? ApertureDiameter(HeaderReading reading)
    {
        foreach (string keyword in reading.KeywordsOf(Concepts.ApertureDiameter))
        {
            if (Length(reading, keyword, 1e-3) is not { } millimetres)
            {
                continue;
            }
            if (millimetres is > 5 and < 100_000)
            {
                return new Sourced<double>(millimetres, keyword, reading.Text(keyword)!);
            }
            reading.Warn($"{keyword} = {reading.Text(keyword)} is not the aperture of a telescope in mm: taken as missing.");
        }
        if (reading.Number("APTAREA") is > 0 and var area)
        {
            return new Sourced<double>(2 * Math.Sqrt(area / Math.PI), "APTAREA", reading.Text("APTAREA")!);
        }
        return reading.Profile?.ApertureDiameter is { } own ? new Sourced<double>(own, "profile", Show(own)) : null;
    }

    private static string Show(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
