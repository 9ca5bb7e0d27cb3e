using System.Globalization;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>What was done to a frame, one line a step, in the order in which it was done; goes to HISTORY.</summary>
public static class CalibrationHistory
{
    public static IReadOnlyList<string> Of(
        ReadoutLayout layout,
        MasterSet set,
        BadPixelMap? bad,
        string? cosmicRays,
        FrameNoise noise,
        CalibrateOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(options);
        string?[] steps =
        [
            layout.Overscan is { } strip
                ? $"overscan {ReadoutLayout.Show(strip)} of {layout.OverscanFrom}: {Word(layout.OverscanOptions!)}"
                : null,
            layout.PedestalAdu != 0 ? Text($"pedestal {layout.PedestalAdu:G8} added") : null,
            layout.IsTrimmed ? $"trimmed to {ReadoutLayout.Show(layout.Kept)} of {layout.KeptFrom}" : null,
            Removed("bias", set.Bias, set.BiasScale),
            options.Linearity.Count > 0
                ? "linearity " + string.Join(' ', options.Linearity.Select(c => c.ToString("G9", CultureInfo.InvariantCulture)))
                : null,
            Removed("dark", set.Dark, set.DarkScale),
            Removed("flat", set.Flat, 1),
            options.Electrons ? Text($"electrons: multiplied by {noise.Detector.GainElectronsPerAdu:G8} of {noise.GainFrom}") : null,
            options.LevelDrift == DriftChoice.None
                ? null
                : $"level drift: of {(options.LevelDrift == DriftChoice.Rows ? "rows" : "columns")}, clipped medians less their mean",
            options.Negative switch
            {
                NegativePixels.Undefined => "negative pixels made undefined",
                NegativePixels.MinusOne => "negative and undefined pixels made -1",
                _ => null,
            },
            bad?.Provenance,
            cosmicRays,
            options.Flip switch
            {
                FlipChoice.UpDown => "turned upside down",
                FlipChoice.LeftRight => "mirrored left to right",
                _ => null,
            },
        ];
        return [.. steps.OfType<string>()];
    }

    private static string Removed(Master master) => $"{master.Name}{(master.Section is { } section ? ReadoutLayout.Show(section) : "")}";

    private static string? Removed(string what, Master? master, double scale) =>
        master is null ? null : Text($"{what} {Removed(master)}{(scale == 1 ? "" : Text($" x {scale:G8}"))} sha256 {master.Sha256}");

    private static string Word(OverscanOptions options) =>
        options.Method switch
        {
            OverscanMethod.Polynomial => Text($"polynomial of degree {options.Degree} through the means of the lines"),
            OverscanMethod.Constant => "one median",
            _ => options.Method.ToString().ToLowerInvariant() + " of each line",
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
