using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>What a frame of its kind should have and has not, and what does not go together.</summary>
internal static class FrameSense
{
    /// <summary>One sentence for everything that is odd.</summary>
    public static IReadOnlyList<string> Of(FrameInfo frame)
    {
        var sentences = new List<string>();
        FrameKind kind = frame.EffectiveKind.Unmastered();
        if (frame.Kind is { Value: FrameKind.Unknown } word)
        {
            sentences.Add($"{word.From} = '{word.Raw}' is no known kind of frame.");
        }
        if (
            frame.Kind is { From: not NightFile.FileName } header
            && KindReader.Contrary(header, frame.Path, frame.ObjectName?.Value) is { } contrary
        )
        {
            sentences.Add(contrary);
        }
        if (frame.Kind is null && frame.Contradiction is null && frame.SuggestedKind is null)
        {
            sentences.Add("The header names no kind of frame, nor do its file name and OBJECT.");
        }
        if (kind == FrameKind.Unknown)
        {
            return sentences;
        }
        if (frame.Start is null && kind == FrameKind.Light)
        {
            sentences.Add("The start of the exposure is not known.");
        }
        if (frame.ExposureSeconds is null && kind is not FrameKind.Bias)
        {
            sentences.Add("The exposure is not known.");
        }
        if (frame.ExposureSeconds is { Value: 0 } zero && kind is FrameKind.Light or FrameKind.Flat or FrameKind.Dark)
        {
            sentences.Add($"{zero.From} = 0 on a {kind.Phrase()} frame.");
        }
        if (kind == FrameKind.Bias && frame.ExposureSeconds is { Value: > 0.1 } long_)
        {
            sentences.Add($"A bias frame with {long_.From} = {long_.Raw}: is it a dark?");
        }
        if (frame is { TemperatureCelsius: { } sensor, SetPointCelsius: { } set } && Math.Abs(sensor.Value - set.Value) > 5)
        {
            sentences.Add($"{sensor.From} = {sensor.Raw} is far from {set.From} = {set.Raw}: the cooler had not settled.");
        }
        if (frame.Filter is null && kind is FrameKind.Light or FrameKind.Flat)
        {
            sentences.Add("The filter is not known.");
        }
        return sentences;
    }

    /// <summary>A frame of which somebody knows better than its header: what was odd only there is no longer said.</summary>
    /// <param name="corrected">As it is now.</param>
    /// <param name="read">As it was.</param>
    public static FrameInfo Again(FrameInfo corrected, FrameInfo read)
    {
        if (ReferenceEquals(corrected, read))
        {
            return corrected;
        }
        IReadOnlyList<string> before = Of(read);
        return corrected with { Warnings = [.. corrected.Warnings.Where(w => !before.Contains(w)), .. Of(corrected)] };
    }
}
