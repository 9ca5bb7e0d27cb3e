using System.Collections.Concurrent;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>Sub-frames are calibrated with the part of a full-frame master that lies under them; each part is cut once.</summary>
public sealed class MasterCuts
{
    private readonly ConcurrentDictionary<(Master, PixelRegion), Master> cut = new();

    /// <summary>
    /// Where a frame lies on a master, both after trimming. Pictures of one size lie on each other, unless both say where they begin
    /// and differ; a smaller frame must say where it begins on the detector.
    /// </summary>
    /// <returns>Null where the master does not cover the frame, or nobody can tell.</returns>
    public static PixelRegion? PlaceOf(FrameInfo frame, FrameInfo master, CalibrateOptions options)
    {
        ReadoutLayout inner = ReadoutLayout.Of(frame, options);
        ReadoutLayout outer = ReadoutLayout.Of(master, options);
        bool isSameSize = inner.Width == outer.Width && inner.Height == outer.Height;
        var whole = new PixelRegion(0, outer.Width, 0, outer.Height);
        if (frame.SubFrameOrigin is null || (isSameSize && master.SubFrameOrigin is null))
        {
            return isSameSize ? whole : null;
        }
        if (!isSameSize && !options.SubFrames)
        {
            return null;
        }
        FrameOrigin own = frame.SubFrameOrigin.Value;
        FrameOrigin origin = master.SubFrameOrigin?.Value ?? default;
        int column = own.Column + inner.Kept.FirstColumn - origin.Column - outer.Kept.FirstColumn;
        int row = own.Row + inner.Kept.FirstRow - origin.Row - outer.Kept.FirstRow;
        return column >= 0 && row >= 0 && column + inner.Width <= outer.Width && row + inner.Height <= outer.Height
            ? new PixelRegion(column, column + inner.Width, row, row + inner.Height)
            : null;
    }

    /// <summary>The part of a master under a frame that it covers.</summary>
    public Master Under(FrameInfo frame, Master master, CalibrateOptions options)
    {
        PixelRegion place = PlaceOf(frame, master.Like, options)!.Value;
        return place.Width == master.Image.Width && place.Height == master.Image.Height
            ? master
            : cut.GetOrAdd(
                (master, place),
                static key =>
                    key.Item1 with
                    {
                        Image = ImageGeometry.Cut(key.Item1.Image, key.Item2),
                        Uncertainty = key.Item1.Uncertainty is { } u ? ImageGeometry.Cut(u, key.Item2) : null,
                        Section = key.Item2,
                    }
            );
    }
}
