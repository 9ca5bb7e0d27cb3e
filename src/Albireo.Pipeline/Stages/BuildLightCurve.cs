using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>curve</c>: the target over its comparisons, in the aperture that scatters least. Needs no pixel.</summary>
public static class BuildLightCurve
{
    /// <summary>With these a star's flux is not what the sky sent.</summary>
    internal const FluxQuality Unusable = FluxQuality.Saturated | FluxQuality.Edge;

    /// <returns>Null without a target.</returns>
    /// <exception cref="AlbireoException">There is no comparison, or no frame in which target and comparisons are all there.</exception>
    public static LightCurve? Run(FluxTable measured, Recipe recipe, RunLog log)
    {
        bool[] excluded = Excluded(measured, recipe.Curve);
        FluxTable table = excluded.Contains(true) ? measured.Without(excluded) : measured;
        int target = IndexOf(table, StarRole.Target);
        if (target < 0)
        {
            return null;
        }
        CurveOptions options = recipe.Curve;
        int check = IndexOf(table, StarRole.Check);
        IReadOnlyList<NightFrames> nights = NightFrames.Of(table);
        StarColours? colours = StarColours.Of(table.Stars, target, options.Colour);
        (int[] comparisons, bool isChosen, StarVerdict[] verdicts) = ChooseComparisons.From(table, target, check, colours, options);
        if (isChosen)
        {
            log.Write($"comparisons chosen: {string.Join(", ", comparisons.Select(c => $"#{c}"))}");
        }
        if (options.Aperture is { } wanted && (wanted < 0 || wanted >= table.Radii.Count))
        {
            throw new AlbireoException(
                Failure.Usage,
                $"curve.aperture = {wanted}: there are {table.Radii.Count} apertures, numbered from 0."
            );
        }
        EnsembleWeighting weighting =
            options.Weights != EnsembleWeighting.Auto ? options.Weights
            : isChosen && comparisons.Length > 1 ? EnsembleWeighting.Broeg
            : EnsembleWeighting.Sum;
        EnsembleCandidate[] candidates = WeighComparisons.InEachAperture(table, target, comparisons, check, weighting, options.Prose);
        (int aperture, double[] scatter) = ChooseAperture.From(table, candidates, target, nights, options);
        EnsembleCandidate best = candidates[aperture];
        double[] levels = CurveLevels.Of(best.Curve.RelativeFlux, table.Stars[target].Label, table, nights, options);
        DifferentialCurve curve = Over(best.Curve, levels);
        (curve, string? formula) = DetrendCurve.Run(curve, table, target, nights, recipe);
        DifferentialCurve? checkCurve = best.Check is { } c && c.RelativeFlux.Any(double.IsFinite) ? c : null;
        double[] checkLevels = checkCurve is null
            ? Empty(table.Frames.Count)
            : CurveLevels.Of(checkCurve.RelativeFlux, table.Stars[check].Label, table, nights, options);
        checkCurve = checkCurve is null ? null : Over(checkCurve, checkLevels);
        (FluxQuality[] flags, bool[] used) = FlagCurve.Run(table, curve, target, nights, options);
        StarFluxes fluxes = Fluxes(table, aperture);
        double scatterOfUsed = Scatter(curve, nights);
        if (formula is null && table != measured)
        {
            curve = Shown(curve, Fluxes(measured, aperture), target, best, levels, excluded);
        }
        var made = new LightCurve
        {
            Target = target,
            Comparisons = best.Comparisons,
            Weights = best.Weights,
            IsChosen = isChosen,
            Colours = colours,
            Verdicts = WeighComparisons.Verdicts(fluxes, best.Comparisons, best.Weights, verdicts),
            LeaveOneOut = ComparisonStars.LeaveOneOut(fluxes, target, best.Comparisons, best.Weights, (uint)Unusable),
            Check = check < 0 ? null : check,
            Aperture = aperture,
            Metric = options.Metric,
            ScatterByAperture = scatter,
            RelativeFlux = curve.RelativeFlux,
            RelativeFluxError = curve.RelativeFluxError,
            EnsembleFlux = curve.EnsembleFlux,
            CheckRelativeFlux = checkCurve?.RelativeFlux ?? Empty(table.Frames.Count),
            CheckRelativeFluxError = checkCurve?.RelativeFluxError ?? Empty(table.Frames.Count),
            CheckLevel = checkLevels.FirstOrDefault(double.IsFinite, double.NaN),
            TrendFormula = formula,
            Flags = flags,
            Used = used,
            PointToPointScatter = scatterOfUsed,
            Nights = nights,
        };
        return FoldCurve.Run(made, table, recipe);
    }

    /// <summary>All stars in one aperture.</summary>
    internal static StarFluxes Fluxes(FluxTable table, int aperture) =>
        StarFluxes.OfAperture(
            table.Frames.Count,
            table.Radii.Count,
            table.Stars.Count,
            aperture,
            table.Flux,
            table.FluxError,
            Array.ConvertAll(table.Flags, f => (uint)f)
        );

    /// <summary>Some stars in one aperture, in the order in which they are given.</summary>
    internal static StarFluxes Fluxes(FluxTable table, int aperture, int[] stars)
    {
        int count = table.Frames.Count * stars.Length;
        (double[] flux, double[] error, uint[] flags) = (new double[count], new double[count], new uint[count]);
        for (int i = 0; i < count; i++)
        {
            (int frame, int star) = (i / stars.Length, stars[i % stars.Length]);
            flux[i] = table.Flux[table.At(frame, aperture, star)];
            error[i] = table.FluxError[table.At(frame, aperture, star)];
            flags[i] = (uint)table.Flags[table.At(frame, star)];
        }
        return new StarFluxes(table.Frames.Count, stars.Length, flux, error, flags);
    }

    private static bool[] Excluded(FluxTable table, CurveOptions options)
    {
        string? stray = options.ExcludeFrames.FirstOrDefault(p => !table.Frames.Any(f => Wildcard.Matches(p, f.Info.Name)));
        return stray is null
            ? [.. table.Frames.Select(f => options.Excludes(f.Info.Name))]
            : throw new AlbireoException(
                Failure.Usage,
                $"curve.exclude-frames = {stray}: no frame of this observation has that name; the first is {table.Frames[0].Info.Name}."
            );
    }

    /// <summary>Excluded frames get the value that they would have had, so that they can be seen and taken back.</summary>
    private static DifferentialCurve Shown(
        DifferentialCurve curve,
        StarFluxes fluxes,
        int target,
        EnsembleCandidate best,
        double[] levels,
        bool[] excluded
    )
    {
        DifferentialCurve all = Over(
            DifferentialPhotometry.Ensemble(fluxes, target, best.Comparisons, best.Weights, (uint)Unusable),
            levels
        );
        double[] Mixed(double[] made, double[] shown) => [.. made.Select((v, i) => excluded[i] ? shown[i] : v)];
        return curve with
        {
            RelativeFlux = Mixed(curve.RelativeFlux, all.RelativeFlux),
            RelativeFluxError = Mixed(curve.RelativeFluxError, all.RelativeFluxError),
            EnsembleFlux = Mixed(curve.EnsembleFlux, all.EnsembleFlux),
        };
    }

    /// <summary>The curve in units of the level of each frame.</summary>
    private static DifferentialCurve Over(DifferentialCurve curve, double[] levels) =>
        curve with
        {
            RelativeFlux = [.. curve.RelativeFlux.Select((f, i) => f / levels[i])],
            RelativeFluxError = [.. curve.RelativeFluxError.Select((e, i) => e / levels[i])],
        };

    /// <summary>Of one night as it is; of several their mean, weighted by the points.</summary>
    private static double Scatter(DifferentialCurve curve, IReadOnlyList<NightFrames> nights)
    {
        if (nights.Count == 1)
        {
            return curve.PointToPointScatter();
        }
        double sum = 0;
        int count = 0;
        foreach (NightFrames night in nights)
        {
            double[] flux = [.. night.Frames.Select(f => curve.RelativeFlux[f]).Where(double.IsFinite)];
            double scatter = SeriesStatistics.PointToPointScatter(flux) / SeriesStatistics.Median(flux);
            if (double.IsFinite(scatter))
            {
                sum += flux.Length * scatter * scatter;
                count += flux.Length;
            }
        }
        return count > 0 ? Math.Sqrt(sum / count) : double.NaN;
    }

    private static int IndexOf(FluxTable table, StarRole role)
    {
        for (int i = 0; i < table.Stars.Count; i++)
        {
            if (table.Stars[i].Role == role)
            {
                return i;
            }
        }
        return -1;
    }

    private static double[] Empty(int count)
    {
        double[] values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
