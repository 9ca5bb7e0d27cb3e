using System.Globalization;
using Albireo.Pipeline.Options;
using Albireo.Science.Sky;

namespace Albireo.Pipeline;

/// <summary>What to type for a request: shown in the report and by the workbench.</summary>
public static class CommandLine
{
    public static string Of(ReductionRequest request)
    {
        var words = new List<string> { "albireo", request.JoinsReductions ? "curve" : "reduce" };
        words.AddRange(request.Inputs);
        if (request.JoinsReductions)
        {
            words.Add("--join");
        }
        words.AddRange(["-o", request.Output]);
        void Option(string name, string? value)
        {
            if (value is not null)
            {
                words.AddRange([name, value]);
            }
        }
        Option("--target", request.Target?.Text);
        foreach (var comparison in request.Comparisons)
        {
            Option("--comparison", comparison.Text);
        }
        Option("--check", request.Check?.Text);
        Option("--stars", request.StarsFile);
        Option("--reference", request.Reference);
        Option("--sky", request.Sky is { } sky ? Words(sky) : null);
        Option("--site", request.Site is { } s ? Words(s) : null);
        Option("--object", request.ObjectName);
        Option("--filter", request.Filter);
        if (request.Join)
        {
            words.Add("--join");
        }
        if (!request.KeepCalibrated)
        {
            words.Add("--no-calibrated");
        }
        words.AddRange(Sets(request.Settings));
        return Join(words);
    }

    /// <summary>The same for the stages after the last pixel.</summary>
    public static string Of(CurveRequest request)
    {
        var words = new List<string> { "albireo", "curve", "-o", request.Output };
        void Option(string name, string? value)
        {
            if (value is not null)
            {
                words.AddRange([name, value]);
            }
        }
        Option("--target", request.Stars.NoTarget ? "none" : request.Stars.Target?.Text);
        foreach (var comparison in request.Stars.Comparisons)
        {
            Option("--comparison", comparison.Text);
        }
        Option("--comparison", request.Stars.ChooseComparisons ? "auto" : null);
        Option("--check", request.Stars.NoCheck ? "none" : request.Stars.Check?.Text);
        Option("--stars", request.Stars.StarsFile);
        Option("--sky", request.Sky is { } sky ? Words(sky) : null);
        Option("--site", request.Site is { } s ? Words(s) : null);
        words.AddRange(Sets(request.Settings));
        return Join(words);
    }

    /// <summary><c>--set key=value</c> for each setting.</summary>
    public static IEnumerable<string> Sets(IEnumerable<Setting> settings) =>
        settings.SelectMany(s => (string[])["--set", $"{s.Key}={string.Join(',', s.Values)}"]);

    /// <summary>Words as a shell takes them.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    /// <summary>Coordinates as <c>--sky</c> takes them.</summary>
    public static string Words(SkyCoordinate sky) => $"{sky.RightAscensionText()},{sky.DeclinationText()}";

    /// <summary>A place as <c>--site</c> takes it.</summary>
    public static string Words(Site s) =>
        string.Create(CultureInfo.InvariantCulture, $"{s.LatitudeDegrees},{s.LongitudeDegrees},{s.HeightMetres}");

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./,:=+@%".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
