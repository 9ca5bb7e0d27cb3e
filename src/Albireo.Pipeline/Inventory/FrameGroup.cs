namespace Albireo.Pipeline.Inventory;

/// <summary>Frames that differ in their time only: one row of the table of groups.</summary>
public sealed record FrameGroup
{
    public DateOnly? Night { get; init; }
    public string? Telescope { get; init; }
    public string? Filter { get; init; }
    public FrameKind Kind { get; init; }

    /// <summary>Of lights; calibration frames are grouped whatever their OBJECT.</summary>
    public string? Target { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public string? Binning { get; init; }
    public double? ExposureSeconds { get; init; }

    /// <summary>In time order.</summary>
    public required IReadOnlyList<FrameInfo> Frames { get; init; }

    /// <summary>All groups of some frames: by night, then telescope, kind, filter, target, size, binning, exposure.</summary>
    public static IReadOnlyList<FrameGroup> Of(IEnumerable<FrameInfo> frames, Func<FrameInfo, DateOnly?> nightOf) =>
        [
            .. frames
                .GroupBy(f =>
                {
                    bool light = f.EffectiveKind is FrameKind.Light or FrameKind.Unknown;
                    bool glass = light || f.EffectiveKind.Unmastered() == FrameKind.Flat;
                    return (
                        Night: nightOf(f),
                        Telescope: f.Telescope?.Value ?? f.Instrument?.Value,
                        Filter: glass ? f.Filter?.Value : null,
                        Kind: f.EffectiveKind,
                        Target: light ? Observation.Plain(f.ObjectName?.Value) : null,
                        f.Width,
                        f.Height,
                        Binning: f.Binning?.Value,
                        Exposure: f.ExposureSeconds?.Value
                    );
                })
                .Select(g => new FrameGroup
                {
                    Night = g.Key.Night,
                    Telescope = g.Key.Telescope,
                    Filter = g.Key.Filter,
                    Kind = g.Key.Kind,
                    Target = g.Key.Target is null ? null : g.First().ObjectName!.Value,
                    Width = g.Key.Width,
                    Height = g.Key.Height,
                    Binning = g.Key.Binning,
                    ExposureSeconds = g.Key.Exposure,
                    Frames = [.. g],
                })
                .OrderBy(g => g.Night)
                .ThenBy(g => g.Telescope, StringComparer.Ordinal)
                .ThenBy(g => g.Kind)
                .ThenBy(g => g.Filter, StringComparer.Ordinal)
                .ThenBy(g => g.Target, StringComparer.Ordinal)
                .ThenBy(g => (g.Width, g.Height))
                .ThenBy(g => g.Binning, StringComparer.Ordinal)
                .ThenBy(g => g.ExposureSeconds),
        ];
}
