using System.Globalization;
using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>
/// Chooses comparison stars: first by what can be seen of each (usable throughout, brightness, isolation, colour), then by how quiet and
/// steady each is against the weighted rest (<see cref="BroegEnsemble"/>), the worst one leaving first, until all that remain are fit.
/// Air dims blue light more than red, within a filter too: over a night a star of another colour drifts against the target. Where the
/// target's colour is known, stars of known and like colour come first; if they are too few, stars of unknown colour join them.
/// </summary>
public static class ComparisonStars
{
    private const double LeastWeight = 0.002;

    /// <summary>Chooses.</summary>
    /// <param name="fluxes">[frame, star].</param>
    /// <param name="target">Index of the target star.</param>
    /// <param name="options">Limits, bans and locks.</param>
    /// <param name="facts">Positions and colours, or null.</param>
    /// <exception cref="ArgumentException">No star is fit; the message gives the commonest reason.</exception>
    public static ComparisonChoice Choose(StarFluxes fluxes, int target, ComparisonOptions options, StarFacts? facts = null)
    {
        Require.Between(target, 0, fluxes.Stars - 1);
        var candidates = new ComparisonCandidates(fluxes, target, options, facts ?? new StarFacts());
        int enough = Math.Min(options.EnoughOfKnownColour, options.Most);
        if (enough > 0 && candidates.KnowsColour && Choose(candidates, isOfKnownColour: true, out _) is { } alike)
        {
            int known = alike.Comparisons.Count(s => double.IsFinite(candidates.ColourDifference(s)));
            if (known >= enough)
            {
                return alike;
            }
        }
        return Choose(candidates, isOfKnownColour: false, out string why) ?? throw new ArgumentException(why, nameof(options));
    }

    /// <summary>The choice among all stars, or among those of known colour only; null where nobody is left.</summary>
    private static ComparisonChoice? Choose(ComparisonCandidates all, bool isOfKnownColour, out string why)
    {
        (StarFluxes fluxes, ComparisonOptions options) = (all.Fluxes, all.Options);
        (List<int> candidates, string?[] reasons) = all.Fit(isOfKnownColour);
        why = "No comparison star can be judged: in no two frames are all candidates usable.";
        if (candidates.Count == 0 || all.Frames.Length < 2)
        {
            why = Nobody(reasons, all.Target, all.Frames.Length);
            return null;
        }
        int[] common = CommonFrames(fluxes, candidates, all.Frames, options.Unusable);
        if (common.Length < 2)
        {
            return null;
        }
        EnsembleWeights weights;
        while (true)
        {
            weights = BroegEnsemble.Weigh(fluxes, [.. candidates], common);
            (int worst, string? objection) = Worst(fluxes, weights, common, options);
            if (objection is null)
            {
                break;
            }
            reasons[candidates[worst]] = objection;
            candidates.RemoveAt(worst);
        }
        if (candidates.Count > options.Most)
        {
            int[] byWeight =
            [
                .. Enumerable
                    .Range(0, candidates.Count)
                    .OrderByDescending(i => options.Locked.Contains(candidates[i]) ? 2 : weights.Weights[i]),
            ];
            foreach (int star in byWeight.Skip(options.Most).Select(i => candidates[i]).ToArray())
            {
                reasons[star] = string.Create(CultureInfo.InvariantCulture, $"{options.Most} better ones are enough");
                _ = candidates.Remove(star);
            }
            weights = BroegEnsemble.Weigh(fluxes, [.. candidates], common);
        }
        return Finish(all, weights, reasons);
    }

    /// <summary>What the curve's point-to-point scatter becomes without each comparison in turn, and how far the curve moves.</summary>
    /// <param name="fluxes">[frame, star].</param>
    /// <param name="target">Index of the target star.</param>
    /// <param name="comparisons">Indices of the comparisons, two or more.</param>
    /// <param name="fluxWeights">One a comparison.</param>
    /// <param name="unusable">Flags that make a measurement unusable.</param>
    /// <returns>For each comparison: scatter of the normalised curve without it, and the standard deviation of the curve's change.</returns>
    public static (double Scatter, double Change)[] LeaveOneOut(
        StarFluxes fluxes,
        int target,
        ReadOnlySpan<int> comparisons,
        ReadOnlySpan<double> fluxWeights,
        uint unusable = 0
    )
    {
        if (comparisons.Length < 2)
        {
            return [.. Enumerable.Repeat((double.NaN, double.NaN), comparisons.Length)];
        }
        double[] whole = DifferentialPhotometry
            .Ensemble(fluxes, target, comparisons, fluxWeights, unusable)
            .NormalisedByMedian()
            .RelativeFlux;
        var effects = new (double, double)[comparisons.Length];
        for (int c = 0; c < comparisons.Length; c++)
        {
            double[] weights = fluxWeights.ToArray();
            weights[c] = 0;
            DifferentialCurve curve = DifferentialPhotometry.Ensemble(fluxes, target, comparisons, weights, unusable).NormalisedByMedian();
            var change = new double[whole.Length];
            for (int i = 0; i < change.Length; i++)
            {
                change[i] = curve.RelativeFlux[i] - whole[i];
            }
            effects[c] = (curve.PointToPointScatter(), SeriesStatistics.StandardDeviation(change));
        }
        return effects;
    }

