using System.Buffers;
using Albireo.Fits;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Frames;

/// <summary>
/// A raw picture as the masters want it, read in bands of rows: overscan subtracted, trimmed. Reading is safe from several threads.
/// </summary>
public sealed class RawPicture
{
    private readonly FitsImage picture;
    private readonly ReadoutLayout layout;
    private readonly Lazy<OverscanLevels> levels;

    /// <param name="picture">The file's picture.</param>
    /// <param name="layout">What of it is kept.</param>
    public RawPicture(FitsImage picture, ReadoutLayout layout)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(layout);
        this.picture = picture;
        this.layout = layout;
        levels = new Lazy<OverscanLevels>(ReadLevels);
    }

    /// <summary>Columns after trimming.</summary>
    public int Width => layout.Width;

    /// <summary>Rows after trimming.</summary>
    public int Height => layout.Height;

    /// <summary>Reads rows of the trimmed picture.</summary>
    /// <param name="first">0-based.</param>
    /// <param name="count">Rows.</param>
    /// <param name="destination">Receives count · Width counts above the overscan, ADU, undefined pixels as NaN.</param>
    /// <exception cref="FitsFormatException">The file is cut or damaged there.</exception>
    public void ReadRows(int first, int count, Span<float> destination)
    {
        destination = destination[..(count * Width)];
        ReadRegion(layout.Kept.FirstColumn, layout.Kept.FirstRow + first, Width, count, destination);
        if (!layout.HasLevels)
        {
            return;
        }
        for (int y = 0; y < count; y++)
        {
            Span<float> row = destination.Slice(y * Width, Width);
            levels.Value.Subtract(row, first + y, row);
        }
    }

    /// <summary>The whole picture that is in memory already, corrected the same way.</summary>
    /// <param name="frame">As it was read.</param>
    /// <param name="layout">What of it is kept.</param>
    /// <returns>The raw picture itself where nothing is to be done; else in the workspace.</returns>
    public static Image Corrected(Frame frame, ReadoutLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Image trimmed = Trimmed(frame, layout);
        if (Levels(frame, layout) is not { } levels)
        {
            return trimmed;
        }
        Image result = frame.Workspace.Image("corrected", layout.Width, layout.Height);
        for (int y = 0; y < layout.Height; y++)
        {
            levels.Subtract(trimmed.Row(y), y, result.Row(y));
        }
        return result;
    }

    /// <summary>The pixels that are kept, as raw as they are.</summary>
    /// <returns>The raw picture itself where nothing is cut away; else in the workspace.</returns>
    public static Image Trimmed(Frame frame, ReadoutLayout layout)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(layout);
        if (!layout.IsTrimmed)
        {
            return frame.Raw!;
        }
        Image result = frame.Workspace.Image("trimmed", layout.Width, layout.Height);
        ImageGeometry.Cut(frame.Raw!, layout.Kept, result);
        return result;
    }

    /// <summary>What is subtracted from the lines that are kept: the overscan less the pedestal; null for nothing.</summary>
    public static OverscanLevels? Levels(Frame frame, ReadoutLayout layout)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(layout);
        return !layout.HasLevels ? null : Levels(layout.Overscan is { } strip ? ImageGeometry.Cut(frame.Raw!, strip) : null, layout);
    }

    private static OverscanLevels Levels(Image? strip, ReadoutLayout layout)
    {
        if (strip is null)
        {
            var constant = new float[layout.Height];
            Array.Fill(constant, (float)-layout.PedestalAdu);
            return new OverscanLevels(constant, IsByRow: true);
        }
        try
        {
            OverscanLevels above = Overscan
                .OfStrip(strip, layout.Overscan!.Value, layout.RawWidth, layout.RawHeight, layout.OverscanOptions!)
                .Cut(layout.Kept);
            return above with { Values = Array.ConvertAll(above.Values, v => (float)(v - layout.PedestalAdu)) };
        }
        catch (ArgumentException e)
        {
            throw new FrameUnusableException(
                $"its overscan {ReadoutLayout.Show(layout.Overscan!.Value)} gives no bias level: {e.Message.Split(" (Parameter")[0]}"
            );
        }
    }

    private OverscanLevels ReadLevels()
    {
        if (layout.Overscan is not { } strip)
        {
            return Levels((Image?)null, layout);
        }
        var part = new Image(strip.Width, strip.Height);
        ReadRegion(strip.FirstColumn, strip.FirstRow, strip.Width, strip.Height, part.Pixels);
        return Levels(part, layout);
    }

    /// <summary>A part of the picture, or of its colour plane.</summary>
    private void ReadRegion(int column, int row, int width, int height, Span<float> destination)
    {
        if (layout.Plane is not { } plane)
        {
            picture.ReadRegion(column, row, width, height, destination);
            return;
        }
        float[] mosaic = ArrayPool<float>.Shared.Rent(4 * width * height);
        try
        {
            Span<float> cells = mosaic.AsSpan(0, 4 * width * height);
            picture.ReadRegion(2 * column, 2 * row, 2 * width, 2 * height, cells);
            plane.Extract(cells, 2 * width, destination);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(mosaic);
        }
    }
}
