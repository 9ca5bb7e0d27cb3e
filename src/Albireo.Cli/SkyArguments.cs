using System.Globalization;
using Albireo.Pipeline;
using Albireo.Science.Sky;

namespace Albireo.Cli;

/// <summary>Coordinates and places as they are typed.</summary>
public static class SkyArguments
{
    /// <summary><c>RA,DEC</c>: sexagesimal (hours) or decimal degrees.</summary>
    public static SkyCoordinate? Coordinate(string? text)
    {
        if (text is null)
        {
            return null;
        }
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && SkyCoordinate.TryParse(parts[0], parts[1], out SkyCoordinate position, out _)
            ? position
            : throw new AlbireoException(
                Failure.Usage,
                $"--sky {text}: expected RA,DEC as hh:mm:ss,±dd:mm:ss or as decimal degrees, for example 02:04:10.278,+46:41:16.2."
            );
    }

    /// <summary><c>LAT,LON,HEIGHT</c>: degrees north, degrees east, metres.</summary>
    public static Site? Site(string? text)
    {
        if (text is null)
        {
            return null;
        }
        double[] values =
        [
            .. text.Split(',')
                .Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : double.NaN),
        ];
        return values is [>= -90 and <= 90, >= -360 and <= 360, >= -500 and <= 10000]
            ? new Site(values[0], values[1] > 180 ? values[1] - 360 : values[1], values[2])
            : throw new AlbireoException(
                Failure.Usage,
                $"--site {text}: expected LAT,LON,HEIGHT in degrees north, degrees east and metres, for example 31.68,-110.88,2344."
            );
    }
}
