using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>One frame of 2048², one thread: (raw − bias − dark)/flat alone, with uncertainty and mask, and cosmic rays.</summary>
public class CalibrationBenchmarks
{
    private const int Side = 2048;
    private static readonly CalibrationOptions Options = new();
    private Image raw = null!;
    private CalibrationInputs inputs = null!;
    private CalibrationBuffers buffers = null!;
    private DetectorParameters detector = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new SeededRandom(1);
        raw = Noise(random, 1500, 30);
        inputs = new CalibrationInputs
        {
            Bias = Noise(random, 300, 2),
            Dark = Noise(random, 5, 1),
            Flat = Noise(random, 1, 0.05),
            BiasUncertainty = Noise(random, 2, 0.1),
            DarkUncertainty = Noise(random, 1, 0.1),
            FlatUncertainty = Noise(random, 0.003, 0.0001),
        };
        buffers = new CalibrationBuffers(new Image(Side, Side), new PixelMask(Side, Side), new Image(Side, Side));
        detector = new DetectorParameters(1.4, 7, 65535);
    }

    [Benchmark(Baseline = true)]
    public void Kernel() =>
        CalibrationKernel.Apply(raw.Pixels, inputs.Bias!.Pixels, 1, inputs.Dark!.Pixels, 1, inputs.Flat!.Pixels, buffers.Pixels.Pixels);

    [Benchmark]
    public void KernelScalar() =>
        CalibrationKernel.ApplyScalar(
            raw.Pixels,
            inputs.Bias!.Pixels,
            1,
            inputs.Dark!.Pixels,
            1,
            inputs.Flat!.Pixels,
            buffers.Pixels.Pixels
        );

    [Benchmark]
    public CalibratedImage WithMaskAndUncertainty() => ImageCalibrator.Calibrate(raw, inputs, detector, Options, buffers);

    [Benchmark]
    public int CosmicRayRounds() => CosmicRays.Find(raw, new PixelMask(Side, Side), 1.4, 7, new CosmicRayOptions(), buffers.Pixels);

    private static Image Noise(SeededRandom random, double level, double sigma)
    {
        var image = new Image(Side, Side);
        foreach (ref float pixel in image.Pixels)
        {
            pixel = (float)(level + (sigma * random.Normal()));
        }
        return image;
    }
}
