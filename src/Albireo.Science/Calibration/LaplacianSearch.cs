using System.Runtime.Intrinsics;
using Albireo.Science.Images;

namespace Albireo.Science.Calibration;

/// <summary>One frame's rounds of <see cref="CosmicRays"/>, in electrons.</summary>
internal sealed class LaplacianSearch
{
    private const float LeastSignal = 1e-5f;
    private const float LeastStructure = 0.01f;
    private static readonly MedianFilter Three = new(3);
    private static readonly MedianFilter Five = new(5);
    private static readonly MedianFilter Seven = new(7);

    private readonly BandRunner bands;
    private readonly float readVariance;
    private readonly float clip;
    private readonly float neighbourClip;
    private readonly float objectLimit;
    private readonly bool[] excluded;
    private readonly int width;
    private readonly int height;
    private readonly Image noise;
    private readonly Image significance;
    private readonly Image smooth;

    public LaplacianSearch(Image image, PixelMask mask, float gain, float readNoise, CosmicRayOptions options, BandRunner bands)
    {
        this.bands = bands;
        width = image.Width;
        height = image.Height;
        readVariance = readNoise * readNoise;
        clip = (float)options.SigmaClip;
        neighbourClip = (float)(options.SigmaClip * options.SigmaFraction);
        objectLimit = (float)options.ObjectLimit;
        excluded = CosmicRays.Excluded(mask);
        Hits = new bool[width * height];
        Clean = new Image(width, height);
        noise = new Image(width, height);
        significance = new Image(width, height);
        smooth = new Image(width, height);
        for (int i = 0; i < Hits.Length; i++)
        {
            Clean.Pixels[i] = image.Pixels[i] * gain;
            excluded[i] |= !float.IsFinite(Clean.Pixels[i]);
        }
        bool[] undefined = [.. Enumerable.Range(0, Hits.Length).Select(i => !float.IsFinite(image.Pixels[i]))];
        if (undefined.Contains(true))
        {
            Fill(undefined);
        }
    }

    /// <summary>Pixels found so far.</summary>
    public bool[] Hits { get; }

    /// <summary>Electrons; hits replaced.</summary>
    public Image Clean { get; }

    /// <summary>One round; returns how many hits are new.</summary>
    public int Round()
    {
        Five.Apply(Clean, noise, bands);
        bands.Run(height, 64, (_, first, count) => Laplacian(first, count));
        Five.Apply(significance, smooth, bands);
        for (int i = 0; i < significance.Pixels.Length; i++)
        {
            significance.Pixels[i] -= smooth.Pixels[i];
        }
        bool[] hits = Sharp();
        hits = Grown(hits, clip);
        hits = Grown(hits, neighbourClip);
        int found = 0;
        for (int i = 0; i < hits.Length; i++)
        {
            found += hits[i] && !Hits[i] ? 1 : 0;
            Hits[i] |= hits[i];
        }
        if (found > 0)
        {
            Fill(Hits);
        }
        return found;
    }

