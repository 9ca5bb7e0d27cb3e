using Albireo.Pipeline.Inventory;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>Gain and read noise measured from frames of the night, for frames of the same state of the detector.</summary>
/// <param name="Like">A frame of that state.</param>
/// <param name="Noise">What was found.</param>
/// <param name="Source">For tables and reports: measured, and from what.</param>
public sealed record MeasuredNoise(FrameInfo Like, DetectorEstimate Noise, string Source)
{
    /// <summary>Whether a frame comes from the detector in this state; what is not said does not speak against it.</summary>
    public bool Fits(FrameInfo frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return SameState(Like, frame);
    }

    internal static bool SameState(FrameInfo a, FrameInfo b) =>
        Agree(a.Instrument, b.Instrument)
        && Agree(a.Binning, b.Binning)
        && Agree(a.GainSetting, b.GainSetting)
        && Agree(a.ReadoutMode, b.ReadoutMode);

    private static bool Agree(Sourced<string>? a, Sourced<string>? b) =>
        a is null || b is null || string.Equals(a.Value, b.Value, StringComparison.OrdinalIgnoreCase);
}
