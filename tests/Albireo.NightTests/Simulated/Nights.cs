using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;
using Albireo.Science.Simulation;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Simulated;

/// <summary>Simulated nights, reduced in this process with the stars that their truth names.</summary>
internal static class Nights
{
    private static readonly ResourceLimits OneThread = ResourceLimits.Default with { Threads = 1 };

    public static (SimulatedNight Night, ReductionResult Result) Reduce(SimulateOptions options, string folder, bool keepCalibrated = false)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        SimulatedNight night = SimulateNight.Run(options, Path.Combine(folder, "night"), OneThread, IRunObserver.None, cancellation);
        ReductionRequest request = Demonstration.Request(night, Path.Combine(folder, "out")) with { KeepCalibrated = keepCalibrated };
        return (night, Reduction.Run(request, OneThread, IRunObserver.None, cancellation));
    }

    /// <summary>The frames and their truth without files: the same plan gives the same bits.</summary>
    public static NightSimulator Simulator(SimulateOptions options) => new(options.Plan, options.TargetFlux());

    /// <summary>An image HDU of a product: the primary one or the extension of a name.</summary>
    public static Image Picture(string path, string? extension = null)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage hdu = extension is null ? (FitsImage)file.Hdu(0) : file.Hdus.OfType<FitsImage>().Single(h => h.Name == extension);
        var image = new Image(hdu.Width, hdu.Height);
        hdu.ReadRows(0, hdu.Height, image.Pixels);
        return image;
    }

    /// <summary>Standard deviation about the mean.</summary>
    public static double Width(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
