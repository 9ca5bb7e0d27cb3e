using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>
/// Frames as one PNG picture: a single one pixel for pixel, several side by side with their names and colour bars. Undefined pixels
/// are violet.
/// </summary>
public static class ShowImages
{
    private const int Gap = 16;
    private const int BarWidth = 14;
    private const int MostColumns = 4;
    private static readonly (byte, byte, byte) Paper = (255, 255, 255);
    private static readonly (byte, byte, byte) Ink = (40, 44, 52);
    private static readonly (byte, byte, byte) CircleColor = (34, 224, 230);

    /// <summary>Writes the picture.</summary>
    /// <param name="stream">Receives the PNG file; it stays open.</param>
    /// <param name="frames">At least one.</param>
    /// <param name="options">Null for the percentiles 5 … 95, linear.</param>
    public static void Write(Stream stream, IReadOnlyList<ShownImage> frames, ShowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Draw(frames, options ?? new ShowOptions()).ToPng());
    }

    internal static Raster Draw(IReadOnlyList<ShownImage> frames, ShowOptions options)
    {
        if (frames.Count == 0)
        {
            throw new ArgumentException("There is no frame to show.", nameof(frames));
        }
        int factor = frames.Max(f => ImageShrink.FactorToFit(f.Image.Width, f.Image.Height, options.MaximumPixels, options.MaximumPixels));
        bool labels = options.Labels ?? frames.Count > 1;
        List<Tile> tiles = [.. frames.Select(f => Tile.Of(f, options, factor))];
        return labels ? Sheet(tiles)
            : tiles.Count == 1 ? tiles[0].Picture
            : Row(tiles);
    }

    /// <summary>A frame drawn, and what its colour bar needs.</summary>
    private sealed record Tile(Raster Picture, ImageStretch Stretch, string Label)
    {
        public static Tile Of(ShownImage frame, ShowOptions options, int factor)
        {
            // Limits come from the pixels as they are, not from what shrinking leaves of them.
            var stretch = new ImageStretch(options.Range.Of(frame.Image), options.Curve);
            Image shown = factor > 1 ? ImageShrink.ByArea(frame.Image, factor) : frame.Image;
            Raster picture = Raster.Of(shown, stretch, options.FlipVertical, options.FlipHorizontal);
            foreach (PixelPosition position in frame.Circles)
            {
                // The centre of a block of pixels is not the centre of its first pixel.
                double x = ((position.X + 0.5) / factor) - 0.5;
                double y = ((position.Y + 0.5) / factor) - 0.5;
                picture.Circle(
                    options.FlipHorizontal ? shown.Width - 1 - x : x,
                    options.FlipVertical ? y : shown.Height - 1 - y,
                    options.CircleRadiusPixels / factor,
                    CircleColor
                );
            }
            return new Tile(picture, stretch, frame.Label);
        }

        /// <summary>Size of a dot of its letters.</summary>
        public int TextScale => Math.Clamp(Picture.Height / 220, 1, 5);
    }

    private static Raster Row(List<Tile> tiles)
    {
        var row = new Raster(tiles.Sum(t => t.Picture.Width), tiles.Max(t => t.Picture.Height));
        row.Fill(Paper);
        int x = 0;
        foreach (Tile tile in tiles)
        {
            row.Paste(tile.Picture, x, 0);
            x += tile.Picture.Width;
        }
        return row;
    }

    private static Raster Sheet(List<Tile> tiles)
    {
        int scale = tiles.Max(t => t.TextScale);
        int line = (BitmapFont.Height + 4) * scale;
        int columns = Math.Min(tiles.Count, MostColumns);
        int rows = (tiles.Count + columns - 1) / columns;
        int letters = tiles.Max(t => BarTicks(t, scale).Select(tick => tick.Label!.Length).DefaultIfEmpty(0).Max());
        int barRoom = (BarWidth * scale) + (Gap * scale / 2) + (5 * scale) + (letters * BitmapFont.Advance * scale);
        int cellWidth = tiles.Max(t => t.Picture.Width) + barRoom + (Gap * scale);
        int cellHeight = tiles.Max(t => t.Picture.Height) + line + (Gap * scale);
        var sheet = new Raster((Gap * scale) + (columns * cellWidth), (Gap * scale) + (rows * cellHeight));
        sheet.Fill(Paper);
        for (int i = 0; i < tiles.Count; i++)
        {
            Tile tile = tiles[i];
            int x = (Gap * scale) + (i % columns * cellWidth);
            int y = (Gap * scale) + (i / columns * cellHeight);
            int room = (tile.Picture.Width + barRoom) / (BitmapFont.Advance * scale);
            string label = tile.Label.Length <= room ? tile.Label : "..." + tile.Label[^Math.Max(0, room - 3)..];
            BitmapFont.Draw(sheet, x, y, label, Ink, scale);
            sheet.Paste(tile.Picture, x, y + line);
            Bar(sheet, tile, x + tile.Picture.Width + (Gap * scale / 2), y + line, scale);
        }
        return sheet;
    }

    /// <summary>The tones from black at the bottom to white at the top, with values beside them.</summary>
    private static void Bar(Raster sheet, Tile tile, int left, int top, int scale)
    {
        int height = tile.Picture.Height;
        int width = BarWidth * scale;
        for (int y = 0; y < height; y++)
        {
            byte tone = (byte)(1 + (int)((254.0 * (height - 1 - y) / Math.Max(1, height - 1)) + 0.5));
            bool edge = y == 0 || y == height - 1;
            for (int x = 0; x < width; x++)
            {
                sheet.Set(left + x, top + y, edge || x == 0 || x == width - 1 ? Ink : Raster.Color(tone));
            }
        }
        int lastLabel = int.MaxValue;
        foreach (Ticks.Tick tick in BarTicks(tile, scale))
        {
            int y = top + (int)Math.Round((1 - tile.Stretch.Fraction(tick.Value)) * (height - 1));
            for (int x = 0; x < 3 * scale; x++)
            {
                sheet.Set(left + width + x, y, Ink);
            }
            // Stretched scales crowd towards the top: a label that would touch the one below is left out.
            int text = Math.Clamp(y - (BitmapFont.Height * scale / 2), top, top + height - (BitmapFont.Height * scale));
            if (text + ((BitmapFont.Height + 2) * scale) <= lastLabel)
            {
                BitmapFont.Draw(sheet, left + width + (5 * scale), text, tick.Label!, Ink, scale);
                lastLabel = text;
            }
        }
    }

    private static IEnumerable<Ticks.Tick> BarTicks(Tile tile, int scale)
    {
        (double low, double high) = tile.Stretch.Range;
        return high > low && double.IsFinite(high - low)
            ? Ticks.Linear(low, high, Math.Max(2, tile.Picture.Height / (22 * scale))).Where(t => t.Label is not null)
            : [];
    }
}
