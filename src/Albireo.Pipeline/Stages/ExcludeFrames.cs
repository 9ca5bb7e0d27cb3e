using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;

namespace Albireo.Pipeline.Stages;

/// <summary>Frames that the user leaves out of the curve: nothing is computed from them, yet they can be seen and taken back.</summary>
public static class ExcludeFrames
{
    /// <summary>The table as if those frames had not been measured.</summary>
    /// <exception cref="AlbireoException">A name is that of no frame.</exception>
    public static FluxTable From(FluxTable table, CurveOptions options)
    {
        if (options.ExcludeFrames.Count == 0)
        {
            return table;
        }
        string? stray = options.ExcludeFrames.FirstOrDefault(p => !table.Frames.Any(f => Wildcard.Matches(p, f.Info.Name)));
        return stray is null
            ? table.Without([.. table.Frames.Select(f => options.Excludes(f.Info.Name))])
            : throw new AlbireoException(
                Failure.Usage,
                $"curve.exclude-frames = {stray}: no frame of this observation has that name; the first is {table.Frames[0].Info.Name}."
            );
    }

    /// <summary>The curve with the values that the excluded frames would have had.</summary>
    internal static double[] Shown(
        double[] flux,
        FluxTable measured,
        int aperture,
        int target,
        EnsembleCandidate ensemble,
        double[] levels,
        CurveOptions options
    )
    {
        if (options.ExcludeFrames.Count == 0)
        {
            return flux;
        }
        DifferentialCurve all = DifferentialPhotometry.Ensemble(
            BuildLightCurve.Fluxes(measured, aperture),
            target,
            [.. ensemble.Comparisons],
            [.. ensemble.Weights],
            (uint)BuildLightCurve.Unusable
        );
        return [.. flux.Select((f, i) => options.Excludes(measured.Frames[i].Info.Name) ? all.RelativeFlux[i] / levels[i] : f)];
    }
}
