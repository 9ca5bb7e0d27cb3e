using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>The detector as assumed for one frame, and who said so.</summary>
public sealed record FrameNoise(DetectorParameters Detector, string GainFrom, string ReadNoiseFrom)
{
    /// <summary>Gain, read noise and saturation: the user's word first, then what the inventory found (profile, header), then what was measured.</summary>
    public static FrameNoise Of(FrameInfo frame, DetectorOptions options, MeasuredNoise? measured = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        // Gain and read noise are the camera's; a mean of two of its pixels has twice the electrons an ADU. What was measured was
        // measured on such means.
        int averaged = frame.Plane?.PixelsAveraged ?? 1;
        double? gain = averaged * (options.Gain ?? frame.Gain?.Value);
        double? readNoise = Math.Sqrt(averaged) * (options.ReadNoise ?? frame.ReadNoiseElectrons?.Value);
        // The counts' noise is what was measured; in electrons it goes with the gain that is used.
        double? measuredNoise = measured is { } m
            ? m.Noise.ReadNoiseElectrons / m.Noise.GainElectronsPerAdu * (gain ?? m.Noise.GainElectronsPerAdu)
            : null;
        return new(
            new DetectorParameters(
                gain ?? measured?.Noise.GainElectronsPerAdu,
                readNoise ?? measuredNoise,
                options.Saturation ?? frame.Saturation?.Value,
                options.LinearLimit
            ),
            options.Gain is not null ? "detector.gain" : frame.Gain?.From ?? measured?.Source ?? "unknown",
            options.ReadNoise is not null ? "detector.read-noise" : frame.ReadNoiseElectrons?.From ?? measured?.Source ?? "unknown"
        );
    }
}
