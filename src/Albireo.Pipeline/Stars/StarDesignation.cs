using System.Globalization;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stars;

/// <summary>How a user points at a star: <c>X,Y</c> in pixels, <c>RA,DEC</c>, <c>#id</c>, or a name.</summary>
public abstract record StarDesignation(string Text)
{
    public sealed record Pixel(string Text, double X, double Y) : StarDesignation(Text);

    public sealed record Sky(string Text, SkyCoordinate Position) : StarDesignation(Text);

    public sealed record Id(string Text, int Number) : StarDesignation(Text);

    public sealed record Named(string Text) : StarDesignation(Text);

    /// <summary>
    /// Two plain numbers are pixels; <c>RA,DEC</c> is told by a colon (sexagesimal, hours) or a trailing d (degrees).
    /// </summary>
    /// <exception cref="AlbireoException">The text fits none of the forms.</exception>
    public static StarDesignation Parse(string text, string option)
    {
        string trimmed = text.Trim();
        string[] parts = trimmed.Split(',', StringSplitOptions.TrimEntries);
        if (trimmed.StartsWith('#'))
        {
            return int.TryParse(trimmed.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                ? new Id(trimmed, id)
                : throw Misfit(option, text);
        }
        if (parts.Length == 2 && IsNumber(parts[0], out double x) && IsNumber(parts[1], out double y))
        {
            return new Pixel(trimmed, x, y);
        }
        if (parts.Length == 2 && SkyCoordinate.TryParse(parts[0], parts[1], out SkyCoordinate position, out _))
        {
            return new Sky(trimmed, position);
        }
        return trimmed.Length > 0 && !trimmed.Contains(',', StringComparison.Ordinal) ? new Named(trimmed) : throw Misfit(option, text);
    }

    private static bool IsNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static AlbireoException Misfit(string option, string text) =>
        new(
            Failure.Usage,
            $"{option} {text}: expected X,Y in pixels of the reference frame, RA,DEC (hh:mm:ss,±dd:mm:ss), #id of a star in observation.fits, or a name from --stars."
        );
}
