using System.Numerics.Tensors;
using Albireo.Science.Images;

namespace Albireo.Web.Frames;

/// <summary>
/// One frame ready to be looked at: its pixels in tiles, as they are or as means of 2 × 2, 4 × 4, … pixels. A tile is made when it is
/// asked for, from the pixels below it; only the coarse levels, whose tiles rest on very many, share an overview. Tiles carry 16-bit
/// codes; the page turns codes into grey with a table, so that another stretch costs no request.
/// </summary>
internal sealed class FramePicture
{
    public const int TileSize = 512;
    private const int Codes = 65534;
    private const int OverviewLevel = 2;
    private const int WholeSample = 1 << 20;
    private const int Sampled = 1 << 18;
    private readonly Image? overview;

    /// <param name="image">The pixels; they are kept.</param>
    /// <param name="version">Changes with the file.</param>
    /// <param name="runner">Looks at all of them once.</param>
    public FramePicture(Image image, string version, BandRunner runner)
    {
        (Image, Version) = (image, version);
        Levels = 1;
        while (Math.Max(image.Width, image.Height) >> (Levels - 1) > TileSize)
        {
            Levels++;
        }
        overview = Levels <= OverviewLevel ? null : new Image(Shrunk(image.Width, OverviewLevel), Shrunk(image.Height, OverviewLevel));
        (Least, Greatest) = Survey(runner);
        float[] sample = Sample(image);
        PixelRanks.Percentiles(sample, [1, 15.8655, 50, 84.1345, 99, 99.9], Percentiles);
        ZScale = DisplayRange.OfZScale(sample);
        // Codes spread evenly where a 16-bit camera's counts fit; else (calibrated, normalised) they are densest about the sky.
        IsLinear = Greatest - Least <= ushort.MaxValue && Greatest - Least >= 1 && AllWhole(sample);
        Zero = IsLinear ? Least : Percentiles[2];
        Scale = IsLinear
            ? (Greatest - Least) / (Codes - 1)
            : Math.Max((Percentiles[3] - Percentiles[1]) / 2, 1e-6 * Math.Max(1e-30, Greatest - Least));
        (First, Last) = IsLinear ? (0, Codes - 1) : (Math.Asinh((Least - Zero) / Scale), Math.Asinh((Greatest - Zero) / Scale));
    }

    public Image Image { get; }

    /// <summary>Changes with the file.</summary>
    public string Version { get; }
    public int Levels { get; }
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

    /// <summary>Pixels and overview.</summary>
    public long Bytes => (long)Image.Width * Image.Height * sizeof(float) * 17 / 16;

    /// <summary>One tile as little-endian 16-bit codes, row after row; 0 is undefined.</summary>
    /// <returns>Null where there is no such tile.</returns>
    public byte[]? Tile(int level, int column, int row)
    {
        if (SizeOf(level, column, row) is not { } size)
        {
            return null;
        }
        var means = new Image(size.Width, size.Height);
        int below = level >= OverviewLevel && overview is not null ? OverviewLevel : 0;
        ImageShrink.ByArea(below > 0 ? overview! : Image, 1 << (level - below), column * TileSize, row * TileSize, means);
        byte[] tile = new byte[size.Width * size.Height * sizeof(ushort)];
        Encode(means.Pixels, tile);
        return tile;
    }

    /// <summary>Where pixels of a tile stand for one or more at or above a level: a bit each, the lowest first, rows begun on a byte.</summary>
    /// <returns>Null where there is no such tile.</returns>
    public byte[]? AtLeast(double limit, int level, int column, int row)
    {
        if (SizeOf(level, column, row) is not { } size)
        {
            return null;
        }
        int stride = (size.Width + 7) / 8;
        byte[] bits = new byte[stride * size.Height];
        (int left, int bottom) = ((column * TileSize) << level, (row * TileSize) << level);
        int right = Math.Min(Image.Width, left + (size.Width << level));
        int top = Math.Min(Image.Height, bottom + (size.Height << level));
        float least = (float)limit;
        for (int y = bottom; y < top; y++)
        {
            ReadOnlySpan<float> pixels = Image.Row(y)[left..right];
            if (!(TensorPrimitives.MaxNumber(pixels) >= least))
            {
                continue;
            }
            Span<byte> line = bits.AsSpan(((y - bottom) >> level) * stride, stride);
            for (int x = 0; x < pixels.Length; x++)
            {
                if (pixels[x] >= least)
                {
                    line[x >> (level + 3)] |= (byte)(1 << ((x >> level) & 7));
                }
            }
        }
        return bits;
    }

    private (int Width, int Height)? SizeOf(int level, int column, int row)
    {
        if (level < 0 || level >= Levels || column < 0 || row < 0)
        {
            return null;
        }
        long width = Shrunk(Image.Width, level) - ((long)column * TileSize);
        long height = Shrunk(Image.Height, level) - ((long)row * TileSize);
        return width <= 0 || height <= 0 ? null : ((int)Math.Min(TileSize, width), (int)Math.Min(TileSize, height));
    }

    private static int Shrunk(int pixels, int level) => (pixels + (1 << level) - 1) >> level;

    /// <summary>Smallest and greatest value, and the overview, in one visit of the pixels.</summary>
    private (double Least, double Greatest) Survey(BandRunner runner)
    {
        const int factor = 1 << OverviewLevel;
        const int band = 16 * factor;
        int bands = (Image.Height + band - 1) / band;
        var (least, greatest) = (new double[bands], new double[bands]);
        runner.Run(
            Image.Height,
            band,
            (i, first, count) =>
            {
                (least[i], greatest[i]) = Extremes(Image.Rows(first, count));
                if (overview is not null)
                {
                    var part = new Image(overview.Width, (count + factor - 1) / factor);
                    ImageShrink.ByArea(Image, factor, 0, first / factor, part);
                    part.Pixels.CopyTo(overview.Rows(first / factor, part.Height));
                }
            }
        );
        (double low, double high) = (least.Min(), greatest.Max());
        return low <= high ? (low, high) : (0, 0);
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
        if (pixels.Length <= WholeSample)
        {
            return pixels.ToArray();
        }
        int step = (pixels.Length + Sampled - 1) / Sampled;
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
        return finite.Length > 0 ? (finite.Min(), finite.Max()) : (double.PositiveInfinity, double.NegativeInfinity);
    }

    private static bool AllWhole(float[] sample) => Array.TrueForAll(sample, v => float.IsNaN(v) || v == MathF.Round(v));
}
