using System.Globalization;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;

namespace Albireo.Pipeline.Stages;

/// <summary>How good a frame is, besides its profile and match. What is not known is NaN.</summary>
public sealed record FrameQuality
{
    private const SourceFlags NotClean =
        SourceFlags.Saturated
        | SourceFlags.Blended
        | SourceFlags.Edge
        | SourceFlags.HotPixel
        | SourceFlags.CosmicRay
        | SourceFlags.Trailed
        | SourceFlags.BadPixels
        | SourceFlags.Extended;

    /// <summary>Sources found, of the number that was asked for.</summary>
    public int StarsFound { get; init; }

    /// <summary>How far the middle of the reference frame lies from where it was, pixels.</summary>
    public double ShiftX { get; init; } = double.NaN;
    public double ShiftY { get; init; } = double.NaN;

    /// <summary>From the reference to this frame, from +x towards +y.</summary>
    public double RotationDegrees { get; init; } = double.NaN;

    /// <summary>Median brightness of the matched stars per second of exposure, in units of the reference's.</summary>
    public double Transparency { get; init; } = double.NaN;

    /// <summary>√(x² + y²).</summary>
    public double Shift => Math.Sqrt((ShiftX * ShiftX) + (ShiftY * ShiftY));

    /// <summary>The same with what a match tells.</summary>
    /// <param name="match">Reference → frame.</param>
    /// <param name="middle">Of the reference frame.</param>
    /// <param name="reference">Its sources, as the match counts them.</param>
    /// <param name="frame">The frame's.</param>
    /// <param name="exposureRatio">The frame's exposure over the reference's; NaN if one of them is unknown.</param>
    public FrameQuality Matched(
        FrameMatch match,
        PixelPosition middle,
        IReadOnlyList<Source> reference,
        IReadOnlyList<Source> frame,
        double exposureRatio
    )
    {
        PixelPosition moved = match.Transform.Apply(middle);
        double[] ratios =
        [
            .. match
                .Pairs.Where(p => ((reference[p.Reference].Flags | frame[p.Frame].Flags) & NotClean) == SourceFlags.None)
                .Select(p => frame[p.Frame].Flux / reference[p.Reference].Flux)
                .Where(double.IsFinite)
                .Order(),
        ];
        return this with
        {
            ShiftX = moved.X - middle.X,
            ShiftY = moved.Y - middle.Y,
            RotationDegrees = match.Transform.RotationDegrees,
            Transparency = ratios.Length == 0 ? double.NaN : ratios[ratios.Length / 2] / exposureRatio,
        };
    }

    /// <summary>Why a frame is left out: what it shows, and the limit that says so.</summary>
    internal static string Sentence(string what, double found, string relation, double limit, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {found:0.###}; {relation} {limit} is asked for by {key}.");
}
