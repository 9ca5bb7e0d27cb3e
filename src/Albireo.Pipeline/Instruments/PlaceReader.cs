using System.Globalization;
using System.Text.RegularExpressions;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Instruments;

/// <summary>Where the telescope stands and where it points, as the header says.</summary>
internal static partial class PlaceReader
{
    /// <summary>The site; its height is 0 where <paramref name="height"/> is null (unknown).</summary>
    public static Sourced<Site>? Site(HeaderReading reading, out Sourced<double>? height)
    {
        height = Height(reading);
        Sourced<Site>? found = null;
        foreach ((string latitudeKey, string longitudeKey) in Pairs(reading, Concepts.Latitude, Concepts.Longitude))
        {
            if (
                Angle(reading, latitudeKey, 90, "a latitude", 'N', 'S') is not { } latitude
                || Angle(reading, longitudeKey, 360, "a longitude", 'E', 'W') is not { } longitude
            )
            {
                continue;
            }
            double east = EndsWith(reading, longitudeKey, 'E', 'W') ? Wrapped(longitude) : East(reading, longitudeKey, longitude);
            if (found is not null)
            {
                if (IsElsewhere(latitude, east, found.Value))
                {
                    reading.Warn($"{latitudeKey} and {longitudeKey} name another place than {found.From}: {found.From} are used.");
                }
                continue;
            }
            if (height is { From: "profile" } && IsElsewhere(latitude, east, reading.Profile!.Site!.Value))
            {
                reading.Warn(
                    $"{latitudeKey} and {longitudeKey} name another place than the profile {reading.Profile.Name}: its height is not used."
                );
                height = null;
            }
            string raw = $"{reading.Text(latitudeKey)} {reading.Text(longitudeKey)}";
            found = new Sourced<Site>(new Site(latitude, east, height?.Value ?? 0), $"{latitudeKey},{longitudeKey}", raw);
        }
        if (found is not null)
        {
            return found;
        }
        if (reading.Profile?.Site is { } own)
        {
            height ??= new Sourced<double>(own.HeightMetres, "profile", Show(own.HeightMetres));
            return new Sourced<Site>(own with { HeightMetres = height.Value }, "profile", reading.Profile.Name);
        }
        height = null;
        return null;
    }

    /// <summary>
    /// The keywords of two concepts that go together: those of one writer, in order of trust, and, where a header names the two as no
    /// writer does, the first of each.
    /// </summary>
    private static List<(string First, string Second)> Pairs(HeaderReading reading, string concept, string other)
    {
        string[] firsts = [.. reading.KeywordsOf(concept).Where(k => reading.Text(k) is not null)];
        string[] seconds = [.. reading.KeywordsOf(other).Where(k => reading.Text(k) is not null)];
        var pairs = new List<(string First, string Second)>();
        Add(reading.OwnKeywordsOf(concept), reading.OwnKeywordsOf(other));
        Add(Concepts.Keywords[concept], Concepts.Keywords[other]);
        return pairs.Count > 0 ? pairs
            : firsts.Length > 0 && seconds.Length > 0 ? [(firsts[0], seconds[0])]
            : [];

        void Add(IReadOnlyList<string> some, IReadOnlyList<string> others)
        {
            for (int i = 0; i < Math.Min(some.Count, others.Count); i++)
            {
                if (firsts.Contains(some[i]) && seconds.Contains(others[i]))
                {
                    pairs.Add((some[i], others[i]));
                }
            }
        }
    }

    private static Sourced<double>? Height(HeaderReading reading)
    {
        Sourced<double>? found = null;
        foreach (string keyword in reading.KeywordsOf(Concepts.Height).Append("ALTITUDE"))
        {
            // ALTITUDE may be where the telescope points.
            if (reading.Number(keyword) is not { } value || (keyword == "ALTITUDE" && !SaysHeight(reading.Comment(keyword))))
            {
                continue;
            }
            double metres = value * (CommentUnit.In(reading.Comment(keyword), CommentUnit.Metres) ?? 1);
            if (metres is > -500 and < 9000)
            {
                found = new Sourced<double>(metres, keyword, reading.Text(keyword)!);
                break;
            }
            reading.Warn($"{keyword} = {reading.Text(keyword)} is not a height in metres: taken as missing.");
        }
        return found
            ?? (reading.Profile?.Site is { } own ? new Sourced<double>(own.HeightMetres, "profile", Show(own.HeightMetres)) : null);
    }

