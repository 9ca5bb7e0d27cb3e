using System.Text;
using System.Text.Json;
using Albireo.Fits;
using Albireo.Science.Background;
using Albireo.Science.Calibration;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Frames;

/// <summary>What the pixels of one file come to.</summary>
/// <param name="File">As it was named.</param>
/// <param name="Shape">Slowest axis first.</param>
/// <param name="Type">As numpy calls it: uint16, float32 ….</param>
/// <param name="Pixels">The numbers.</param>
public sealed record FileStatistics(string File, IReadOnlyList<long> Shape, string Type, ImageStatistics Pixels)
{
    /// <exception cref="FitsFormatException">The file holds no picture that can be read.</exception>
    /// <exception cref="AlbireoException">The region lies outside the picture.</exception>
    public static FileStatistics Of(string path, PixelRegion? region, ClipOptions? clip, bool maskSources)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage picture = file.FirstImage();
        var image = new Image(picture.Width, picture.Height);
        picture.ReadRows(0, picture.Height, image.Pixels);
        if (region is { } r && (r.EndColumn > image.Width || r.EndRow > image.Height))
        {
            throw new AlbireoException(
                Failure.Input,
                $"{path}: the region {r.FirstColumn}:{r.EndColumn},{r.FirstRow}:{r.EndRow} reaches beyond its {image.Width} × {image.Height} pixels."
            );
        }
        var options = new ImageStatisticsOptions
        {
            Region = region,
            Clip = clip,
            WholeNumbers =
                picture.PixelType is not (FitsPixelType.Single or FitsPixelType.Double) && (picture.Header.Real("BSCALE") ?? 1) == 1,
        };
        bool[] sources = maskSources ? SourceMask.Make(image, new SourceMaskOptions()) : [];
        return new FileStatistics(path, [.. picture.Shape], TypeName(picture.PixelType), ImageStatistics.Of(image, options, sources));
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
