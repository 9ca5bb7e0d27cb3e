using System.Globalization;
using Albireo.Pipeline.Options;

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
        Option("--sky", request.Sky is { } sky ? $"{sky.RightAscensionText()},{sky.DeclinationText()}" : null);
        Option(
            "--site",
            request.Site is { } s
                ? string.Create(CultureInfo.InvariantCulture, $"{s.LatitudeDegrees},{s.LongitudeDegrees},{s.HeightMetres}")
                : null
        );
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
        foreach (Setting setting in request.Settings)
        {
            Option("--set", $"{setting.Key}={string.Join(',', setting.Values)}");
        }
        return string.Join(' ', words.Select(Quoted));
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./,:=+@%".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
