using System.Globalization;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Stages;

/// <summary>The frames of one night of an observation; a new night begins after a gap of more than six hours.</summary>
/// <param name="Name">The date on which the night began, with a number where two fall on one date.</param>
/// <param name="Frames">Indices, in time order; frames of unknown time belong to the first night.</param>
public sealed record NightFrames(string Name, IReadOnlyList<int> Frames)
{
    private const double GapDays = 0.25;

    /// <summary>The nights of an observation in time order; at least one.</summary>
    public static IReadOnlyList<NightFrames> Of(FluxTable table)
    {
        int[] order = [.. Enumerable.Range(0, table.Frames.Count).OrderBy(i => table.Frames[i].MidUtc?.Value ?? double.NegativeInfinity)];
        var nights = new List<List<int>> { new() };
        double last = double.NaN;
        foreach (int frame in order)
        {
            if (table.Frames[frame].MidUtc is { } middle)
            {
                if (middle.Value - last > GapDays)
                {
                    nights.Add([]);
                }
                last = middle.Value;
            }
            nights[^1].Add(frame);
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. nights.Select(n => new NightFrames(NameOf(table, n, names), n))];
    }

    private static string NameOf(FluxTable table, List<int> frames, HashSet<string> taken)
    {
        FrameRow? dated = frames.Select(f => table.Frames[f]).FirstOrDefault(f => f.MidUtc is not null);
        string date = dated is null
            ? "night"
            : ObservingNight.Of(dated.MidUtc!.Value, table.Site?.LongitudeDegrees).ToString("O", CultureInfo.InvariantCulture);
        string name = date;
        for (int i = 2; !taken.Add(name); i++)
        {
            name = $"{date}-{i}";
        }
        return name;
    }
}