    /// <summary>The judged frames in which every candidate is usable; where coverage may be partial there are fewer.</summary>
    private static int[] CommonFrames(StarFluxes fluxes, List<int> candidates, int[] frames, uint unusable) =>
        [.. frames.Where(f => candidates.TrueForAll(s => fluxes.IsUsable(f, s, unusable)))];

    /// <summary>The star that should leave next and why; no reason if all are fit.</summary>
    private static (int Index, string? Why) Worst(StarFluxes fluxes, EnsembleWeights weights, int[] frames, ComparisonOptions options)
    {
        if (weights.Stars.Length < 3)
        {
            return (-1, null);
        }
        double typical = SeriesStatistics.Median(weights.Scatter);
        int worst = -1;
        double excess = 1;
        string? why = null;
        for (int i = 0; i < weights.Stars.Length; i++)
        {
            if (options.Locked.Contains(weights.Stars[i]))
            {
                continue;
            }
            double expected = Expected(fluxes, weights.Stars[i], frames) / weights.Means[i];
            // Where errors are known a faint star may scatter more; never is it held to less than the typical star.
            double allowed = options.ScatterLimit * Math.Max(typical, double.IsFinite(expected) ? expected : 0);
            double scatterExcess = weights.Scatter[i] / allowed;
            double trendExcess = Math.Abs(weights.Trend[i]) / (options.TrendLimit * Math.Max(weights.Scatter[i], typical));
            if (scatterExcess > excess)
            {
                (worst, excess) = (i, scatterExcess);
                why = string.Create(
                    CultureInfo.InvariantCulture,
                    $"scatters by {weights.Scatter[i]:P2}, {weights.Scatter[i] / typical:F1} times the typical star"
                );
            }
            if (trendExcess > excess)
            {
                (worst, excess) = (i, trendExcess);
                why = string.Create(CultureInfo.InvariantCulture, $"drifts by {weights.Trend[i]:P2} over the night");
            }
        }
        return (worst, why);
    }

    private static double Expected(StarFluxes fluxes, int star, int[] frames)
    {
        var errors = new double[frames.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            errors[i] = fluxes.Error[(frames[i] * fluxes.Stars) + star];
        }
        return SeriesStatistics.Median(errors);
    }

    private static ComparisonChoice Finish(ComparisonCandidates all, EnsembleWeights weights, string?[] reasons)
    {
        StarFluxes fluxes = all.Fluxes;
        double heaviest = weights.Weights.Max();
        int[] order =
        [
            .. Enumerable.Range(0, weights.Stars.Length).OrderByDescending(i => weights.Weights[i]).ThenBy(i => weights.Stars[i]),
        ];
        int[] kept = [.. order.Where(i => weights.Weights[i] >= LeastWeight * heaviest)];
        double[] fluxWeights = weights.FluxWeights();
        var verdicts = new StarVerdict[fluxes.Stars];
        for (int star = 0; star < fluxes.Stars; star++)
        {
            verdicts[star] = new StarVerdict(star, false, reasons[star] ?? "", 0, double.NaN, double.NaN);
        }
        for (int i = 0; i < weights.Stars.Length; i++)
        {
            int star = weights.Stars[i];
            bool isIn = Array.IndexOf(kept, i) >= 0;
            verdicts[star] = new StarVerdict(
                star,
                isIn,
                isIn ? "quiet and steady" + all.ColourWords(star) : "its weight would be next to nothing",
                isIn ? weights.Weights[i] : 0,
                weights.Scatter[i],
                weights.Trend[i]
            );
        }
        return new ComparisonChoice
        {
            Comparisons = [.. kept.Select(i => weights.Stars[i])],
            FluxWeights = [.. kept.Select(i => fluxWeights[i])],
            Verdicts = verdicts,
            JudgedFrames = all.Frames,
        };
    }

    private static string Nobody(string?[] reasons, int target, int frames)
    {
        if (frames < 2)
        {
            return "No comparison star can be judged: the target is usable in fewer than two frames.";
        }
        string? common = reasons
            .Where((_, star) => star != target)
            .Select(r => r?.Split(':', ' ')[0] is "missing," ? "missing, saturated or flagged in a frame" : r?.Split(':')[0])
            .GroupBy(r => r)
            .OrderByDescending(g => g.Count())
            .FirstOrDefault()
            ?.Key;
        return common is null
            ? "There is no star besides the target to compare it with."
            : $"No star can serve as comparison; most often because: {common}.";
    }
}
