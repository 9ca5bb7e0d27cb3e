using System.Numerics;
using System.Text;
using System.Text.Json;
using Albireo.Fits;
using Albireo.Pipeline.Stages;
using Albireo.Science.Background;
using Albireo.Science.Calibration;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Frames;

/// <summary>What the pixels of one file come to.</summary>
/// <param name="File">As it was named.</param>
/// <param name="Shape">Slowest axis first; axes of one pixel beyond two are left out.</param>
/// <param name="Type">As numpy calls it: uint16, float32 ….</param>
/// <param name="Pixels">The numbers.</param>
public sealed record FileStatistics(string File, IReadOnlyList<long> Shape, string Type, ImageStatistics Pixels)
{
    private const int PixelsAtOnce = 1 << 18;

    /// <summary>What is odd about the file or its pixels.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <exception cref="FitsFormatException">The file holds neither a picture nor planes of one.</exception>
    /// <exception cref="AlbireoException">The region lies outside the picture, or the pixels are too many to be sorted.</exception>
    public static FileStatistics Of(string path, PixelRegion? region, ClipOptions? clip, bool maskSources, CancellationToken cancellation)
    {
        using FitsFile file = FitsFile.Open(path, new FitsReadOptions { VerifyChecksums = true });
        // Where there is no picture, several in one array have statistics, too.
        FitsImage array =
            file.FindImage() is null && file.Hdus.OfType<FitsImage>().FirstOrDefault(h => h.Height > 1) is { } planes
                ? planes
                : file.FirstImage();
        if (region is { } r && (r.EndColumn > array.Width || r.EndRow > array.Height))
        {
            throw new AlbireoException(
                Failure.Input,
                $"{path}: the region {r.FirstColumn}:{r.EndColumn},{r.FirstRow}:{r.EndRow} reaches beyond its {array.Width} × {array.Height} pixels."
            );
        }
        bool isWhole = array.PixelType is not (FitsPixelType.Single or FitsPixelType.Double) && array.Scale == 1;
        var part = new PixelPart(array, region, maskSources ? Sources(path, array) : []);
        long infinite;
        ImageStatistics found;
        try
        {
            found =
                array.PixelType is FitsPixelType.Single && array is { Scale: 1, Zero: 0 }
                    ? part.Tally<float>(array.ReadRegion, counts: false, isWhole, clip, cancellation, out infinite)
                    : part.Tally<double>(array.ReadRegion, isWhole && array.BitPix <= 16, isWhole, clip, cancellation, out infinite);
        }
        catch (Exception e) when (e is OutOfMemoryException or ArgumentException { ParamName: "more" })
        {
            throw new AlbireoException(Failure.Input, $"{path}: {array.PixelCount} pixels are more than can be sorted in memory.", e);
        }
        bool isPicture = array.RowCount == array.Height;
        List<string> warnings = [.. file.Warnings];
        if (!isPicture)
        {
            warnings.Add($"{array.RowCount / array.Height} planes of {array.Height} × {array.Width} pixels count together");
        }
        if (region is null && clip is null && !maskSources)
        {
            warnings.AddRange(Doubts(array, found, infinite));
        }
        return new FileStatistics(path, isPicture ? [array.Height, array.Width] : [.. array.Shape], TypeName(array.PixelType), found)
        {
            Warnings = warnings,
        };
    }

    private static IEnumerable<string> Doubts(FitsImage array, ImageStatistics found, long infinite)
    {
        if (infinite > 0)
        {
            yield return $"{infinite} pixels are infinite and count as undefined";
        }
        if (Math.Min(array.Width, array.Height) == 1)
        {
            yield return $"{array.Height} × {array.Width} pixels are no picture of the sky";
        }
        else if (found.Count > 1 && found.Minimum == found.Maximum)
        {
            yield return CountDoubts.Same(found.Minimum);
        }
        if (array.BitPix == 16 && array.Header.Real("BZERO") is null && found.Median < 0)
        {
            yield return CountDoubts.NegativeCounts;
        }
    }

    private static bool[] Sources(string path, FitsImage array)
    {
        if (array.RowCount != array.Height)
        {
            throw new AlbireoException(
                Failure.Input,
                $"{path}: an array of {array.Shape.Count} axes; sources are masked in pictures of two."
            );
        }
        var image = new Image(array.Width, array.Height);
        array.ReadRows(0, array.Height, image.Pixels);
        return SourceMask.Make(image, new SourceMaskOptions());
    }

    private delegate void RegionReader<T>(int firstColumn, long firstRow, int columnCount, int rowCount, Span<T> destination);

    /// <summary>The pixels of every plane that count.</summary>
    private readonly record struct PixelPart(FitsImage Array, PixelRegion? Region, bool[] LeftOut)
    {
        public ImageStatistics Tally<T>(
            RegionReader<T> read,
            bool counts,
            bool isWhole,
            ClipOptions? clip,
            CancellationToken cancellation,
            out long infinite
        )
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            PixelRegion region = Region ?? new PixelRegion(0, Array.Width, 0, Array.Height);
            int height = Math.Max(Array.RowsOfTile, PixelsAtOnce / Math.Max(1, region.Width));
            var band = new T[(long)Math.Min(height, region.Height) * region.Width];
            var tally = new PixelTally<T>(counts);
            for (long plane = 0; plane < Array.RowCount; plane += Array.Height)
            {
                for (int y = region.FirstRow; y < region.EndRow; y += height)
                {
                    cancellation.ThrowIfCancellationRequested();
                    int rows = Math.Min(height, region.EndRow - y);
                    Span<T> pixels = band.AsSpan(0, rows * region.Width);
                    read(region.FirstColumn, plane + y, region.Width, rows, pixels);
                    for (int row = 0; row < rows; row++)
                    {
                        tally.Add(
                            pixels.Slice(row * region.Width, region.Width),
                            LeftOut.Length > 0 ? LeftOut.AsSpan(((y + row) * Array.Width) + region.FirstColumn, region.Width) : default
                        );
                    }
                }
            }
            infinite = tally.InfiniteCount;
            return tally.Statistics(region.Width, Array.RowCount / Array.Height * region.Height, clip, isWhole);
        }
    }

    private static string TypeName(FitsPixelType type) =>
        type switch
        {
            FitsPixelType.Byte => "uint8",
            FitsPixelType.SByte => "int8",
            FitsPixelType.Single => "float32",
            FitsPixelType.Double => "float64",
            _ => type.ToString().ToLowerInvariant(),
        };

    /// <summary>One line of JSON; numbers that do not exist are null.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("file", File);
            json.WriteStartArray("shape");
            foreach (long length in Shape)
            {
                json.WriteNumberValue(length);
            }
            json.WriteEndArray();
            json.WriteString("type", Type);
            json.WriteNumber("n_undefined", Pixels.UndefinedCount);
            foreach (
                (string name, double value) in new[]
                {
                    ("sum", Pixels.Sum),
                    ("min", Pixels.Minimum),
                    ("max", Pixels.Maximum),
                    ("mean", Pixels.Mean),
                    ("median", Pixels.Median),
                    ("std", Pixels.StandardDeviation),
                    ("mode", Pixels.Mode),
                }
            )
            {
                if (double.IsFinite(value))
                {
                    json.WriteNumber(name, value);
                }
                else
                {
                    json.WriteNull(name);
                }
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