    /// <summary>More than about ten kilometres away.</summary>
    private static bool IsElsewhere(double latitude, double east, Site site) =>
        Math.Abs(latitude - site.LatitudeDegrees) > 0.1 || Math.Abs(Math.IEEERemainder(east - site.LongitudeDegrees, 360)) > 0.1;

    private static bool SaysHeight(string comment) =>
        comment.Contains("metre", StringComparison.OrdinalIgnoreCase)
        || comment.Contains("meter", StringComparison.OrdinalIgnoreCase)
        || comment.Contains("[m]", StringComparison.OrdinalIgnoreCase)
        || comment.Contains("height", StringComparison.OrdinalIgnoreCase)
        || comment.Contains("sea level", StringComparison.OrdinalIgnoreCase)
        || CommentUnit.In(comment, CommentUnit.Metres) is not null;

    /// <summary>Degrees east, −180 … 180.</summary>
    private static double East(HeaderReading reading, string keyword, double longitude)
    {
        bool west = reading.Profile?.WestPositiveLongitudes == true;
        if (!west && West.IsMatch(reading.Comment(keyword)))
        {
            west = longitude >= 0;
            if (!west)
            {
                reading.Warn(
                    $"{keyword} = {reading.Text(keyword)} is negative though its comment speaks of the west: read as degrees east."
                );
            }
        }
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

    /// <summary>Degrees; a letter for the half of the globe, before or behind the value, is its sign.</summary>
    private static double? Angle(HeaderReading reading, string keyword, double limit, string what, char positive, char negative)
    {
        if (reading.Text(keyword) is not { } text)
        {
            return null;
        }
        bool named = EndsWith(reading, keyword, positive, negative);
        string plain = named ? text.Trim(Letters(positive, negative)) : text;
        if (!Sexagesimal.TryParse(plain, out double value, out _, out string? note) || (named && value < 0))
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
        return named && text.Contains(negative, StringComparison.OrdinalIgnoreCase) ? -value : value;
    }

    /// <summary>Whether one of two letters stands before or behind the value.</summary>
    private static bool EndsWith(HeaderReading reading, string keyword, char positive, char negative) =>
        reading.Text(keyword) is { } text
        && (Letters(positive, negative).Contains(text[0]) || (Letters(positive, negative).Contains(text[^1]) && text[^1] is not 's'));

    private static char[] Letters(char positive, char negative) =>
        [positive, negative, char.ToLowerInvariant(positive), char.ToLowerInvariant(negative), ' '];

    /// <summary>Where the telescope pointed, ICRS. Not the target.</summary>
    public static Sourced<SkyCoordinate>? Pointing(HeaderReading reading, Sourced<JulianDate>? start)
    {
        Sourced<SkyCoordinate>? found = null;
        foreach ((string raKey, string decKey) in Pairs(reading, Concepts.RightAscension, Concepts.Declination))
        {
            if (Pointing(reading, raKey, decKey, start) is not { } pointing)
            {
                continue;
            }
            if (found is null)
            {
                found = pointing;
            }
            else if (found.Value.SeparationDegrees(pointing.Value) is > 1 and var degrees)
            {
                reading.Warn($"{pointing.From} lie {degrees:F0}° from {found.From}: {found.From} are used.");
            }
        }
        return found;
    }

    private static Sourced<SkyCoordinate>? Pointing(HeaderReading reading, string raKey, string decKey, Sourced<JulianDate>? start)
    {
        string ra = reading.Text(raKey)!;
        string dec = reading.Text(decKey)!;
        if (HeaderReading.TryNumber(ra, out double number))
        {
            string comment = reading.Comment(raKey);
            bool hours =
                reading.Profile?.RightAscensionInHours == true
                || comment.Contains("hours", StringComparison.OrdinalIgnoreCase)
                || CommentUnit.In(comment, CommentUnit.Seconds) == 3600;
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

    /// <summary>A comment that speaks of the west, not of the east, nor of what is negative there.</summary>
    [GeneratedRegex(
        @"^(?!.*(?:\b(?:east|E)\b|\bneg|-\s*W\b|\b(?:west|W)\s*[=:]?\s*-)).*\b(?:west|W)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex West { get; }
}
