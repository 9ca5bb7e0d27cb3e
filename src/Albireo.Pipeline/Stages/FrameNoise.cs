using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>The detector as assumed for one frame, and who said so.</summary>
public sealed record FrameNoise(DetectorParameters Detector, string GainFrom, string ReadNoiseFrom)
{
    /// <summary>Gain, read noise and saturation: the user's word first, then what the inventory found (profile, header).</summary>
    public static FrameNoise Of(FrameInfo frame, DetectorOptions options)
    {
        // Gain and read noise are the camera's; a mean of two of its pixels has twice the electrons an ADU.
        int averaged = frame.Plane?.PixelsAveraged ?? 1;
        return new(
            new DetectorParameters(
                averaged * (options.Gain ?? frame.Gain?.Value),
                Math.Sqrt(averaged) * (options.ReadNoise ?? frame.ReadNoiseElectrons?.Value),
                options.Saturation ?? frame.Saturation?.Value,
                options.LinearLimit
            ),
            options.Gain is not null ? "detector.gain" : frame.Gain?.From ?? "unknown",
            options.ReadNoise is not null ? "detector.read-noise" : frame.ReadNoiseElectrons?.From ?? "unknown"
        );
    }
}
