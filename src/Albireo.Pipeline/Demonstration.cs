using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Transits;

namespace Albireo.Pipeline;

/// <summary>What <c>albireo demo</c> shows: a night with a known transit, reduced, and the depth found beside the depth put in.</summary>
/// <param name="Night">The simulated night.</param>
/// <param name="Result">What the reduction made of it.</param>
/// <param name="Injected">Light missing at mid-transit, put in.</param>
/// <param name="Found">The same, measured on the light curve with the known shape.</param>
public sealed record Demonstration(SimulatedNight Night, ReductionResult Result, double Injected, DepthEstimate Found)
{
    /// <summary>The report of the reduction.</summary>
    public string ReportPath => Path.Combine(Result.Output, Result.Observations[0].Folder, "report.html");

    /// <summary>Simulates into <c>OUT/night</c> and reduces into <c>OUT/reduced</c>.</summary>
    public static Demonstration Run(
        SimulateOptions options,
        string output,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        TransitParameters planet =
            options.Planet() ?? throw new AlbireoException(Failure.Usage, "A demonstration needs a transit: the depth must be above 0.");
        SimulatedNight night = SimulateNight.Run(options, Path.Combine(output, "night"), limits, observer, cancellation);
        ReductionResult result = Reduction.Run(Request(night, Path.Combine(output, "reduced")), limits, observer, cancellation);
        ObservationResult observation = result.Observations[0];
        return new Demonstration(night, result, planet.Depth, Depth(observation.Fluxes, observation.Curve!, planet));
    }

    /// <summary>The request that reduces a simulated night with the stars that its truth names.</summary>
    public static ReductionRequest Request(SimulatedNight night, string output)
    {
        ArgumentNullException.ThrowIfNull(night);
        return new ReductionRequest
        {
            Inputs = [night.Folder],
            Output = output,
            Target = Star(night.Truth.Stars.First(s => s.Name == "target")),
            Comparisons = [.. night.Truth.Stars.Where(s => s.Name.StartsWith("comparison-", StringComparison.Ordinal)).Select(Star)],
            Check = Star(night.Truth.Stars.First(s => s.Name == "check")),
        };
    }

    /// <summary>Depth of the known shape in the curve, over a straight baseline.</summary>
    internal static DepthEstimate Depth(FluxTable table, LightCurve curve, TransitParameters planet)
    {
        int[] used = [.. Enumerable.Range(0, table.Frames.Count).Where(i => curve.Used[i] && table.Frames[i].MidUtc is not null)];
        double[] times = [.. used.Select(i => table.Frames[i].MidUtc!.Value.Value)];
        double exposure = table.Frames[0].Info.ExposureSeconds!.Value / 86400;
        var model = new double[times.Length];
        TransitModel.Flux(planet, times, exposure, model);
        double[] shape = [.. model.Select(f => (1 - f) / planet.Depth)];
        return TransitDepth.Fit(
            times,
            [.. used.Select(i => curve.RelativeFlux[i])],
            [.. used.Select(i => curve.RelativeFluxError[i])],
            shape
        );
    }

    private static StarDesignation Star(StarTruth star) => new StarDesignation.Pixel(star.Name, star.X, star.Y);
}
