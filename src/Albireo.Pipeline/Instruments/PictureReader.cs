using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>What the header says about the picture and the optics: filter, scale, sections, sub-frame, colour.</summary>
internal static class PictureReader
{
    private static readonly string[] NoGlass = ["AIR", "OPEN", "CLEAR", "EMPTY", "NONE", "OUT"];

    /// <summary>The filter; wheels that are open do not count where several are named.</summary>
    public static Sourced<string>? Filter(HeaderReading reading)
    {
        if (reading.Text(reading.KeywordsOf(Concepts.Filter)) is { } found)
        {
            if (reading.Card(found.From)!.Kind == FitsValueKind.Integer)
            {
                reading.Warn($"{found.From} = {found.Raw} is a number, perhaps the place in a wheel: taken as the filter's name.");
            }
            return found;
        }
        var wheels = new List<Sourced<string>>();
        for (int wheel = 1; wheel <= 9; wheel++)
        {
            string keyword = $"FILTER{wheel}";
            if (reading.Text(keyword) is { } text)
            {
                wheels.Add(new Sourced<string>(text, keyword, text));
            }
        }
        List<Sourced<string>> glass = wheels.FindAll(w => !NoGlass.Contains(w.Value, StringComparer.OrdinalIgnoreCase));
        if (glass.Count == 0)
        {
            return wheels.FirstOrDefault();
        }
        return new Sourced<string>(
            string.Join('+', glass.Select(w => w.Value)),
            string.Join(',', glass.Select(w => w.From)),
            string.Join(' ', glass.Select(w => w.Raw))
        );
    }

