using System.Globalization;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>All masters of a night, and which of them serve a frame. Safe to ask from several threads.</summary>
/// <param name="all">Made here or given ready.</param>
/// <param name="unusable">Calibration frames that could not be used, with the reason.</param>
/// <param name="options">Tolerances and the window of nights.</param>
/// <param name="nightOf">The night of a frame.</param>
/// <param name="detectors">What was measured of the detector where nothing else tells.</param>
public sealed class Masters(
    IReadOnlyList<Master> all,
    IReadOnlyList<UnusableFrame> unusable,
    MasterOptions options,
    Func<FrameInfo, DateOnly?> nightOf,
    IReadOnlyList<MeasuredNoise> detectors
)
{
    /// <summary>Gains that differ by no more are the same gain, measured twice.</summary>
    internal const double GainTolerance = 0.02;

    private readonly CalibrationWindow window = options.Window();
    private readonly MasterCuts cuts = new();

    public IReadOnlyList<Master> All { get; } = all;

    /// <summary>Calibration frames that could not be used, with the reason.</summary>
    public IReadOnlyList<UnusableFrame> Unusable { get; } = unusable;

    /// <summary>
    /// The masters that fit a frame: same camera, size, binning, gain setting, offset, readout mode, for darks temperature, for flats filter;
    /// of the frame's night, else of the nearest one in the window. A flat has the darks made for flats before others. For a sub-frame the
    /// same part is cut from masters of the whole chip.
    /// </summary>
    public MasterSet For(FrameInfo frame, CalibrateOptions calibrate)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(calibrate);
        var remarks = new List<string>();
        Fitting fitting = FittingFor(frame, calibrate);
        Master? bias = calibrate.Bias ? Best(fitting.Bias) : null;
        if (calibrate.Bias && bias is null)
        {
            Missing(FrameKind.Bias, frame, "no bias was subtracted", remarks);
        }
        (Master? dark, double scale) = calibrate.Dark ? Dark(frame, fitting, bias, remarks) : (null, 0);
        Master? pedestal = null;
        if (dark is { HoldsBias: true } && scale == 1)
        {
            bias = null; // it goes with the dark
            pedestal = Best(fitting.Bias);
        }
        Master? flat = calibrate.Flat ? Flat(frame, fitting, remarks) : null;
        foreach (Master master in new[] { bias, dark, flat }.OfType<Master>())
        {
            TellNight(master, frame, remarks);
            TellGain(master, frame, remarks);
        }
        return new MasterSet(Under(bias), Under(dark), scale, Under(flat), remarks) { Pedestal = Under(pedestal) };

        Master? Under(Master? master) => master is null ? null : cuts.Under(frame, master, calibrate);
    }

    /// <summary>Gain, read noise and saturation of a frame: the user's word, what the inventory found, else what was measured.</summary>
    public FrameNoise NoiseOf(FrameInfo frame, DetectorOptions detector) =>
        FrameNoise.Of(frame, detector, detectors.FirstOrDefault(d => d.Fits(frame)));

    internal static bool IsSameExposure(double a, double b, MasterOptions options) =>
        Math.Abs(a - b) <= options.ExposureTolerance * Math.Max(a, b);

    /// <summary>What the masters leave of the memory; never less than a twentieth.</summary>
    internal long MemoryLeft(ResourceLimits limits)
    {
        long taken = All.Sum(m => (long)m.Image.Pixels.Length * sizeof(float) * (m.Uncertainty is null ? 1 : 2));
        return Math.Max(limits.MemoryBytes - taken, limits.MemoryBytes / 20);
    }

    private (Master? Dark, double Scale) Dark(FrameInfo frame, Fitting fitting, Master? bias, List<string> remarks)
    {
        bool isFlat = frame.EffectiveKind.Unmastered() == FrameKind.Flat;
        List<Master> darks = [.. fitting.Darks];
        List<Master> flatDarks = isFlat ? [.. fitting.DarkFlats] : [];
        if (darks.Count + flatDarks.Count == 0)
        {
            Missing(FrameKind.Dark, frame, "none was subtracted", remarks);
            return (null, 0);
        }
        if (frame.ExposureSeconds?.Value is not { } exposure)
        {
            remarks.Add("the exposure time is unknown: no dark was subtracted.");
            return (null, 0);
        }
        Master? nearest = Nearest(flatDarks, exposure);
        if (nearest is null || !IsSameExposure(nearest.ExposureSeconds, exposure, options))
        {
            nearest = Nearest([.. flatDarks, .. darks], exposure);
        }
        if (nearest is null)
        {
            remarks.Add("the exposure time of the darks is unknown: no dark was subtracted.");
            return (null, 0);
        }
        double scale = exposure / nearest.ExposureSeconds;
        if (nearest.IsPerSecond)
        {
            return (nearest, scale);
        }
        if (IsSameExposure(nearest.ExposureSeconds, exposure, options))
        {
            return (nearest, 1);
        }
        if (nearest.HoldsBias && bias is null)
        {
            remarks.Add(
                $"the nearest dark ({nearest.ExposureSeconds:G6} s) is not of the exposure {exposure:G6} s and, without bias frames, cannot be scaled: no dark was subtracted."
            );
            return (null, 0);
        }
        if (nearest.ExposureSeconds <= 0)
        {
            remarks.Add("the nearest dark has no exposure time to scale by: no dark was subtracted.");
            return (null, 0);
        }
        remarks.Add($"no dark of {exposure:G6} s: the one of {nearest.ExposureSeconds:G6} s was scaled by {scale:G4}.");
        return (nearest, scale);
    }

    private Master? Flat(FrameInfo frame, Fitting fitting, List<string> remarks)
    {
        Master? flat = Best(fitting.Flats);
        string filter = frame.Filter?.Value ?? "";
        if (flat is null && All.Any(m => m.Kind == FrameKind.Flat))
        {
            bool isOther = All.All(m => m.Kind != FrameKind.Flat || m.Filter != filter);
            string what = filter.Length == 0 ? "frames without a filter" : "filter " + filter;
            remarks.Add(
                isOther
                    ? $"no flat for {what}: the frame was not flat-fielded ({FlatsThere()})."
                    : $"no flat for {what} fits: {Why(m => m.Kind == FrameKind.Flat && m.Filter == filter, frame)}; the frame was not flat-fielded."
            );
        }
        return flat;
    }

    private string FlatsThere()
    {
        string[] filters =
        [
            .. All.Where(m => m.Kind == FrameKind.Flat).Select(m => m.Filter ?? "").Distinct().Order(StringComparer.Ordinal),
        ];
        return "there are flats in " + string.Join(", ", filters.Select(f => f.Length == 0 ? "no filter" : f));
    }

    /// <summary>A sentence where there are masters of a kind but none fits; that there are none at all the inventory has said.</summary>
    private void Missing(FrameKind kind, FrameInfo frame, string consequence, List<string> remarks)
    {
        if (All.Any(m => m.Kind == kind))
        {
            remarks.Add($"no {kind.Phrase()} fits {Describe(frame)} ({Why(m => m.Kind == kind, frame)}): {consequence}.");
        }
    }

    private string Why(Func<Master, bool> which, FrameInfo frame)
    {
        string them = frame.EffectiveKind.Unmastered() == FrameKind.Light ? "the lights" : $"the {frame.EffectiveKind.Phrase()}s";
        // Those of the frame's size tell more than that others have another one.
        foreach (Master master in All.Where(which).OrderBy(m => (m.Like.Width, m.Like.Height) != (frame.Width, frame.Height)))
        {
            if (CalibrationMatcher.WhyNot(master.Like, frame, window) is { } why)
            {
                return $"those of {master.Name} {why.Replace("the lights", them, StringComparison.Ordinal)}";
            }
        }
        return All.Any(m => which(m) && IsOtherNight(m, frame))
            ? "they lie outside masters.past-nights and masters.future-nights"
            : "they do not cover it";
    }

    private bool IsOtherNight(Master master, FrameInfo frame) =>
        nightOf(master.Like) is { } made && nightOf(frame) is { } own && made != own;

    private void TellNight(Master master, FrameInfo frame, List<string> remarks)
    {
        if (nightOf(master.Like) is { } made && nightOf(frame) is { } own && made != own)
        {
            int nights = made.DayNumber - own.DayNumber;
            string when = $"{Math.Abs(nights)} night{(Math.Abs(nights) == 1 ? "" : "s")} {(nights < 0 ? "before" : "after")}";
            remarks.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{master.Name} is from {made:yyyy-MM-dd}, {when}: there is none of the night itself."
                )
            );
        }
    }

    /// <summary>Counts of another gain are not what a bias or a dark takes away; of a flat only ratios count.</summary>
    private static void TellGain(Master master, FrameInfo frame, List<string> remarks)
    {
        if (
            master.Kind != FrameKind.Flat
            && master.Like.Gain is { } made
            && frame.Gain is { } own
            && Math.Abs(made.Value - own.Value) > GainTolerance * own.Value
        )
        {
            remarks.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{master.Name} was taken at {made.Value:G4} e-/ADU ({made.From}), the frames at {own.Value:G4} ({own.From}): it is subtracted all the same; 'exclude:' in night.yaml leaves frames out."
                )
            );
        }
    }

    /// <summary>Those that cover the frame and are of its camera, state, filter and night.</summary>
    private Fitting FittingFor(FrameInfo frame, CalibrateOptions calibrate)
    {
        Master[] covering = [.. All.Where(m => MasterCuts.PlaceOf(frame, m.Like, calibrate) is not null)];
        // Where they lie is known now; trimmed and untrimmed sizes need not agree.
        FrameInfo[] pool =
        [
            .. covering.Select(m => m.Like with { Width = frame.Width, Height = frame.Height, SubFrameOrigin = frame.SubFrameOrigin }),
        ];
        CalibrationSet set = CalibrationMatcher.For(new Observation { Label = "", Lights = [frame] }, pool, nightOf, window);
        List<Master> Of(IEnumerable<FrameInfo> found) =>
            [.. found.Select(f => covering[Array.FindIndex(pool, l => ReferenceEquals(l, f))])];
        return new Fitting(Of(set.Bias), Of(set.Darks), Of(set.DarkFlats), Of(set.Flats));
    }

    /// <summary>Ready ones first, then those made of most frames.</summary>
    private static Master? Best(IEnumerable<Master> found) =>
        found.OrderByDescending(m => m.IsReady).ThenByDescending(m => m.FrameCount).FirstOrDefault();

    private static Master? Nearest(IEnumerable<Master> darks, double exposure) =>
        darks
            .Where(d => double.IsFinite(d.ExposureSeconds))
            .OrderBy(d => Math.Abs(d.ExposureSeconds - exposure))
            .ThenByDescending(d => d.IsReady)
            .ThenByDescending(d => d.FrameCount)
            .FirstOrDefault();

    private static string Describe(FrameInfo frame) =>
        $"{frame.Width} × {frame.Height} pixels"
        + (frame.Binning is { } b ? $", binning {b.Value}" : "")
        + (frame.TemperatureCelsius is { } t ? $", {t.Value:F1} °C" : "");

    private sealed record Fitting(List<Master> Bias, List<Master> Darks, List<Master> DarkFlats, List<Master> Flats);
}
