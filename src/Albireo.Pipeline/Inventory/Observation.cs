namespace Albireo.Pipeline.Inventory;

/// <summary>One target through one filter with one instrument in one night.</summary>
public sealed record Observation
{
    /// <summary>As the first light writes it; null where the lights name none.</summary>
    public string? Target { get; init; }
    public string? Filter { get; init; }
    public string? Instrument { get; init; }

    /// <summary>The date on which the night began; null where the start is not known, and for joined nights.</summary>
    public DateOnly? Night { get; init; }

    /// <summary>TARGET_FILTER_NIGHT, safe as a folder's name and unique among the observations of an inventory.</summary>
    public required string Label { get; init; }

    /// <summary>The lights of the size that most have, in time order.</summary>
    public required IReadOnlyList<FrameInfo> Lights { get; init; }

    /// <summary>Lights of another size, which cannot take part, each with its <see cref="FrameInfo.Problem"/>.</summary>
    public IReadOnlyList<FrameInfo> Misfits { get; init; } = [];

    /// <summary>The observations among some frames, by night, target, filter.</summary>
    /// <param name="frames">Of any kind; the lights count.</param>
    /// <param name="nightOf">The night of a frame.</param>
    /// <param name="join">Put the nights of one target and filter together.</param>
    public static IReadOnlyList<Observation> Of(IEnumerable<FrameInfo> frames, Func<FrameInfo, DateOnly?> nightOf, bool join = false)
    {
        var found = frames
            .Where(f => f.EffectiveKind == FrameKind.Light)
            .GroupBy(f =>
                (
                    Target: Plain(f.ObjectName?.Value),
                    f.Filter?.Value,
                    Instrument: InstrumentOf(f)?.ToUpperInvariant(),
                    Night: join ? null : nightOf(f)
                )
            )
            .Select(g => One(g.Key.Night, [.. g]))
            .OrderBy(o => o.Night)
            .ThenBy(o => Plain(o.Target), StringComparer.Ordinal)
            .ThenBy(o => o.Filter, StringComparer.Ordinal)
            .ThenBy(o => o.Instrument, StringComparer.Ordinal)
            .ToList();
        return Labelled(found);
    }

    private static Observation One(DateOnly? night, List<FrameInfo> lights)
    {
        (int Width, int Height) size = lights.GroupBy(f => (f.Width, f.Height)).OrderByDescending(g => g.Count()).First().Key;
        return new Observation
        {
            Target = lights[0].ObjectName?.Value,
            Filter = lights[0].Filter?.Value,
            Instrument = InstrumentOf(lights[0]),
            Night = night,
            Label = "",
            Lights = lights.FindAll(f => (f.Width, f.Height) == size),
            Misfits =
            [
                .. lights
                    .Where(f => (f.Width, f.Height) != size)
                    .Select(f =>
                        f with
                        {
                            Problem = $"{f.Path}: the picture is {f.Width}×{f.Height}, the other lights are {size.Width}×{size.Height}.",
                        }
                    ),
            ],
        };
    }

    private static List<Observation> Labelled(List<Observation> found)
    {
        var labels = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var labelled = new List<Observation>();
        bool severalInstruments = found.Select(o => o.Instrument).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1;
        foreach (Observation observation in found)
        {
            string night = observation.Night?.ToString("O") ?? "nights";
            string label = $"{SafeName.Of(observation.Target, "no-object")}_{SafeName.Of(observation.Filter, "no-filter")}_{night}";
            string unique = label;
            if (labels.Contains(unique) && severalInstruments)
            {
                unique = $"{label}_{SafeName.Of(observation.Instrument, "no-instrument")}";
            }
            for (int i = 2; !labels.Add(unique); i++)
            {
                unique = $"{label}_{i}";
            }
            labelled.Add(observation with { Label = unique });
        }
        return labelled;
    }

    private static string? InstrumentOf(FrameInfo frame) => frame.Instrument?.Value ?? frame.Telescope?.Value;

    /// <summary>Case, blanks and underscores do not make another target.</summary>
    internal static string? Plain(string? target) =>
        target is null ? null : string.Concat(target.Where(c => !char.IsWhiteSpace(c) && c != '_')).ToUpperInvariant();
}
