using System.Globalization;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>The detector as assumed for one frame, and who said so.</summary>
public sealed record FrameNoise(DetectorParameters Detector, string GainFrom, string ReadNoiseFrom)
{
    /// <summary>
    /// The same with the saturation that a frame's own counts show, where nobody gives one and the file's type has more bits than the
    /// converter; <paramref name="remark"/> says so, or is null.
    /// </summary>
    public FrameNoise SeenIn(Frame frame, DetectorOptions options, out string? remark)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        remark = null;
        if (options.Saturation is not null || frame.Info.Saturation is not { From: "BITPIX", Value: var largest })
        {
            return this;
        }
        BandedImage raw = frame.RawRows!;
        int rows = raw.RowsOfBand;
        double? seen = CountCeiling.Of(
            (raw.Height + rows - 1) / rows,
            i => raw.Rows(i * rows, Math.Min(rows, raw.Height - (i * rows))),
            largest,
            frame.Info.Plane?.PixelsAveraged ?? 1
        );
        if (seen is not { } ceiling)
        {
            return this;
        }
        remark = string.Create(
            CultureInfo.InvariantCulture,
            $"no header or profile gives the saturation, and the counts look like those of a converter of fewer bits than the file: pixels count as saturated from {ceiling:F0} ADU (--set detector.saturation= knows better)."
        );
        return this with { Detector = Detector with { SaturationAdu = ceiling } };
    }

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
