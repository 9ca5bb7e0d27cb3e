using System.Globalization;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Instruments;

/// <summary>Where the telescope stands and where it points, as the header says.</summary>
internal static class PlaceReader
{
    /// <summary>The site; its height is 0 where <paramref name="height"/> is null (unknown).</summary>
    public static Sourced<Site>? Site(HeaderReading reading, out Sourced<double>? height)
    {
        height = Height(reading);
        List<string> latitudes = [.. reading.KeywordsOf(Concepts.Latitude)];
        List<string> longitudes = [.. reading.KeywordsOf(Concepts.Longitude)];
        for (int i = 0; i < Math.Min(latitudes.Count, longitudes.Count); i++)
        {
            if (
                Angle(reading, latitudes[i], 90, "a latitude") is { } latitude
                && Angle(reading, longitudes[i], 360, "a longitude") is { } longitude
            )
            {
                double east = East(reading, longitudes[i], longitude);
                if (height is { From: "profile" } && IsElsewhere(latitude, east, reading.Profile!.Site!.Value))
                {
                    reading.Warn(
                        $"{latitudes[i]} and {longitudes[i]} name another place than the profile {reading.Profile.Name}: its height is not used."
                    );
                    height = null;
                }
                var site = new Site(latitude, east, height?.Value ?? 0);
                string raw = $"{reading.Text(latitudes[i])} {reading.Text(longitudes[i])}";
                return new Sourced<Site>(site, $"{latitudes[i]},{longitudes[i]}", raw);
            }
        }
        if (reading.Profile?.Site is { } own)
        {
            height ??= new Sourced<double>(own.HeightMetres, "profile", Show(own.HeightMetres));
            return new Sourced<Site>(own with { HeightMetres = height.Value }, "profile", reading.Profile.Name);
        }
        height = null;
        return null;
    }

    private static Sourced<double>? Height(HeaderReading reading)
    {
        Sourced<double>? found = reading.Number(reading.KeywordsOf(Concepts.Height), Possible, "a height in metres");
        if (found is null && reading.Number("ALTITUDE") is { } altitude && Possible(altitude) && SaysHeight(reading.Comment("ALTITUDE")))
        {
            found = new Sourced<double>(altitude, "ALTITUDE", reading.Text("ALTITUDE")!);
        }
        return found
            ?? (reading.Profile?.Site is { } own ? new Sourced<double>(own.HeightMetres, "profile", Show(own.HeightMetres)) : null);
    }

    /// <summary>More than about ten kilometres away.</summary>
    private static bool IsElsewhere(double latitude, double east, Site site) =>
        Math.Abs(latitude - site.LatitudeDegrees) > 0.1 || Math.Abs(Math.IEEERemainder(east - site.LongitudeDegrees, 360)) > 0.1;

    private static bool Possible(double metres) => metres is > -500 and < 9000;

    /// <summary>ALTITUDE may be where the telescope points.</summary>
    private static bool SaysHeight(string comment) =>
        comment.Contains("metre", StringComparison.OrdinalIgnoreCase)
        || comment.Contains("meter", StringComparison.OrdinalIgnoreCase)
        || comment.Contains("[m]", StringComparison.OrdinalIgnoreCase)
        || comment.Contains("height", StringComparison.OrdinalIgnoreCase)
        || comment.Contains("sea level", StringComparison.OrdinalIgnoreCase);

    /// <summary>Degrees east, −180 … 180.</summary>
    private static double East(HeaderReading reading, string keyword, double longitude)
    {
        string comment = reading.Comment(keyword);
        bool west =
            reading.Profile?.WestPositiveLongitudes == true
            || comment.Contains("+W", StringComparison.Ordinal)
            || (
                comment.Contains("west", StringComparison.OrdinalIgnoreCase)
                && !comment.Contains("east", StringComparison.OrdinalIgnoreCase)
            );
        if (
            !west
            && ZoneHours(reading) is { } hours
            && Math.Abs(Wrapped(longitude - (15 * hours))) > 60
            && Math.Abs(Wrapped(-longitude - (15 * hours))) < 45
        )
        {
            west = true;
            reading.Warn(
                $"{keyword} = {reading.Text(keyword)} as degrees east contradicts the zone of DATE-OBS ({Show(hours)} h): read as degrees west."
            );
        }
        return Wrapped(west ? -longitude : longitude);
    }

