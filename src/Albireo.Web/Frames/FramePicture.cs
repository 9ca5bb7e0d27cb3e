using System.Numerics.Tensors;
using Albireo.Science.Images;

namespace Albireo.Web.Frames;

/// <summary>
/// One frame ready to be looked at: its pixels, and smaller copies of it (means of 2 × 2, 4 × 4, … pixels) made when first asked for.
/// Tiles carry 16-bit codes; the page turns codes into grey with a table, so that another stretch costs no request.
/// </summary>
internal sealed class FramePicture
{
    public const int TileSize = 512;
    private const int Codes = 65534;
    private const int MostSampled = 1_000_000;
    private readonly Lazy<Image>[] levels;

    public FramePicture(Image image, string version)
    {
        (Image, Version) = (image, version);
        int count = 1;
        while (Math.Max(image.Width, image.Height) >> (count - 1) > TileSize)
        {
            count++;
        }
        levels = [.. Enumerable.Range(0, count).Select(l => new Lazy<Image>(() => l == 0 ? image : ImageShrink.ByArea(image, 1 << l)))];
        float[] sample = Sample(image);
        (double least, double greatest) = Extremes(image.Pixels);
        (Least, Greatest) = (least, greatest);
        PixelRanks.Percentiles(sample, [1, 15.8655, 50, 84.1345, 99, 99.9], Percentiles);
        ZScale = DisplayRange.OfZScale(image.Pixels);
        // Codes spread evenly where a 16-bit camera's counts fit; else (calibrated, normalised) they are densest about the sky.
        IsLinear = greatest - least <= ushort.MaxValue && greatest - least >= 1 && AllWhole(sample);
        Zero = IsLinear ? least : Percentiles[2];
        Scale = IsLinear
            ? (greatest - least) / (Codes - 1)
            : Math.Max((Percentiles[3] - Percentiles[1]) / 2, 1e-6 * Math.Max(1e-30, greatest - least));
        (First, Last) = IsLinear ? (0, Codes - 1) : (Math.Asinh((least - Zero) / Scale), Math.Asinh((greatest - Zero) / Scale));
    }

    public Image Image { get; }

    /// <summary>Changes with the file.</summary>
    public string Version { get; }
    public int Levels => levels.Length;
    public double Least { get; }
    public double Greatest { get; }

    /// <summary>At 1, 16, 50, 84, 99 and 99.9 %; of a sample where the frame is large.</summary>
    public double[] Percentiles { get; } = new double[6];
    public DisplayRange ZScale { get; }

    /// <summary>value = zero + scale · (code − 1); else value = zero + scale · sinh(first + (code − 1) · (last − first) / 65533).</summary>
    public bool IsLinear { get; }
    public double Zero { get; }
    public double Scale { get; }
    public double First { get; }
    public double Last { get; }

    /// <summary>Pixels and smaller copies.</summary>
    public long Bytes => (long)Image.Width * Image.Height * sizeof(float) * 4 / 3;

    /// <summary>One tile as little-endian 16-bit codes, row after row; 0 is undefined.</summary>
    /// <returns>Null where there is no such tile.</returns>
    public byte[]? Tile(int level, int column, int row)
    {
        if (level < 0 || level >= levels.Length || column < 0 || row < 0)
        {
            return null;
        }
        Image picture = levels[level].Value;
        if ((long)column * TileSize >= picture.Width || (long)row * TileSize >= picture.Height)
        {
            return null;
        }
        (int x, int y) = (column * TileSize, row * TileSize);
        int width = Math.Min(TileSize, picture.Width - x);
        int height = Math.Min(TileSize, picture.Height - y);
        byte[] tile = new byte[width * height * sizeof(ushort)];
        for (int r = 0; r < height; r++)
        {
            Encode(picture.Row(y + r).Slice(x, width), tile.AsSpan(r * width * sizeof(ushort)));
        }
        return tile;
    }

    private void Encode(ReadOnlySpan<float> pixels, Span<byte> codes)
    {
        double perUnit = IsLinear ? 1 / Scale : (Codes - 1) / Math.Max(Last - First, 1e-30);
        for (int i = 0; i < pixels.Length; i++)
        {
            float value = pixels[i];
            double position = IsLinear ? (value - Zero) * perUnit : (MathF.Asinh((float)((value - Zero) / Scale)) - First) * perUnit;
            int code = float.IsNaN(value) ? 0 : 1 + (int)(Math.Clamp(position, 0, Codes - 1) + 0.5);
            codes[2 * i] = (byte)code;
            codes[(2 * i) + 1] = (byte)(code >> 8);
        }
    }

    private static float[] Sample(Image image)
    {
        Span<float> pixels = image.Pixels;
        if (pixels.Length <= MostSampled)
        {
            return pixels.ToArray();
        }
        int step = (pixels.Length + MostSampled - 1) / MostSampled;
        step += image.Width % step == 0 ? 1 : 0; // not one column again and again
        float[] sample = new float[pixels.Length / step];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = pixels[i * step];
        }
        return sample;
    }

    private static (double Least, double Greatest) Extremes(ReadOnlySpan<float> pixels)
    {
        (float least, float greatest) = (TensorPrimitives.MinNumber(pixels), TensorPrimitives.MaxNumber(pixels));
        if (float.IsFinite(least) && float.IsFinite(greatest))
        {
            return (least, greatest);
        }
        float[] finite = [.. pixels.ToArray().Where(float.IsFinite)]; // rare: a division by zero somewhere
        return finite.Length > 0 ? (finite.Min(), finite.Max()) : (0, 0);
    }

    private static bool AllWhole(float[] sample) => Array.TrueForAll(sample, v => float.IsNaN(v) || v == MathF.Round(v));
}
