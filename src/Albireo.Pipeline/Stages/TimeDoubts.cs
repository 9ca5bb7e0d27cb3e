using System.Globalization;

namespace Albireo.Pipeline.Stages;

/// <summary>What is odd about the times of an observation's frames, one sentence each. Frames are in the order of their times.</summary>
internal static class TimeDoubts
{
    public static IEnumerable<string> Of(IReadOnlyList<FrameRow> frames)
    {
        FrameRow[] dated = [.. frames.Where(f => f.MidUtc is not null).OrderBy(f => f.MidUtc!.Value.Value)];
        (FrameRow First, FrameRow Second)[] same =
        [
            .. dated.Zip(dated.Skip(1)).Where(p => Math.Abs(p.Second.MidUtc!.Value.DaysSince(p.First.MidUtc!.Value)) * 86400 < 1e-3),
        ];
        if (same.Length > 0)
        {
            (FrameRow first, FrameRow second) = same[0];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{first.Info.Name} and {second.Info.Name} are of one instant, {first.MidUtc!.Value.ToIso(3)} UTC{(same.Length > 1 ? $", and {same.Length - 1} more pairs" : "")}: both count; leave one out with --set curve.exclude-frames={second.Info.Name}."
            );
        }
        if (FirstBackwards(dated) is var (earlier, later))
        {
            yield return $"By their names the frames run otherwise than by their times: {later.Info.Name} is earlier than {earlier.Info.Name}. The times count; look at the clock of the camera.";
        }
    }

    /// <summary>Two neighbours of a running number whose times are the other way round; null where names are no running numbers.</summary>
    private static (FrameRow Earlier, FrameRow Later)? FirstBackwards(FrameRow[] frames)
    {
        (string Prefix, long Number, FrameRow Frame)[] numbered = [.. frames.Select(f => Numbered(f)).OfType<(string, long, FrameRow)>()];
        if (numbered.Length < 2 || numbered.Length < frames.Length || numbered.Any(n => n.Prefix != numbered[0].Prefix))
        {
            return null;
        }
        Array.Sort(numbered, (a, b) => a.Number.CompareTo(b.Number));
        bool isRunning = numbered[^1].Number - numbered[0].Number < 2L * numbered.Length;
        for (int i = 1; i < numbered.Length && isRunning; i++)
        {
            if (numbered[i].Frame.MidUtc!.Value.DaysSince(numbered[i - 1].Frame.MidUtc!.Value) < 0)
            {
                return (numbered[i - 1].Frame, numbered[i].Frame);
            }
        }
        return null;
    }

    private static (string Prefix, long Number, FrameRow Frame)? Numbered(FrameRow frame)
    {
        string name = frame.Info.Name;
        int digits = name.Reverse().TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 18
            ? (name[..^digits], long.Parse(name.AsSpan(name.Length - digits), NumberStyles.None, CultureInfo.InvariantCulture), frame)
            : null;
    }
}
