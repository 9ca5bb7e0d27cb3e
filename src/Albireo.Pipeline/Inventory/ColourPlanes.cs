using Albireo.Science.Images;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// Frames of colour cameras as one of their colour planes: half as many columns and rows, and everything that counts pixels counts
/// those. Calibration frames whose header names no mosaic have that of the lights of their camera and size.
/// </summary>
internal static class ColourPlanes
{
    /// <param name="frames">Usable frames; those of colour cameras are replaced.</param>
    /// <param name="channel">The colour.</param>
    /// <param name="saturationAdu">The user's saturation, or null for each header's own.</param>
    public static void Take(List<FrameInfo> frames, ColourChannel channel, double? saturationAdu)
    {
        var mosaics = new Dictionary<(string, int, int), Sourced<string>>();
        foreach (FrameInfo light in frames.Where(f => f.EffectiveKind == FrameKind.Light && f.BayerPattern is not null))
        {
            mosaics.TryAdd(CameraOf(light), light.BayerPattern!);
        }
        for (int i = 0; i < frames.Count; i++)
        {
            FrameInfo frame = frames[i];
            bool isCalibration = frame.EffectiveKind is not (FrameKind.Light or FrameKind.Unknown);
            if (frame.BayerPattern is null && isCalibration && mosaics.TryGetValue(CameraOf(frame), out Sourced<string>? mosaic))
            {
                frame = frame with
                {
                    BayerPattern = mosaic,
                    Warnings = [.. frame.Warnings, $"No mosaic is named: {mosaic.Value} is taken, as the lights have it."],
                };
            }
            frames[i] =
                frame.WhyUnusable is not null ? frame
                : frame.BayerPattern is null ? WithoutMosaic(frame, channel)
                : Taken(frame, channel, saturationAdu);
        }
    }

    /// <summary>The letter of a colour.</summary>
    public static string Letter(ColourChannel channel) => "RGB"[(int)channel].ToString();

    private static FrameInfo WithoutMosaic(FrameInfo frame, ColourChannel channel) =>
        frame.EffectiveKind == FrameKind.Light
            ? frame with
            {
                Problem =
                    $"{frame.Path}: no BAYERPAT, not the frame of a colour camera: --channel {Letter(channel)} takes nothing from it.",
            }
            : frame;

    private static FrameInfo Taken(FrameInfo frame, ColourChannel channel, double? saturationAdu)
    {
        Sourced<string> pattern = frame.BayerPattern!;
        string? problem =
            !BayerPlane.IsCell(pattern.Value) ? $"{pattern.From} = '{pattern.Raw}' is no Bayer pattern that is known"
            : frame.Width < 2 || frame.Height < 2 ? $"{frame.Width} × {frame.Height} pixels hold no mosaic"
            : frame.SubFrameOrigin is { } o && (o.Value.Column % 2 != 0 || o.Value.Row % 2 != 0)
                ? $"the sub-frame begins at an odd column or row ({o.From} = {o.Raw}), so that its colours are not those of the whole chip's cells"
            : null;
        if (problem is not null)
        {
            return frame with { Problem = $"{frame.Path}: {problem}: --channel {Letter(channel)} cannot be taken from it." };
        }
        string letter = Letter(channel);
        return frame with
        {
            Plane = new BayerPlane(pattern.Value, channel)
            {
                SaturationAdu = saturationAdu ?? frame.Saturation?.Value ?? double.PositiveInfinity,
            },
            Width = frame.Width / 2,
            Height = frame.Height / 2,
            Filter = frame.Filter ?? new Sourced<string>(letter, "--channel", letter),
            PixelScaleArcsec = frame.PixelScaleArcsec is { } scale ? scale with { Value = 2 * scale.Value } : null,
            Overscan = Cells(frame.Overscan),
            TrimSection = Cells(frame.TrimSection),
            SubFrameOrigin = frame.SubFrameOrigin is { } origin
                ? origin with
                {
                    Value = new FrameOrigin(origin.Value.Column / 2, origin.Value.Row / 2),
                }
                : null,
        };
    }

    private static Sourced<PixelSection>? Cells(Sourced<PixelSection>? section) =>
        section?.Value.OfCells() is { Width: > 0, Height: > 0 } cells ? section with { Value = cells } : null;

    private static (string, int, int) CameraOf(FrameInfo frame) =>
        ((frame.Instrument?.Value ?? frame.Telescope?.Value ?? "").ToUpperInvariant(), frame.Width, frame.Height);
}
