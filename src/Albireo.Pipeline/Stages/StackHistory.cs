using System.Globalization;
using System.Text.Json;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>By which settings a stack was combined, a line each; goes to HISTORY.</summary>
internal static class StackHistory
{
    /// <summary>How the values of a pixel became one.</summary>
    public static string Of(StackOptions options)
    {
        string rounds = Text($"{options.Iterations} rounds at most");
        string limits = Text($"limits -{options.SigmaLow:G6} +{options.SigmaHigh:G6}");
        string least = options.MinimumSpread > 0 ? Text($" (at least {options.MinimumSpread:G6})") : "";
        return options.Method switch
        {
            StackMethod.ClippedMean =>
                $"{Word(options.Method)} about the {Word(options.Center)}, {limits} {Word(options.Spread)}{least}, {rounds}",
            StackMethod.WinsorisedMean => $"{Word(options.Method)}, {limits}{least}, {rounds}",
            StackMethod.MinMaxMean => Text(
                $"{Word(options.Method)} without the {options.RejectLowest} lowest and the {options.RejectHighest} highest"
            ),
            _ => Word(options.Method),
        };
    }

    /// <summary>How a group of calibration frames became a master.</summary>
    /// <param name="job">The group.</param>
    /// <param name="frame">One of its frames.</param>
    /// <param name="used">How many values each pixel rests on.</param>
    public static IReadOnlyList<string> Of(StackJob job, FrameInfo frame, ReadOnlySpan<ushort> used)
    {
        MasterOptions options = job.Options;
        ReadoutLayout layout = job.Layout(frame);
        var lines = new List<string>();
        if (job.Kind == FrameKind.Flat && options.Flat.Scale != FlatLevel.None)
        {
            string where = job.LevelRegion(layout.Width, layout.Height, out _) is { } r
                ? Text($" of {r.FirstColumn}:{r.EndColumn},{r.FirstRow}:{r.EndRow}")
                : "";
            string level = options.Flat.Reference == FlatReference.FirstFrame ? ", times the first one's" : "";
            lines.Add($"each divided by its {Word(options.Flat.Scale)}{where}{level}");
        }
        string weights =
            job.Kind == FrameKind.Flat && options.Flat.Weights != FlatWeights.None ? $", weighted by {Word(options.Flat.Weights)}" : "";
        string precision = options.DoublePrecision ? ", in double precision" : "";
        lines.Add($"combined by {Of(job.Stack)}{weights}{precision}");
        if (job.Kind == FrameKind.Flat && options.Flat.Normalise != FlatLevel.None)
        {
            lines.Add($"the master divided by its {Word(options.Flat.Normalise)}");
        }
        if (job.IsDark && options.Dark.ClipFrames)
        {
            lines.Add("each clipped over the picture");
        }
        int holes = used.Count((ushort)0);
        if (holes > 0 && (job.Kind == FrameKind.Flat ? options.Flat.FillHoles : job.IsDark && options.Dark.FillHoles))
        {
            lines.Add(Text($"{holes} pixels without a value got {(job.IsDark ? "the mean" : "1")}"));
        }
        return lines;
    }

    /// <summary>As recipes write it.</summary>
    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
