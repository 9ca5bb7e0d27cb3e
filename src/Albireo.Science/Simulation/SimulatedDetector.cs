using System.Numerics.Tensors;
using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>One camera of a <see cref="DetectorModel"/>, with its own bias pattern, hot pixels and dust; it turns light into counts.</summary>
public sealed class SimulatedDetector
{
    private readonly DetectorModel model;

    /// <summary>Makes the camera of a seed.</summary>
    public SimulatedDetector(DetectorModel model, int width, int height, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        var random = SeededRandom.Child(seed, 0xDE7EC7);
        Bias = MakeBias(model, width, height, random);
        DarkRate = MakeDarkRate(model, width, height, random);
        Flat = MakeFlat(model, width, height, random);
    }

    /// <summary>True bias, ADU.</summary>
    public Image Bias { get; }

    /// <summary>True dark current, electrons a second.</summary>
    public Image DarkRate { get; }

    /// <summary>True sensitivity, its median 1.</summary>
    public Image Flat { get; }

    /// <summary>The faults that it was made with.</summary>
    public DetectorModel Model => model;

    /// <summary>True bias-free dark of an exposure, ADU.</summary>
    public Image Dark(double exposureSeconds)
    {
        var dark = new Image(DarkRate.Width, DarkRate.Height);
        TensorPrimitives.Multiply(DarkRate.Pixels, (float)(exposureSeconds / model.GainElectronsPerAdu), dark.Pixels);
        return dark;
    }

    /// <summary>
    /// Exposes and reads: light × sensitivity and dark current become electrons with Poisson noise (normal above 60), cosmic rays are
    /// added, read noise, gain and bias make counts, which are rounded and cut at 0 and at saturation.
    /// </summary>
    /// <param name="light">Expected electrons of each pixel at sensitivity 1, or null for a closed shutter.</param>
    /// <param name="exposureSeconds">For dark current and cosmic rays.</param>
    /// <param name="random">The frame's own.</param>
    /// <param name="counts">ADU, row-major [height, width].</param>
    /// <returns>Indices of the pixels that cosmic rays hit.</returns>
    public IReadOnlyList<int> Expose(Image? light, double exposureSeconds, SeededRandom random, Span<ushort> counts)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require.SameLength(Bias.Pixels.Length, counts.Length);
        var normal = new NormalSource(random);
        ReadOnlySpan<float> photons = light is null ? [] : light.Pixels;
        ReadOnlySpan<float> flat = Flat.Pixels;
        ReadOnlySpan<float> darkRate = DarkRate.Pixels;
        ReadOnlySpan<float> bias = Bias.Pixels;
        double readVariance = model.ReadNoiseElectrons * model.ReadNoiseElectrons;
        double inverseGain = 1 / model.GainElectronsPerAdu;
        Dictionary<int, double> hits = CosmicRays(exposureSeconds, random);
        for (int i = 0; i < counts.Length; i++)
        {
            double mean = darkRate[i] * exposureSeconds;
            mean += photons.IsEmpty ? 0 : photons[i] * flat[i];
            double electrons;
            if (mean < 60)
            {
                electrons = (mean > 0 ? random.Poisson(mean) : 0) + (model.ReadNoiseElectrons * normal.Next());
            }
            else
            {
                electrons = mean + (Math.Sqrt(mean + readVariance) * normal.Next());
            }
            counts[i] = Count(bias[i] + (electrons * inverseGain));
        }
        foreach ((int i, double charge) in hits)
        {
            counts[i] = Count(counts[i] + (charge * inverseGain));
        }
        return [.. hits.Keys.Order()];
    }

    private ushort Count(double adu) => (ushort)Math.Clamp(Math.Floor(adu + 0.5), 0, model.SaturationAdu);

    /// <summary>Short straight tracks of one to a few pixels.</summary>
    private Dictionary<int, double> CosmicRays(double exposureSeconds, SeededRandom random)
    {
        var hits = new Dictionary<int, double>();
        int width = Bias.Width;
        int height = Bias.Height;
        long rays = random.Poisson(model.CosmicRaysPerSecond * exposureSeconds * width * height / 1e6);
        for (long ray = 0; ray < rays; ray++)
        {
            double x = random.Uniform(0, width);
            double y = random.Uniform(0, height);
            double angle = random.Uniform(0, 2 * Math.PI);
            double length = 1 - (1.5 * Math.Log(1 - random.Uniform()));
            double charge = 1500 * Math.Exp(0.8 * random.Normal());
            for (double step = 0; step < length; step += 0.5)
            {
                int column = (int)(x + (step * Math.Cos(angle)));
                int row = (int)(y + (step * Math.Sin(angle)));
                if (column >= 0 && column < width && row >= 0 && row < height)
                {
                    int at = (row * width) + column;
                    hits[at] = hits.GetValueOrDefault(at) + (charge * Math.Min(0.5, length - step));
                }
            }
        }
        return hits;
    }

    private static Image MakeBias(DetectorModel model, int width, int height, SeededRandom random)
    {
        var bias = new Image(width, height);
        var columns = new double[width];
        for (int x = 0; x < width; x++)
        {
            columns[x] = model.ColumnPatternAdu * random.Normal();
        }
        for (int y = 0; y < height; y++)
        {
            double row = model.BiasAdu + (model.RowSlopeAdu * (((double)y / Math.Max(1, height - 1)) - 0.5));
            for (int x = 0; x < width; x++)
            {
                bias[x, y] = (float)(row + columns[x]);
            }
        }
        return bias;
    }

    private static Image MakeDarkRate(DetectorModel model, int width, int height, SeededRandom random)
    {
        var rate = new Image(width, height);
        rate.Pixels.Fill((float)model.DarkElectronsPerSecond);
        int hot = (int)Math.Round(model.HotPixelFraction * width * height);
        for (int i = 0; i < hot; i++)
        {
            rate.Pixels[random.Below(width * height)] = (float)(model.HotElectronsPerSecond * Math.Pow(10, -2 * random.Uniform()));
        }
        return rate;
    }

    private static Image MakeFlat(DetectorModel model, int width, int height, SeededRandom random)
    {
        var flat = new Image(width, height);
        double cx = (width - 1) / 2.0;
        double cy = (height - 1) / 2.0;
        double corner = (cx * cx) + (cy * cy);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double r = (((x - cx) * (x - cx)) + ((y - cy) * (y - cy))) / Math.Max(1, corner);
                flat[x, y] = (float)((1 - (model.Vignetting * r)) * (1 + (model.PixelResponseScatter * random.Normal())));
            }
        }
        for (int i = 0; i < model.DustSpots; i++)
        {
            double x0 = random.Uniform(0, width);
            double y0 = random.Uniform(0, height);
            double radius = random.Uniform(6, 22);
            double depth = random.Uniform(0.02, 0.08);
            for (int y = (int)Math.Max(0, y0 - (2 * radius)); y < Math.Min(height, y0 + (2 * radius)); y++)
            {
                for (int x = (int)Math.Max(0, x0 - (2 * radius)); x < Math.Min(width, x0 + (2 * radius)); x++)
                {
                    double r = Math.Sqrt(((x - x0) * (x - x0)) + ((y - y0) * (y - y0)));
                    double ring = (r - (0.7 * radius)) / (0.2 * radius);
                    flat[x, y] *= (float)(1 - (depth * Math.Exp(-0.5 * ring * ring)));
                }
            }
        }
        MasterFlat.Normalise(flat, null);
        return flat;
    }
}
