using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>All masters of a night.</summary>
public sealed class Masters(IReadOnlyList<Master> all, IReadOnlyList<UnusableFrame> unusable, MasterOptions options)
{
    private readonly MasterCuts cuts = new();

    public IReadOnlyList<Master> All { get; } = all;

    /// <summary>Calibration frames that could not be used, with the reason.</summary>
    public IReadOnlyList<UnusableFrame> Unusable { get; } = unusable;

    /// <summary>The masters that fit a frame: same size, binning, gain setting, offset, readout mode and, for darks, temperature.</summary>
    public MasterSet For(FrameInfo frame, CalibrateOptions calibrate)
    {
        var remarks = new List<string>();
        Master? bias = calibrate.Bias ? Fitting(FrameKind.Bias, frame, calibrate).FirstOrDefault() : null;
        (Master? dark, double scale) = calibrate.Dark ? Dark(frame, calibrate, remarks) : (null, 0);
        if (dark is { HoldsBias: true })
        {
            bias = null; // it goes with the dark
        }
        Master? flat = calibrate.Flat ? Flat(frame, calibrate, remarks) : null;
        return new MasterSet(Under(bias), Under(dark), scale, Under(flat), remarks);

        Master? Under(Master? master) => master is null ? null : cuts.Under(frame, master, calibrate);
    }

    private (Master? Dark, double Scale) Dark(FrameInfo frame, CalibrateOptions calibrate, List<string> remarks)
    {
        var fitting = Fitting(FrameKind.Dark, frame, calibrate).ToList();
        if (fitting.Count == 0)
        {
            if (All.Any(m => m.Kind == FrameKind.Dark))
            {
                remarks.Add($"no dark fits {Describe(frame)}: none was subtracted.");
            }
            return (null, 0);
        }
        if (frame.ExposureSeconds?.Value is not { } exposure)
        {
            remarks.Add("the exposure time is unknown: no dark was subtracted.");
            return (null, 0);
        }
        Master nearest = fitting.MinBy(d => Math.Abs(d.ExposureSeconds - exposure))!;
        if (IsSameExposure(nearest.ExposureSeconds, exposure))
        {
            return (nearest, 1);
        }
        if (nearest.HoldsBias)
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
        remarks.Add(
            $"no dark of {exposure:G6} s: the one of {nearest.ExposureSeconds:G6} s was scaled by {exposure / nearest.ExposureSeconds:G4}."
        );
        return (nearest, exposure / nearest.ExposureSeconds);
    }

    private Master? Flat(FrameInfo frame, CalibrateOptions calibrate, List<string> remarks)
    {
        if (All.All(m => m.Kind != FrameKind.Flat))
        {
            return null;
        }
        string filter = frame.Filter?.Value ?? "";
        Master? flat = Fitting(FrameKind.Flat, frame, calibrate)
            .FirstOrDefault(m => string.Equals(m.Filter, filter, StringComparison.Ordinal));
        if (flat is null)
        {
            remarks.Add(
                $"no flat for {(filter.Length == 0 ? "frames without a filter" : "filter " + filter)}: the frame was not flat-fielded."
            );
        }
        return flat;
    }

    private IEnumerable<Master> Fitting(FrameKind kind, FrameInfo frame, CalibrateOptions calibrate) =>
        All.Where(m =>
            m.Kind == kind && IsSameState(m.Like, frame, kind, options) && MasterCuts.PlaceOf(frame, m.Like, calibrate) is not null
        );

    internal bool IsSameExposure(double a, double b) => Math.Abs(a - b) <= options.ExposureTolerance * Math.Max(a, b);

    /// <summary>Whether two frames can be combined: the same pixels of the detector in the same state.</summary>
    internal static bool Fits(FrameInfo a, FrameInfo b, FrameKind kind, MasterOptions options) =>
        a.Width == b.Width
        && a.Height == b.Height
        && a.TrimSection?.Value == b.TrimSection?.Value
        && a.SubFrameOrigin?.Value == b.SubFrameOrigin?.Value
        && IsSameState(a, b, kind, options);

    /// <summary>Whether two frames come from the detector in the same state; what one of them does not say cannot separate them.</summary>
    private static bool IsSameState(FrameInfo a, FrameInfo b, FrameKind kind, MasterOptions options) =>
        Agree(a.Binning, b.Binning)
        && Agree(a.GainSetting, b.GainSetting)
        && Agree(a.OffsetSetting, b.OffsetSetting)
        && Agree(a.ReadoutMode, b.ReadoutMode)
        && Agree(a.Instrument, b.Instrument)
        && (
            kind is not (FrameKind.Dark or FrameKind.DarkFlat)
            || a.TemperatureCelsius is null
            || b.TemperatureCelsius is null
            || Math.Abs(a.TemperatureCelsius.Value - b.TemperatureCelsius.Value) <= options.TemperatureTolerance
        );

    private static bool Agree(Sourced<string>? a, Sourced<string>? b) =>
        a is null || b is null || string.Equals(a.Value, b.Value, StringComparison.OrdinalIgnoreCase);

    private static string Describe(FrameInfo frame) =>
        $"{frame.Width} × {frame.Height} pixels"
        + (frame.Binning is { } b ? $", binning {b.Value}" : "")
        + (frame.TemperatureCelsius is { } t ? $", {t.Value:F1} °C" : "");
}
