using System.Globalization;
using Albireo.Science.Images;

namespace Albireo.Science.Sky;

/// <summary>The keywords of a celestial TAN projection.</summary>
internal static class WcsHeader
{
    public static Wcs? Read(Func<string, double?> number, Func<string, string?> text, out string? why)
    {
        string type1 = (text("CTYPE1") ?? "").Trim().ToUpperInvariant();
        string type2 = (text("CTYPE2") ?? "").Trim().ToUpperInvariant();
        bool swapped = type1.StartsWith("DEC-", StringComparison.Ordinal) && type2.StartsWith("RA--", StringComparison.Ordinal);
        if (!swapped && !(type1.StartsWith("RA--", StringComparison.Ordinal) && type2.StartsWith("DEC-", StringComparison.Ordinal)))
        {
            why =
                type1.Length + type2.Length == 0
                    ? "there is no CTYPE1 and CTYPE2"
                    : $"the axes '{type1}' and '{type2}' are not right ascension and declination";
            return null;
        }
        string projection = type1[5..];
        if (projection != type2[5..] || projection is not ("TAN" or "TAN-SIP"))
        {
            why = $"the projection {type1}, {type2} is not TAN or TAN-SIP";
            return null;
        }
        if (projection == "TAN" && (number("PV1_5") ?? number("PV2_1") ?? number("PV2_2") ?? number("PV1_7")) is not null)
        {
            why = "its TAN projection is distorted by PV coefficients, which are not supported";
            return null;
        }
        double? value1 = number("CRVAL1");
        double? value2 = number("CRVAL2");
        double? pixel1 = number("CRPIX1");
        double? pixel2 = number("CRPIX2");
        if (value1 is null || value2 is null || pixel1 is null || pixel2 is null)
        {
            why = "CRVAL1, CRVAL2, CRPIX1 or CRPIX2 is missing";
            return null;
        }
        double[]? matrix = Matrix(number, swapped, out why);
        if (matrix is null)
        {
            return null;
        }
        (double longitude, double latitude) = swapped ? (value2.Value, value1.Value) : (value1.Value, value2.Value);
        if (!double.IsFinite(longitude) || !(Math.Abs(latitude) <= 90) || !double.IsFinite(pixel1.Value) || !double.IsFinite(pixel2.Value))
        {
            why = "CRVAL or CRPIX is out of range";
            return null;
        }
        Turn(matrix, ((number("LONPOLE") ?? (latitude >= 90 ? 0 : 180)) - 180) * Math.PI / 180);
        if (!Frame(number, text, out double? equinox, out bool isB1950, out why))
        {
            return null;
        }
        SipDistortion? distortion = projection == "TAN-SIP" ? Distortion(number, out why) : null;
        return why is not null
            ? null
            : new Wcs
            {
                ReferencePixel = new PixelPosition(pixel1.Value - 1, pixel2.Value - 1),
                ReferenceDirection = new SkyCoordinate(longitude - (360 * Math.Floor(longitude / 360)), latitude),
                Matrix = matrix,
                Distortion = distortion,
                Equinox = equinox,
                IsB1950 = isB1950,
            };
    }

    private static double[]? Matrix(Func<string, double?> number, bool swapped, out string? why)
    {
        why = null;
        double?[] cd = [number("CD1_1"), number("CD1_2"), number("CD2_1"), number("CD2_2")];
        double[] matrix;
        if (Array.Exists(cd, v => v is not null))
        {
            matrix = Array.ConvertAll(cd, v => v ?? 0);
        }
        else
        {
            double? scale1 = number("CDELT1");
            double? scale2 = number("CDELT2");
            if (scale1 is null || scale2 is null)
            {
                why = "there is neither a CD matrix nor CDELT1 and CDELT2";
                return null;
            }
            double?[] pc = [number("PC1_1"), number("PC1_2"), number("PC2_1"), number("PC2_2")];
            double[] turn = [pc[0] ?? 1, pc[1] ?? 0, pc[2] ?? 0, pc[3] ?? 1];
            if (!Array.Exists(pc, v => v is not null) && (number(swapped ? "CROTA1" : "CROTA2") is { } degrees))
            {
                (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
                double ratio = scale2.Value / scale1.Value;
                turn = [cos, -sin * ratio, sin / ratio, cos];
            }
            matrix = [scale1.Value * turn[0], scale1.Value * turn[1], scale2.Value * turn[2], scale2.Value * turn[3]];
        }
        if (swapped)
        {
            matrix = [matrix[2], matrix[3], matrix[0], matrix[1]];
        }
        double determinant = (matrix[0] * matrix[3]) - (matrix[1] * matrix[2]);
        if (!double.IsFinite(determinant) || determinant == 0)
        {
            why = "its matrix cannot be inverted";
            return null;
        }
        return matrix;
    }

    /// <summary>Turns the tangent plane by LONPOLE − 180°.</summary>
    private static void Turn(double[] m, double angle)
    {
        if (angle == 0)
        {
            return;
        }
        (double sin, double cos) = Math.SinCos(angle);
        double[] turned =
        [
            (m[0] * cos) + (m[2] * sin),
            (m[1] * cos) + (m[3] * sin),
            (m[2] * cos) - (m[0] * sin),
            (m[3] * cos) - (m[1] * sin),
        ];
        turned.CopyTo(m, 0);
    }

    private static bool Frame(
        Func<string, double?> number,
        Func<string, string?> text,
        out double? equinox,
        out bool isB1950,
        out string? why
    )
    {
        why = null;
        isB1950 = false;
        equinox = null;
        string system = (text("RADESYS") ?? text("RADECSYS") ?? "").Trim().ToUpperInvariant();
        double? year = number("EQUINOX") ?? number("EPOCH");
        if (system == "ICRS" || (system is "" or "FK5" && year is null or 2000))
        {
            return true;
        }
        if (system == "FK4" || (system.Length == 0 && year < 1984))
        {
            isB1950 = year is null or 1950;
            why = isB1950 ? null : string.Create(CultureInfo.InvariantCulture, $"its frame is FK4 of equinox {year}, not B1950");
            return isB1950;
        }
        if (system is "" or "FK5" && year is >= 1800 and <= 2200)
        {
            equinox = year;
            return true;
        }
        why = string.Create(CultureInfo.InvariantCulture, $"its frame {system} {year} is not supported");
        return false;
    }

    private static SipDistortion? Distortion(Func<string, double?> number, out string? why)
    {
        why = null;
        int orderA = (int)(number("A_ORDER") ?? 0);
        int orderB = (int)(number("B_ORDER") ?? 0);
        int order = Math.Max(orderA, orderB);
        if (order is < 0 or > 9)
        {
            why = $"its SIP order {order} is not between 0 and 9";
            return null;
        }
        var a = new double[(order + 1) * (order + 1)];
        var b = new double[a.Length];
        for (int p = 0; p <= order; p++)
        {
            for (int q = 0; q + p <= order; q++)
            {
                a[(p * (order + 1)) + q] = p + q <= orderA ? number($"A_{p}_{q}") ?? 0 : 0;
                b[(p * (order + 1)) + q] = p + q <= orderB ? number($"B_{p}_{q}") ?? 0 : 0;
            }
        }
        return order == 0 ? null : new SipDistortion(order, a, b);
    }
}
