using System.Globalization;
using Albireo.Pipeline;
using Albireo.Science.Calibration;

namespace Albireo.Cli;

/// <summary>A part of a picture as it is typed: <c>x0:x1,y0:y1</c>, half-open, 0-based.</summary>
public static class RegionArgument
{
    public static PixelRegion? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }
        int[] numbers =
        [
            .. text.Split(',', ':').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int v) ? v : -1),
        ];
        bool isPair = text.Split(',') is [{ } columns, { } rows] && columns.Count(c => c == ':') == 1 && rows.Count(c => c == ':') == 1;
        return isPair && numbers is [>= 0, >= 0, >= 0, >= 0] && numbers[0] < numbers[1] && numbers[2] < numbers[3]
            ? new PixelRegion(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new AlbireoException(
                Failure.Usage,
                $"--region {text}: expected x0:x1,y0:y1 with x0 < x1 and y0 < y1, 0-based, the ends not included, for example 100:200,0:50."
            );
    }
}
