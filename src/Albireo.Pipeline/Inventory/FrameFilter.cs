using System.Globalization;
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

    /// <summary>Seconds.</summary>
    public string? Exposure { get; init; }

    /// <summary>As 2x2.</summary>
    public string? Binning { get; init; }

    /// <summary>As 1024x768.</summary>
    public string? Size { get; init; }

    /// <summary>Held against the file's name.</summary>
    public string? File { get; init; }

    /// <summary>Whether a frame is kept. What a frame does not say fits the pattern <c>*</c> only.</summary>
    public bool Keeps(FrameInfo frame, DateOnly? night)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Fits(Kind, frame.EffectiveKind.Word())
            && Fits(Target, frame.ObjectName?.Value)
            && FitsFilter(Filter, frame.Filter?.Value)
            && (Fits(Instrument, frame.Instrument?.Value) || Fits(Instrument, frame.Telescope?.Value))
            && Fits(Night, night?.ToString("O"))
            && Fits(Exposure, frame.ExposureSeconds?.Value.ToString("0.######", CultureInfo.InvariantCulture))
            && Fits(Binning, frame.Binning?.Value)
            && Fits(Size, string.Create(CultureInfo.InvariantCulture, $"{frame.Width}x{frame.Height}"))
            && (File is null || Wildcard.MatchesFile(File, frame.Path));
    }

    /// <summary>Whether the name of a filter fits; a prime may be written as p.</summary>
    public static bool FitsFilter(string? pattern, string? filter) => Fits(pattern, filter) || Fits(pattern, filter?.Replace('\'', 'p'));

    /// <summary>Whether a text, empty where it is null, fits a pattern; a pattern that is null fits all.</summary>
    public static bool Fits(string? pattern, string? text) => pattern is null || Wildcard.Matches(pattern, text ?? "");
}
