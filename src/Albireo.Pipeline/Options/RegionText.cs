using System.Globalization;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>A part of a picture as it is typed: <c>x0:x1,y0:y1</c>, half-open, 0-based.</summary>
public static class RegionText
{
    public const string Expected = "x0:x1,y0:y1 with x0 < x1 and y0 < y1, 0-based, the ends not included, for example 100:200,0:50";

    public static bool TryParse(string text, out PixelRegion region)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[] numbers =
        [
            .. text.Split(',', ':').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int v) ? v : -1),
        ];
        bool isPair = text.Split(',') is [{ } columns, { } rows] && columns.Count(c => c == ':') == 1 && rows.Count(c => c == ':') == 1;
        bool isRegion = isPair && numbers is [>= 0, >= 0, >= 0, >= 0] && numbers[0] < numbers[1] && numbers[2] < numbers[3];
        region = isRegion ? new PixelRegion(numbers[0], numbers[1], numbers[2], numbers[3]) : default;
        return isRegion;
    }

    /// <summary>The text of an option, or null.</summary>
    /// <exception cref="ArgumentException">It is no region.</exception>
    internal static string? Require(string? text) =>
        text is null || TryParse(text, out _)
            ? text
            : throw new ArgumentException($"{text} is no region; expected {Expected}.", nameof(text));

    /// <summary>The region of an option that was checked.</summary>
    internal static PixelRegion? Of(string? text) => text is not null && TryParse(text, out PixelRegion region) ? region : null;
}