    /// <summary>The offset that DATE-OBS is written with, in hours.</summary>
    private static double? ZoneHours(HeaderReading reading)
    {
        if (reading.Text("DATE-OBS") is not { Length: > 20 } text)
        {
            return null;
        }
        int sign = text.LastIndexOfAny(['+', '-']);
        string digits = sign < 16 ? "" : text[(sign + 1)..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length != 4 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int zone) || zone == 0)
        {
            return null;
        }
        double hours = (zone / 100) + (zone % 100 / 60.0);
        return text[sign] == '-' ? -hours : hours;
    }

    private static double Wrapped(double degrees) => degrees - (360 * Math.Round(degrees / 360));

    private static double? Angle(HeaderReading reading, string keyword, double limit, string what)
    {
        if (reading.Text(keyword) is not { } text)
        {
            return null;
        }
        if (!Sexagesimal.TryParse(text, out double value, out _, out string? note))
        {
            reading.Warn($"{keyword} = '{text}' is not {what}: taken as missing.");
            return null;
        }
        if (Math.Abs(value) > limit)
        {
            reading.Warn($"{keyword} = '{text}' is not {what}, it lies beyond {Show(limit)}°: taken as missing.");
            return null;
        }
        if (note is not null)
        {
            reading.Warn($"{keyword}: {note}.");
        }
        return value;
    }

    /// <summary>Where the telescope pointed, ICRS. Not the target.</summary>
    public static Sourced<SkyCoordinate>? Pointing(HeaderReading reading, Sourced<JulianDate>? start)
    {
        List<string> rightAscensions = [.. reading.KeywordsOf(Concepts.RightAscension)];
        List<string> declinations = [.. reading.KeywordsOf(Concepts.Declination)];
        for (int i = 0; i < Math.Min(rightAscensions.Count, declinations.Count); i++)
        {
            (string raKey, string decKey) = (rightAscensions[i], declinations[i]);
            if (reading.Text(raKey) is not { } ra || reading.Text(decKey) is not { } dec)
            {
                continue;
            }
            if (HeaderReading.TryNumber(ra, out double number))
            {
                string comment = reading.Comment(raKey);
                bool hours =
                    reading.Profile?.RightAscensionInHours == true
                    || comment.Contains("[h]", StringComparison.OrdinalIgnoreCase)
                    || comment.Contains("hours", StringComparison.OrdinalIgnoreCase);
                if (hours)
                {
                    ra = (number * 15).ToString("R", CultureInfo.InvariantCulture);
                }
                else if (number is >= 0 and < 24 && !comment.Contains("deg", StringComparison.OrdinalIgnoreCase))
                {
                    reading.Warn($"{raKey} = {ra} is a bare number: read as degrees, though it could be hours.");
                }
            }
            if (SkyCoordinate.TryParse(ra, dec, out SkyCoordinate pointing, out string? why))
            {
                string raw = $"{reading.Text(raKey)} {dec}";
                return ToIcrs(reading, pointing, start) is { } icrs ? new Sourced<SkyCoordinate>(icrs, $"{raKey},{decKey}", raw) : null;
            }
            reading.Warn($"{raKey},{decKey}: {why}; taken as missing.");
        }
        return null;
    }

    /// <summary>Obeys EQUINOX (or EPOCH) and RADESYS.</summary>
    private static SkyCoordinate? ToIcrs(HeaderReading reading, SkyCoordinate place, Sourced<JulianDate>? start)
    {
        string system = (reading.Text("RADESYS") ?? reading.Text("RADECSYS") ?? "").ToUpperInvariant();
        Sourced<string>? stated = reading.Text(["EQUINOX", "EPOCH"]);
        if (stated is null || system == "ICRS")
        {
            return system.StartsWith("FK4", StringComparison.Ordinal) ? Precession.FromB1950(place) : place;
        }
        string text = stated.Value.ToUpperInvariant();
        if (text is "JNOW" or "NOW" or "APPARENT")
        {
            if (start is null)
            {
                reading.Warn($"{stated.From} = '{stated.Value}' needs the date, which is not known: the pointing is not used.");
                return null;
            }
            return Precession.FromEquinox(place, JulianYear(start.Value));
        }
        if (!HeaderReading.TryNumber(text.TrimStart('J', 'B'), out double year) || year is < 1850 or > 2150)
        {
            reading.Warn($"{stated.From} = '{stated.Value}' is no equinox: taken as J2000.");
            return place;
        }
        if (year == 1950 && system != "FK5")
        {
            return Precession.FromB1950(place);
        }
        return year == 2000 ? place : Precession.FromEquinox(place, year);
    }

    private static double JulianYear(JulianDate date) => 2000 + ((date.Value - 2451545.0) / 365.25);

    private static string Show(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
