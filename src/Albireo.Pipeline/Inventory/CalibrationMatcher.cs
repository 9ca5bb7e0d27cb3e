using System.Globalization;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// Finds the calibration frames of an observation: same camera, size, binning, gain and offset setting and readout mode; darks also of
/// the set-point, flats of the filter. What a header does not say does not speak against a frame. The nearest night within the window
/// serves, for darks the nearest of every exposure; of two equally near ones the earlier.
/// </summary>
public static class CalibrationMatcher
{
    /// <param name="observation">The lights that are to be calibrated.</param>
    /// <param name="pool">All frames of the inventory.</param>
    /// <param name="nightOf">The night of a frame.</param>
    /// <param name="window">Nights and temperatures that may serve.</param>
    public static CalibrationSet For(
        Observation observation,
        IEnumerable<FrameInfo> pool,
        Func<FrameInfo, DateOnly?> nightOf,
        CalibrationWindow window
    )
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(window);
        FrameInfo light = observation.Lights[0];
        // Joined nights take the calibration frames of all of them.
        DateOnly[] nights = [.. observation.Lights.Select(nightOf).OfType<DateOnly>().Distinct().Order()];
        var notes = new List<string>();
        List<FrameInfo> frames = [.. pool];
        IReadOnlyList<FrameInfo> Of(FrameKind kind) =>
            Select(kind, frames.FindAll(f => f.EffectiveKind.Unmastered() == kind), light, nights, nightOf, window, notes);
        return new CalibrationSet
        {
            Bias = Of(FrameKind.Bias),
            Darks = Of(FrameKind.Dark),
            Flats = Of(FrameKind.Flat),
            DarkFlats = Of(FrameKind.DarkFlat),
            Notes = notes,
        };
    }

    /// <summary>Why a calibration frame does not fit a light, or null when it does. Exposures and nights are not looked at.</summary>
    public static string? WhyNot(FrameInfo frame, FrameInfo light, CalibrationWindow window)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(light);
        ArgumentNullException.ThrowIfNull(window);
        FrameKind kind = frame.EffectiveKind.Unmastered();
        if (!window.AnyCamera && Differ(frame.Instrument?.Value, light.Instrument?.Value))
        {
            return $"are from the camera {frame.Instrument!.Value}, the lights from {light.Instrument!.Value}; masters.any-camera=true takes them all the same";
        }
        if (!FitsSize(frame, light))
        {
            bool isPart = light.Width <= frame.Width && light.Height <= frame.Height && light.SubFrameOrigin is null;
            return $"are {frame.Width}×{frame.Height}, the lights {light.Width}×{light.Height}"
                + (isPart ? " without XORGSUBF and YORGSUBF or LTV1 and LTV2 to say where on the chip they begin" : "");
        }
        foreach ((string what, Sourced<string>? own, Sourced<string>? wanted) in Settings(frame, light))
        {
            if (Differ(own?.Value, wanted?.Value))
            {
                return $"have {what} {own!.Value}, the lights {wanted!.Value}";
            }
        }
        if (
            kind is FrameKind.Dark or FrameKind.DarkFlat
            && Temperatures(frame, light) is { } pair
            && Math.Abs(pair.Frame - pair.Light) > window.TemperatureTolerance
        )
        {
            return $"were taken at {Show(pair.Frame)} °C, the lights at {Show(pair.Light)} °C, and masters.temperature-tolerance is {Show(window.TemperatureTolerance)} °C";
        }
        if (kind == FrameKind.Flat && !SameFilter(frame, light))
        {
            return $"are in {frame.Filter?.Value ?? "no filter"}, the lights in {light.Filter?.Value ?? "no filter"}";
        }
        return null;
    }

    private static List<FrameInfo> Select(
        FrameKind kind,
        List<FrameInfo> frames,
        FrameInfo light,
        DateOnly[] nights,
        Func<FrameInfo, DateOnly?> nightOf,
        CalibrationWindow window,
        List<string> notes
    )
    {
        var fitting = new List<FrameInfo>();
        foreach (var group in frames.GroupBy(f => WhyNot(f, light, window)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (group.Key is null)
            {
                fitting.AddRange(group);
            }
            else
            {
                notes.Add($"{Count(group.Count(), kind)} {group.Key}: not used.");
            }
        }
        bool byExposure = kind is FrameKind.Dark or FrameKind.DarkFlat;
        var chosen = new List<FrameInfo>();
        foreach (var exposure in fitting.GroupBy(f => byExposure ? f.ExposureSeconds?.Value : null).OrderBy(g => g.Key))
        {
            chosen.AddRange(Nearest(kind, [.. exposure], nights, nightOf, window, notes));
        }
        chosen.Sort(InTimeOrder);
        return chosen;
    }

    private static List<FrameInfo> Nearest(
        FrameKind kind,
        List<FrameInfo> frames,
        DateOnly[] nights,
        Func<FrameInfo, DateOnly?> nightOf,
        CalibrationWindow window,
        List<string> notes
    )
    {
        // Frames without a date (masters often have none) belong to every night.
        List<FrameInfo> chosen = frames.FindAll(f => nightOf(f) is null || nights.Length == 0 || nights.Contains(nightOf(f)!.Value));
        if (chosen.Count > 0)
        {
            return chosen;
        }
        var near = frames
            .GroupBy(f => nightOf(f)!.Value)
            .Select(g => (Night: g.Key, Nights: nights.Select(n => g.Key.DayNumber - n.DayNumber).MinBy(Math.Abs), Frames: g.ToList()))
            .OrderBy(g => Math.Abs(g.Nights))
            .ThenBy(g => g.Nights)
            .ToList();
        int inside = near.FindIndex(g => g.Nights >= -window.PastNights && g.Nights <= window.FutureNights);
        if (inside < 0)
        {
            if (near.Count > 0)
            {
                notes.Add(
                    $"The nearest {Plural(kind)} are from {near[0].Night:yyyy-MM-dd}, {Away(near[0].Nights)}: not used (the window is {Window(window)})."
                );
            }
            return [];
        }
        notes.Add($"{Count(near[inside].Frames.Count, kind)} from {near[inside].Night:yyyy-MM-dd}, {Away(near[inside].Nights)}, serve.");
        return near[inside].Frames;
    }

    /// <summary>The same size, or a sub-frame whose place on the larger calibration frame is known.</summary>
    private static bool FitsSize(FrameInfo frame, FrameInfo light)
    {
        if (frame.Width == light.Width && frame.Height == light.Height)
        {
            return !(frame.SubFrameOrigin is { } a && light.SubFrameOrigin is { } b) || a.Value == b.Value;
        }
        return light.SubFrameOrigin is { } origin
            && (frame.SubFrameOrigin?.Value ?? default) == default
            && origin.Value.Column + light.Width <= frame.Width
            && origin.Value.Row + light.Height <= frame.Height;
    }

    private static IEnumerable<(string, Sourced<string>?, Sourced<string>?)> Settings(FrameInfo frame, FrameInfo light) =>
        [
            ("binning", frame.Binning, light.Binning),
            ("gain setting", frame.GainSetting, light.GainSetting),
            ("offset", frame.OffsetSetting, light.OffsetSetting),
            ("readout mode", frame.ReadoutMode, light.ReadoutMode),
        ];

    private static (double Frame, double Light)? Temperatures(FrameInfo frame, FrameInfo light) =>
        frame.SetPointCelsius is { } a && light.SetPointCelsius is { } b ? (a.Value, b.Value)
        : frame.TemperatureCelsius is { } c && light.TemperatureCelsius is { } d ? (c.Value, d.Value)
        : null;

    /// <summary>A flat without a filter serves lights without one.</summary>
    private static bool SameFilter(FrameInfo frame, FrameInfo light) => (frame.Filter?.Value ?? "") == (light.Filter?.Value ?? "");

    private static bool Differ(string? a, string? b) => a is not null && b is not null && !a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static int InTimeOrder(FrameInfo a, FrameInfo b)
    {
        int byTime = (a.Start?.Value.Value ?? double.MaxValue).CompareTo(b.Start?.Value.Value ?? double.MaxValue);
        return byTime != 0 ? byTime : string.CompareOrdinal(a.Path, b.Path);
    }

    private static string Away(int nights) =>
        $"{Math.Abs(nights)} night{(Math.Abs(nights) == 1 ? "" : "s")} {(nights < 0 ? "before" : "after")}";

    private static string Window(CalibrationWindow window) =>
        window.PastNights == 0 && window.FutureNights == 0
            ? "the observation's own night"
            : $"{window.PastNights} nights before to {window.FutureNights} after";

    private static string Plural(FrameKind kind) => kind == FrameKind.Bias ? "bias frames" : $"{kind.Phrase()}s";

    private static string Count(int count, FrameKind kind) =>
        count == 1 ? $"1 {kind.Phrase()} frame" : string.Create(CultureInfo.InvariantCulture, $"{count} {Plural(kind)}");

    private static string Show(double celsius) => celsius.ToString("0.#", CultureInfo.InvariantCulture);
}
