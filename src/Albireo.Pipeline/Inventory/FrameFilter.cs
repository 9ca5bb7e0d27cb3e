using Albireo.Pipeline.Instruments;

namespace Albireo.Pipeline.Inventory;

/// <summary>Which frames to keep, by patterns with <c>*</c> and <c>?</c>; a pattern that is null keeps all.</summary>
public sealed record FrameFilter
{
    /// <summary>light, bias, dark, flat, darkflat, unknown.</summary>
    public string? Kind { get; init; }
    public string? Target { get; init; }

    /// <summary>A prime may be written as p: rp keeps r'.</summary>
    public string? Filter { get; init; }

    /// <summary>Held against INSTRUME and TELESCOP.</summary>
    public string? Instrument { get; init; }

    /// <summary>The date on which the night began, as 2017-12-19.</summary>
    public string? Night { get; init; }

    /// <summary>Held against the file's name.</summary>
    public string? File { get; init; }

    /// <summary>Whether a frame is kept. What a frame does not say fits the pattern <c>*</c> only.</summary>
    public bool Keeps(FrameInfo frame, DateOnly? night)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Fits(Kind, frame.EffectiveKind.Word())
            && Fits(Target, frame.ObjectName?.Value)
            && (Fits(Filter, frame.Filter?.Value) || Fits(Filter, frame.Filter?.Value.Replace('\'', 'p')))
            && (Fits(Instrument, frame.Instrument?.Value) || Fits(Instrument, frame.Telescope?.Value))
            && Fits(Night, night?.ToString("yyyy-MM-dd"))
            && (File is null || Wildcard.MatchesFile(File, frame.Path));
    }

    private static bool Fits(string? pattern, string? text) => pattern is null || Wildcard.Matches(pattern, text ?? "");
}