    /// <summary>
    /// Laplacian of the frame sampled twice as finely, negative values cut, averaged back: <c>¼ Σ max(0, 2p − h − v)</c> over the four
    /// pairs of a horizontal and a vertical neighbour; over twice the noise √(5 × 5 median + read noise²).
    /// </summary>
    private void Laplacian(int first, int count)
    {
        for (int y = first; y < first + count; y++)
        {
            ReadOnlySpan<float> row = Clean.Row(y);
            ReadOnlySpan<float> above = Clean.Row(Math.Max(0, y - 1));
            ReadOnlySpan<float> below = Clean.Row(Math.Min(height - 1, y + 1));
            Span<float> sigma = noise.Row(y);
            Span<float> result = significance.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                float p = 2 * row[x];
                float left = row[Math.Max(0, x - 1)];
                float right = row[Math.Min(width - 1, x + 1)];
                float sum =
                    Math.Max(0, p - left - above[x])
                    + Math.Max(0, p - right - above[x])
                    + Math.Max(0, p - left - below[x])
                    + Math.Max(0, p - right - below[x]);
                sigma[x] = MathF.Sqrt(Math.Max(sigma[x], LeastSignal) + readVariance);
                result[x] = 0.25f * sum / (2 * sigma[x]);
            }
        }
    }

    /// <summary>Significant pixels that are sharper than a star; the fine structure is computed only around suspects.</summary>
    private bool[] Sharp()
    {
        Image medians = smooth;
        Three.Apply(Clean, medians, bands);
        var padded = new PaddedImage(medians, 3);
        var sharp = new bool[Hits.Length];
        bands.Run(
            height,
            64,
            (_, first, count) =>
            {
                var scratch = new AlignedBuffer<float>(49);
                for (int y = first; y < first + count; y++)
                {
                    SharpRow(y, medians, padded, scratch.Vectors, sharp.AsSpan(y * width, width));
                }
            }
        );
        return sharp;
    }

    private void SharpRow(int y, Image medians, PaddedImage padded, Span<Vector512<float>> scratch, Span<bool> sharp)
    {
        ReadOnlySpan<float> row = significance.Row(y);
        for (int block = 0; block < row.Length; block += Vector512<float>.Count)
        {
            int end = Math.Min(row.Length, block + Vector512<float>.Count);
            Vector512<float> wide = default;
            bool computed = false;
            for (int x = block; x < end; x++)
            {
                if (!(row[x] > clip) || excluded[(y * width) + x])
                {
                    continue;
                }
                wide = computed ? wide : Seven.Middle(padded, block, y, scratch);
                computed = true;
                float structure = Math.Max((medians[x, y] - wide[x - block]) / noise[x, y], LeastStructure);
                sharp[x] = row[x] / structure > objectLimit;
            }
        }
    }

    /// <summary>Hits and their eight neighbours, where the significance is above a limit.</summary>
    private bool[] Grown(bool[] hits, float limit)
    {
        var grown = new bool[hits.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (!hits[(y * width) + x])
                {
                    continue;
                }
                for (int j = Math.Max(0, y - 1); j <= Math.Min(height - 1, y + 1); j++)
                {
                    for (int i = Math.Max(0, x - 1); i <= Math.Min(width - 1, x + 1); i++)
                    {
                        int at = (j * width) + i;
                        grown[at] |= significance.Pixels[at] > limit && !excluded[at];
                    }
                }
            }
        }
        return grown;
    }

    /// <summary>Replaces marked pixels by the median of the good ones in 5 × 5, or of all good ones where there is none.</summary>
    private void Fill(bool[] marked)
    {
        var values = new List<float>(24);
        var filled = new List<(int At, float Value)>();
        double level = double.NaN;
        for (int at = 0; at < marked.Length; at++)
        {
            if (!marked[at])
            {
                continue;
            }
            values.Clear();
            int x = at % width;
            int y = at / width;
            for (int j = Math.Max(0, y - 2); j <= Math.Min(height - 1, y + 2); j++)
            {
                for (int i = Math.Max(0, x - 2); i <= Math.Min(width - 1, x + 2); i++)
                {
                    int other = (j * width) + i;
                    if (!marked[other] && !Hits[other] && !excluded[other])
                    {
                        values.Add(Clean.Pixels[other]);
                    }
                }
            }
            if (values.Count == 0)
            {
                level = double.IsNaN(level) ? GoodLevel(marked) : level;
                filled.Add((at, (float)level));
                continue;
            }
            values.Sort();
            filled.Add((at, (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2));
        }
        foreach ((int at, float value) in filled)
        {
            Clean.Pixels[at] = value;
        }
    }

    private double GoodLevel(bool[] marked)
    {
        float[] good = [.. Enumerable.Range(0, marked.Length).Where(i => !marked[i] && !excluded[i]).Select(i => Clean.Pixels[i])];
        return good.Length == 0 ? 0 : FrameLevel.Of(good.AsSpan(), LevelMethod.Median);
    }
}
