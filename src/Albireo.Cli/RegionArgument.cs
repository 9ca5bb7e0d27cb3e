using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Cli;

/// <summary>The option <c>--region</c>.</summary>
public static class RegionArgument
{
    public static PixelRegion? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }
        return RegionText.TryParse(text, out PixelRegion region)
            ? region
            : throw new AlbireoException(Failure.Usage, $"--region {text}: expected {RegionText.Expected}.");
    }
}
