using Albireo.Pipeline;
using Albireo.Pipeline.Stars;
using Albireo.Science.Sky;

namespace Albireo.Web.Curves;

/// <summary>Words of a page in the forms of the command line.</summary>
internal static class PageWords
{
    public static StarDesignation? Star(string? text, string option) =>
        string.IsNullOrWhiteSpace(text) ? null : StarDesignation.Parse(text, option);

    public static SkyCoordinate? Sky(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : SkyCoordinate.TryParse(text, out SkyCoordinate sky, out string? why) ? sky
        : throw new AlbireoException(Failure.Usage, $"--sky {text}: {why}");

    public static Site? Site(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : Science.Sky.Site.TryParse(text, out Site site, out string? why) ? site
        : throw new AlbireoException(Failure.Usage, $"--site {text}: {why}");

    public static StarChoice Choice(CurveChange change)
    {
        IReadOnlyList<string> comparisons = change.Comparisons ?? [];
        return new StarChoice
        {
            Target = change.Target == "none" ? null : Star(change.Target, "--target"),
            NoTarget = change.Target == "none",
            Comparisons = [.. comparisons.Where(c => c != "auto").Select(c => StarDesignation.Parse(c, "--comparison"))],
            ChooseComparisons = comparisons.Contains("auto"),
            Check = change.Check == "none" ? null : Star(change.Check, "--check"),
            NoCheck = change.Check == "none",
        };
    }
}
