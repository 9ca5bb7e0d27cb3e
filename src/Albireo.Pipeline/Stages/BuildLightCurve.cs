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
    private const FluxQuality Unusable = FluxQuality.Saturated | FluxQuality.Edge;

    /// <returns>Null without a target.</returns>
    /// <exception cref="AlbireoException">There is no comparison, or no frame in which target and comparisons are all there.</exception>
    public static LightCurve? Run(FluxTable table, Recipe recipe, RunLog log)
    {
        int target = IndexOf(table, StarRole.Target);
        if (target < 0)
        {
            return null;
        }
        int check = IndexOf(table, StarRole.Check);
        CurveOptions options = recipe.Curve;
        (int[] comparisons, bool isChosen, StarVerdict[] verdicts) = ChooseComparisons.From(table, target, check, options);
        if (isChosen)
        {
            log.Write($"comparisons chosen: {string.Join(", ", comparisons.Select(c => $"#{c}"))}");
        }
        bool isWeighted =
            options.Weights == EnsembleWeighting.Broeg || (options.Weights == EnsembleWeighting.Auto && isChosen && comparisons.Length > 1);
        if (options.Aperture is { } wanted && (wanted < 0 || wanted >= table.Radii.Count))
        {
            throw new AlbireoException(
                Failure.Usage,
                $"curve.aperture = {wanted}: there are {table.Radii.Count} apertures, numbered from 0."
            );
        }
        bool[] excluded = Excluded(table, options);
        Candidate[] candidates =
        [
            .. Enumerable
                .Range(0, table.Radii.Count)
                .Select(a => Make(Without(Fluxes(table, a), excluded), target, comparisons, check, isWeighted)),
        ];
        (int aperture, double[] scatter) = Best(table, candidates, target, comparisons, options);
        Candidate best = candidates[aperture];
        DifferentialCurve curve = Normalised(best.Curve, table, options);
        double level = curve.Level;
        (curve, string? formula) = DetrendCurve.Run(curve, table, target, options);
        double scatterOfUsed = curve.PointToPointScatter();
        double[] checkFlux =
            best.Check is { } c && c.RelativeFlux.Any(double.IsFinite) ? c.NormalisedByMedian().RelativeFlux : Empty(table.Frames.Count);
        (FluxQuality[] flags, bool[] used) = FlagCurve.Run(table, curve, target, options);
        StarFluxes fluxes = Without(Fluxes(table, aperture), excluded);
        if (formula is null)
        {
            curve = WithExcluded(curve, Fluxes(table, aperture), target, comparisons, best.Weights, level, excluded);
        }
        return new LightCurve
        {
            Target = target,
            Comparisons = comparisons,
            Weights = best.Weights,
            IsChosen = isChosen,
            Verdicts = Verdicts(fluxes, comparisons, best.Weights, verdicts),
            LeaveOneOut = ComparisonStars.LeaveOneOut(fluxes, target, comparisons, best.Weights, (uint)Unusable),
            Check = check < 0 ? null : check,
            Aperture = aperture,
            Metric = options.Metric,
            ScatterByAperture = scatter,
            RelativeFlux = curve.RelativeFlux,
            RelativeFluxError = curve.RelativeFluxError,
            EnsembleFlux = curve.EnsembleFlux,
            CheckRelativeFlux = checkFlux,
            TrendFormula = formula,
            Flags = flags,
            Used = used,
            PointToPointScatter = scatterOfUsed,
        };
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

    private static bool[] Excluded(FluxTable table, CurveOptions options)
    {
        if (options.ExcludeFrames.Count == 0)
        {
            return new bool[table.Frames.Count];
        }
        string? stray = options.ExcludeFrames.FirstOrDefault(p => !table.Frames.Any(f => Instruments.Wildcard.Matches(p, f.Info.Name)));
        return stray is null
            ? [.. table.Frames.Select(f => options.Excludes(f.Info.Name))]
            : throw new AlbireoException(
                Failure.Usage,
                $"curve.exclude-frames = {stray}: no frame of this observation has that name; the first is {table.Frames[0].Info.Name}."
            );
    }

    /// <summary>The fluxes as if the excluded frames had not been measured.</summary>
    private static StarFluxes Without(StarFluxes fluxes, bool[] excluded)
    {
        if (!excluded.Contains(true))
        {
            return fluxes;
        }
        double[] flux = [.. fluxes.Flux.Select((f, i) => excluded[i / fluxes.Stars] ? double.NaN : f)];
        return new StarFluxes(fluxes.Frames, fluxes.Stars, flux, fluxes.Error, fluxes.Flags);
    }

    /// <summary>Excluded frames get the value that they would have had, so that they can be seen and taken back.</summary>
    private static DifferentialCurve WithExcluded(
        DifferentialCurve curve,
        StarFluxes fluxes,
        int target,
        int[] comparisons,
        double[] weights,
        double level,
        bool[] excluded
    )
    {
        if (!excluded.Contains(true))
        {
            return curve;
        }
        DifferentialCurve all = DifferentialPhotometry.Ensemble(fluxes, target, comparisons, weights, (uint)Unusable).NormalisedBy(level);
        double[] Mixed(double[] made, double[] shown) => [.. made.Select((v, i) => excluded[i] ? shown[i] : v)];
        return curve with
        {
            RelativeFlux = Mixed(curve.RelativeFlux, all.RelativeFlux),
            RelativeFluxError = Mixed(curve.RelativeFluxError, all.RelativeFluxError),
            EnsembleFlux = Mixed(curve.EnsembleFlux, all.EnsembleFlux),
        };
    }

    private sealed record Candidate(DifferentialCurve Curve, DifferentialCurve? Check, double[] Weights);

    private static Candidate Make(StarFluxes fluxes, int target, int[] comparisons, int check, bool isWeighted)
    {
        double[] weights = isWeighted ? Broeg(fluxes, comparisons) : [.. Enumerable.Repeat(1.0, comparisons.Length)];
        return new Candidate(
            DifferentialPhotometry.Ensemble(fluxes, target, comparisons, weights, (uint)Unusable),
            check < 0 ? null : DifferentialPhotometry.Ensemble(fluxes, check, comparisons, weights, (uint)Unusable),
            weights
        );
    }

    /// <summary>Weights by inverse variance, on the scale of the plain sum.</summary>
    private static double[] Broeg(StarFluxes fluxes, int[] comparisons)
    {
        if (Weigh(fluxes, comparisons) is not { } weights)
        {
            return [.. Enumerable.Repeat(1.0, comparisons.Length)];
        }
        double scale = weights.Means.Sum();
        return [.. weights.FluxWeights().Select(w => w * scale)];
    }

    private static EnsembleWeights? Weigh(StarFluxes fluxes, int[] comparisons)
    {
        int[] frames = [.. Enumerable.Range(0, fluxes.Frames).Where(f => comparisons.All(c => fluxes.IsUsable(f, c, (uint)Unusable)))];
        if (comparisons.Length < 2 || frames.Length < 3)
        {
            return null;
        }
        try
        {
            return BroegEnsemble.Weigh(fluxes, comparisons, frames);
        }
        catch (ArgumentException)
        {
            return null; // a star without light in this aperture: the plain sum shows it
        }
    }

    /// <summary>The verdict on each star that was looked at, comparisons with what the curve's own aperture says of them.</summary>
    private static StarVerdict[] Verdicts(StarFluxes fluxes, int[] comparisons, double[] fluxWeights, StarVerdict[] chosen)
    {
        EnsembleWeights? weights = Weigh(fluxes, comparisons);
        double[] parts =
        [
            .. comparisons.Select(
                (c, i) =>
                    fluxWeights[i]
                    * SeriesStatistics.Median([.. Enumerable.Range(0, fluxes.Frames).Select(f => fluxes.Flux[(f * fluxes.Stars) + c])])
            ),
        ];
        double sum = parts.Sum();
        IEnumerable<StarVerdict> inside = comparisons.Select(
            (c, i) =>
                new StarVerdict(
                    c,
                    true,
                    chosen.FirstOrDefault(v => v.Star == c)?.Reason ?? "named by the user",
                    parts[i] / sum,
                    weights?.Scatter[i] ?? double.NaN,
                    weights?.Trend[i] ?? double.NaN
                )
        );
        return [.. inside, .. chosen.Where(v => !comparisons.Contains(v.Star))];
    }

    private static (int Aperture, double[] Scatter) Best(
        FluxTable table,
        Candidate[] candidates,
        int target,
        int[] comparisons,
        CurveOptions options
    )
    {
        ApertureMetric metric = options.Metric switch
        {
            CurveMetric.PointToPoint => ApertureMetric.PointToPoint,
            CurveMetric.Binned => ApertureMetric.Binned,
            CurveMetric.Stddiff => ApertureMetric.StandardDifference,
            CurveMetric.Stability => ApertureMetric.Stability,
            CurveMetric.White => ApertureMetric.WhiteNoise,
        };
        if (!candidates.Any(c => c.Curve.RelativeFlux.Any(double.IsFinite)))
        {
            throw new AlbireoException(Failure.NoResult, WhyEmpty(table, target, comparisons));
        }
        bool hasCheck = candidates.Any(c => c.Check?.RelativeFlux.Any(double.IsFinite) ?? false);
        double[][] curves = [.. candidates.Select(c => (hasCheck ? c.Check! : c.Curve).RelativeFlux)];
        double[] scatter = [.. curves.Select(c => ApertureChoice.Measure(c, metric))];
        if (options.Aperture is { } given)
        {
            return (given, scatter);
        }
        // Too few points to judge by: the middle aperture, if it has any.
        int fallback = candidates[candidates.Length / 2].Curve.RelativeFlux.Any(double.IsFinite)
            ? candidates.Length / 2
            : Array.FindIndex(candidates, c => c.Curve.RelativeFlux.Any(double.IsFinite));
        return scatter.Any(double.IsFinite) ? (ApertureChoice.Best(curves, metric, out scatter), scatter) : (fallback, scatter);
    }

    private static DifferentialCurve Normalised(DifferentialCurve curve, FluxTable table, CurveOptions options)
    {
        if (options.Exclude.Count == 0)
        {
            return curve.NormalisedByMedian();
        }
        double[] times = [.. table.Frames.Select(f => f.MidUtc?.Value ?? double.NaN)];
        try
        {
            return curve.NormalisedOutside(times, options.Exclude[0], options.Exclude[1]);
        }
        catch (ArgumentException e)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"curve.exclude = {options.Exclude[0]},{options.Exclude[1]}: no usable point lies outside that window.",
                e
            );
        }
    }

    private static string WhyEmpty(FluxTable table, int target, int[] comparisons)
    {
        int measured = table.Frames.Count(f => f.IsMeasured);
        if (measured == 0)
        {
            return "No frame could be measured; inventory.csv and run.json list the reasons.";
        }
        string Star(int star)
        {
            Star s = table.Stars[star];
            int saturated = Enumerable
                .Range(0, table.Frames.Count)
                .Count(f => (table.Flags[table.At(f, star)] & FluxQuality.Saturated) != FluxQuality.None);
            int edge = Enumerable
                .Range(0, table.Frames.Count)
                .Count(f => (table.Flags[table.At(f, star)] & FluxQuality.Edge) != FluxQuality.None);
            return $"{s.Label} at ({s.X:F1}, {s.Y:F1}): saturated in {saturated}, beyond the edge in {edge}";
        }
        return $"In none of the {measured} measured frames are target and comparisons all usable ({string.Join("; ", comparisons.Prepend(target).Select(Star))}); choose other stars.";
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