    /// <summary>Arc seconds a pixel: from the WCS, a keyword, or pixel size and focal length.</summary>
    public static Sourced<double>? PixelScale(HeaderReading reading, PixelBinning? binning)
    {
        if (WcsScale(reading) is { } wcs)
        {
            return wcs;
        }
        Sourced<double>? found = reading.Number(reading.KeywordsOf(Concepts.PixelScale), v => v is > 0 and < 3600, "a pixel scale");
        if (found is not null)
        {
            return found;
        }
        if (reading.Number("XPIXSZ") is > 0 and var size && reading.Number("FOCALLEN") is > 0 and var focal)
        {
            // XPIXSZ is already binned, unless its comment says otherwise.
            bool unbinned = reading.Comment("XPIXSZ").Contains("unbinned", StringComparison.OrdinalIgnoreCase);
            double scale = 206.26480624709636 * size * (unbinned ? binning?.Columns ?? 1 : 1) / focal;
            return new Sourced<double>(scale, "XPIXSZ/FOCALLEN", $"{reading.Text("XPIXSZ")} / {reading.Text("FOCALLEN")}");
        }
        return reading.Profile?.PixelScale is { } own ? new Sourced<double>(own, "profile", Show(own)) : null;
    }

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
            if (reading.Number(keyword) is > 0 and var diameter)
            {
                return new Sourced<double>(diameter, keyword, reading.Text(keyword)!);
            }
        }
        if (reading.Number("APTAREA") is > 0 and var area)
        {
            return new Sourced<double>(2 * Math.Sqrt(area / Math.PI), "APTAREA", reading.Text("APTAREA")!);
        }
        return reading.Profile?.ApertureDiameter is { } own ? new Sourced<double>(own, "profile", Show(own)) : null;
    }

    /// <summary>A section keyword, if it is one and lies inside the picture.</summary>
    public static Sourced<PixelSection>? Section(HeaderReading reading, string concept, int width, int height)
    {
        foreach (string keyword in reading.KeywordsOf(concept))
        {
            if (reading.Text(keyword) is not { } text)
            {
                continue;
            }
            if (!PixelSection.TryParse(text, out PixelSection section))
            {
                reading.Warn($"{keyword} = '{text}' is no section such as [1:8,1:64]: taken as missing.");
            }
            else if (!section.IsInside(width, height))
            {
                reading.Warn($"{keyword} = '{text}' does not lie inside the picture of {width}×{height}: taken as missing.");
            }
            else
            {
                return new Sourced<PixelSection>(section, keyword, text);
            }
        }
        return null;
    }

    /// <summary>What the profile leaves of the picture.</summary>
    public static Sourced<PixelSection>? Trimmed(TelescopeProfile? profile, int width, int height)
    {
        if (profile?.Trimming is not { } cut || 2 * cut.Columns >= width || 2 * cut.Rows >= height)
        {
            return null;
        }
        var section = new PixelSection(cut.Columns, cut.Rows, width - (2 * cut.Columns), height - (2 * cut.Rows));
        return new Sourced<PixelSection>(section, "profile", $"[{cut.Columns}, {cut.Rows}]");
    }

    /// <summary>First column and row of the picture on the full frame, in pixels as read out.</summary>
    public static Sourced<FrameOrigin>? SubFrameOrigin(HeaderReading reading, PixelBinning? binning)
    {
        if (Whole(reading, "XORGSUBF") is { } x && Whole(reading, "YORGSUBF") is { } y)
        {
            // MaxIm's cards count binned pixels and say so; others as the profile says.
            bool binned =
                reading.Comment("XORGSUBF").Contains("binned", StringComparison.OrdinalIgnoreCase)
                && !reading.Comment("XORGSUBF").Contains("unbinned", StringComparison.OrdinalIgnoreCase);
            PixelBinning divide =
                binned || reading.Profile?.SubFrameOriginUnbinned != true ? new PixelBinning(1, 1) : binning ?? new PixelBinning(1, 1);
            return new Sourced<FrameOrigin>(new FrameOrigin(x / divide.Columns, y / divide.Rows), "XORGSUBF,YORGSUBF", $"{x} {y}");
        }
        if (reading.Number("LTV1") is { } ltv1 && reading.Number("LTV2") is { } ltv2 && ltv1 <= 0 && ltv2 <= 0)
        {
            return new Sourced<FrameOrigin>(
                new FrameOrigin((int)Math.Round(-ltv1), (int)Math.Round(-ltv2)),
                "LTV1,LTV2",
                $"{reading.Text("LTV1")} {reading.Text("LTV2")}"
            );
        }
        if (reading.Card("CTYPE1") is null && Whole(reading, "CRVAL1") is { } column && Whole(reading, "CRVAL2") is { } row)
        {
            return new Sourced<FrameOrigin>(new FrameOrigin(column, row), "CRVAL1,CRVAL2", $"{column} {row}");
        }
        return null;
    }

    private static int? Whole(HeaderReading reading, string keyword) =>
        reading.Number(keyword) is { } value && value is >= 0 and < 1e6 && value == Math.Floor(value) ? (int)value : null;

    /// <summary>
    /// The colours of the file's first two rows and columns (RGGB …): the keyword names them from the top of the picture, offsets and
    /// the order of the rows move them.
    /// </summary>
    public static Sourced<string>? BayerPattern(HeaderReading reading, int height)
    {
        if (reading.Text(reading.KeywordsOf(Concepts.BayerPattern)) is not { } found)
        {
            return null;
        }
        string pattern = found.Value.ToUpperInvariant();
        if (pattern.Length != 4 || pattern.Any(c => c is not ('R' or 'G' or 'B')) || pattern.Count(c => c == 'G') != 2)
        {
            reading.Warn($"{found.From} = '{found.Raw}' is no Bayer pattern that is known: the frame is still not measured as mono.");
            return found;
        }
        if (reading.Text("ROWORDER") is null)
        {
            reading.Warn($"{found.From} without ROWORDER: the pattern is taken to begin with the file's first row.");
        }
        if (reading.Number("XBAYROFF") is { } x && Math.Abs(x % 2) == 1)
        {
            pattern = $"{pattern[1]}{pattern[0]}{pattern[3]}{pattern[2]}";
        }
        bool flipRows = reading.Number("YBAYROFF") is { } y && Math.Abs(y % 2) == 1;
        if (string.Equals(reading.Text("ROWORDER"), "BOTTOM-UP", StringComparison.OrdinalIgnoreCase) && height % 2 == 0)
        {
            flipRows = !flipRows;
        }
        return found with { Value = flipRows ? pattern[2..] + pattern[..2] : pattern };
    }

    /// <summary><c>east</c> or <c>west</c>; other words are unknown.</summary>
    public static Sourced<string>? PierSide(HeaderReading reading)
    {
        if (reading.Text(reading.KeywordsOf(Concepts.PierSide)) is not { } found)
        {
            return null;
        }
        string? side =
            found.Value.Contains("east", StringComparison.OrdinalIgnoreCase) ? "east"
            : found.Value.Contains("west", StringComparison.OrdinalIgnoreCase) ? "west"
            : found.Value.Equals("E", StringComparison.OrdinalIgnoreCase) ? "east"
            : found.Value.Equals("W", StringComparison.OrdinalIgnoreCase) ? "west"
            : null;
        return side is null ? null : found with { Value = side };
    }

    private static string Show(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
