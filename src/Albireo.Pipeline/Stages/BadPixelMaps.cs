using System.Collections.Concurrent;
using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>The bad pixels under each frame: given in a file, found in the masters. Each map is made once.</summary>
public sealed class BadPixelMaps(BadPixelChoice choice)
{
    private readonly ConcurrentDictionary<(PixelRegion, Master?, Master?), Lazy<BadPixelMap>> maps = new();
    private readonly Lazy<Given?> given = new(() => choice.File is { } file ? Read(file) : null);

    /// <summary>Null where no pixel is asked to be marked.</summary>
    /// <exception cref="AlbireoException">The file is no map, or does not cover the frame.</exception>
    public BadPixelMap? Of(FrameInfo frame, ReadoutLayout layout, MasterSet masters)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(masters);
        Master? dark = choice.FromDarks ? masters.Dark : null;
        Master? flat = choice.FromFlats ? masters.Flat : null;
        if (choice.File is null && dark is null && flat is null)
        {
            return null;
        }
        FrameOrigin origin = frame.SubFrameOrigin?.Value ?? default;
        var place = new PixelRegion(
            origin.Column + layout.Kept.FirstColumn,
            origin.Column + layout.Kept.EndColumn,
            origin.Row + layout.Kept.FirstRow,
            origin.Row + layout.Kept.EndRow
        );
        return maps.GetOrAdd((place, dark, flat), key => new Lazy<BadPixelMap>(() => Make(frame, key.Item1, key.Item2, key.Item3))).Value;
    }

    private BadPixelMap Make(FrameInfo frame, PixelRegion place, Master? dark, Master? flat)
    {
        var mask = new PixelMask(place.Width, place.Height);
        var from = new List<string>();
        if (given.Value is { } file)
        {
            file.AddTo(mask, place, frame, choice.File!);
            from.Add(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(choice.File)} sha256 {file.Sha256}"));
        }
        if (dark is not null)
        {
            BadPixels.AddHot(dark.Image, choice, mask);
            from.Add(string.Create(CultureInfo.InvariantCulture, $"{dark.Name} above {choice.HotSigma} sigma"));
        }
        if (flat is not null)
        {
            BadPixels.AddUnresponsive(flat.Image, choice, mask);
            from.Add(
                string.Create(CultureInfo.InvariantCulture, $"{flat.Name} outside {choice.LowestResponse} to {choice.HighestResponse}")
            );
        }
        int count = 0;
        foreach (PixelQuality quality in mask.Flags)
        {
            count += quality == PixelQuality.None ? 0 : 1;
        }
        return new BadPixelMap(mask, $"bad pixels: {count} of {string.Join(", ", from)}");
    }

    private static Given Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new AlbireoException(Failure.Usage, $"calibrate.bad-pixels.file = {path}: there is no such file.");
        }
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        if (Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return new Given(hash, null, PositionTable.Read(path, option: "calibrate.bad-pixels.file ="));
        }
        try
        {
            return new Given(hash, FrameReader.ReadImage(path).Image, []);
        }
        catch (FitsFormatException e)
        {
            throw new AlbireoException(Failure.Input, $"calibrate.bad-pixels.file: {e.Message}", e);
        }
    }

    /// <summary>The user's map, of the full frame.</summary>
    private sealed record Given(string Sha256, Image? Picture, IReadOnlyList<PixelPosition> Positions)
    {
        public void AddTo(PixelMask mask, PixelRegion place, FrameInfo frame, string path)
        {
            foreach (PixelPosition position in Positions)
            {
                int x = (int)Math.Round(position.X) - place.FirstColumn;
                int y = (int)Math.Round(position.Y) - place.FirstRow;
                if (x >= 0 && y >= 0 && x < mask.Width && y < mask.Height)
                {
                    mask[x, y] |= PixelQuality.BadPixel;
                }
            }
            if (Picture is null)
            {
                return;
            }
            if (place.EndColumn > Picture.Width || place.EndRow > Picture.Height)
            {
                throw new AlbireoException(
                    Failure.Input,
                    $"calibrate.bad-pixels.file = {path} is {Picture.Width} × {Picture.Height} and does not cover {frame.Path}, which reaches to {place.EndColumn} × {place.EndRow} on the detector."
                );
            }
            for (int y = 0; y < mask.Height; y++)
            {
                ReadOnlySpan<float> row = Picture.Row(place.FirstRow + y).Slice(place.FirstColumn, mask.Width);
                for (int x = 0; x < row.Length; x++)
                {
                    mask[x, y] |= row[x] == 0 ? PixelQuality.None : PixelQuality.BadPixel;
                }
            }
        }
    }
}
