using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;

namespace Albireo.Pipeline.Stages;

/// <summary>The weighted sum of the comparisons, and the curve over it, in every aperture.</summary>
internal static class WeighComparisons
{
    private static readonly BroegOptions ToTheLastDigits = new() { Tolerance = 1e-11, MaximumIterations = 1000 };

    /// <summary>One candidate an aperture.</summary>
    /// <param name="table">All measurements.</param>
    /// <param name="target">Index of the target.</param>
    /// <param name="comparisons">Stars that may be part of the ensemble.</param>
    /// <param name="check">Index of the check star, or −1.</param>
    /// <param name="weighting">Resolved: not Auto.</param>
    /// <param name="faults">For prose's weights.</param>
    public static EnsembleCandidate[] InEachAperture(
        FluxTable table,
        int target,
        int[] comparisons,
        int check,
        EnsembleWeighting weighting,
        ProseOptions faults
    )
    {
        // Only the stars that take part: all stars in all apertures would be the whole table a second time.
        int[] members = [.. ((int[])[target, .. comparisons, check]).Where(s => s >= 0).Distinct()];
        StarFluxes[] apertures = [.. Enumerable.Range(0, table.Radii.Count).Select(a => BuildLightCurve.Fluxes(table, a, members))];
        int[] others = Array.ConvertAll(comparisons, c => Array.IndexOf(members, c));
        int checking = Array.IndexOf(members, check);
        EnsembleCandidate[] candidates =
            weighting == EnsembleWeighting.Prose
                ? AsProse(table, apertures, 0, others, checking, faults)
                : Each(apertures, 0, others, checking, weighting);
        return Array.ConvertAll(candidates, one => one with { Comparisons = Array.ConvertAll(one.Comparisons, c => members[c]) });
    }

    private static EnsembleCandidate[] Each(StarFluxes[] apertures, int target, int[] comparisons, int check, EnsembleWeighting weighting)
    {
        var candidates = new EnsembleCandidate[apertures.Length];
        // Apertures know nothing of each other: the same bits on any number of threads.
        Parallel.For(
            0,
            candidates.Length,
            a =>
            {
                double[] weights =
                    weighting == EnsembleWeighting.Broeg
                        ? Broeg(apertures[a], comparisons)
                        : [.. Enumerable.Repeat(1.0, comparisons.Length)];
                candidates[a] = Candidate(apertures[a], target, comparisons, check, weights);
            }
        );
        return candidates;
    }

    /// <summary>The verdict on each star that was looked at, comparisons with what the curve's own aperture says of them.</summary>
    public static StarVerdict[] Verdicts(StarFluxes fluxes, int[] comparisons, double[] fluxWeights, StarVerdict[] chosen)
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

    private static EnsembleCandidate Candidate(StarFluxes fluxes, int target, int[] comparisons, int check, double[] weights) =>
        new(
            DifferentialPhotometry.Ensemble(fluxes, target, comparisons, weights, (uint)BuildLightCurve.Unusable),
            check < 0 ? null : DifferentialPhotometry.Ensemble(fluxes, check, comparisons, weights, (uint)BuildLightCurve.Unusable),
            comparisons,
            weights
        );

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
        int[] frames =
        [
            .. Enumerable.Range(0, fluxes.Frames).Where(f => comparisons.All(c => fluxes.IsUsable(f, c, (uint)BuildLightCurve.Unusable))),
        ];
        if (comparisons.Length < 2 || frames.Length < 3)
        {
            return null;
        }
        try
        {
            return BroegEnsemble.Weigh(fluxes, comparisons, frames, ToTheLastDigits);
        }
        catch (ArgumentException)
        {
            return null; // a star without light in this aperture: the plain sum shows it
        }
    }

    /// <summary>prose's loop over all apertures at once; each keeps its own stars, all with the same weight on their normalised fluxes.</summary>
    private static EnsembleCandidate[] AsProse(
        FluxTable table,
        StarFluxes[] apertures,
        int target,
        int[] comparisons,
        int check,
        ProseOptions faults
    )
    {
        int[] stars = [target, .. comparisons];
        int[] frames =
        [
            .. Enumerable
                .Range(0, table.Frames.Count)
                .Where(f =>
                    table.Frames[f].IsMeasured
                    && (
                        faults.MissingAsOne
                        || Array.TrueForAll(apertures, a => Array.TrueForAll(stars, s => a.IsUsable(f, s, (uint)BuildLightCurve.Unusable)))
                    )
                ),
        ];
        if (frames.Length == 0)
        {
            return [.. apertures.Select(a => Candidate(a, target, comparisons, check, [.. comparisons.Select(_ => 1.0)]))];
        }
        StarFluxes[] picked = [.. apertures.Select(a => Picked(a, stars, frames))];
        ProseCurves made = ProseEnsemble.Run(
            picked,
            0,
            new ProseFaults
            {
                MissingAsOne = faults.MissingAsOne,
                StopOnSpread = faults.StopOnSpread,
                KeepFirstWorse = faults.KeepFirstWorse,
                UnscaledErrors = faults.UnscaledErrors,
                SharedMask = faults.SharedMask,
            }
        );
        var candidates = new EnsembleCandidate[apertures.Length];
        for (int a = 0; a < candidates.Length; a++)
        {
            int[] kept = [.. made.Comparisons[a].Order()];
            double[] weights = [.. kept.Select(k => Mean(picked[a], 0) / (Mean(picked[a], k) * kept.Length))];
            EnsembleCandidate candidate = Candidate(apertures[a], target, [.. kept.Select(k => stars[k])], check, weights);
            (double[] flux, double[] error) = (new double[table.Frames.Count], new double[table.Frames.Count]);
            Array.Fill(flux, double.NaN);
            Array.Fill(error, double.NaN);
            for (int i = 0; i < frames.Length; i++)
            {
                flux[frames[i]] = made.RelativeFlux[a][i];
                error[frames[i]] = made.RelativeFluxError[a][i];
            }
            candidates[a] = candidate with { Curve = candidate.Curve with { RelativeFlux = flux, RelativeFluxError = error } };
        }
        return candidates;
    }

    private static StarFluxes Picked(StarFluxes fluxes, int[] stars, int[] frames)
    {
        (double[] flux, double[] error) = (new double[frames.Length * stars.Length], new double[frames.Length * stars.Length]);
        for (int i = 0; i < frames.Length; i++)
        {
            for (int s = 0; s < stars.Length; s++)
            {
                flux[(i * stars.Length) + s] = fluxes.Flux[(frames[i] * fluxes.Stars) + stars[s]];
                error[(i * stars.Length) + s] = fluxes.Error[(frames[i] * fluxes.Stars) + stars[s]];
            }
        }
        return new StarFluxes(frames.Length, stars.Length, flux, error);
    }

    private static double Mean(StarFluxes fluxes, int star) => fluxes.FluxOf(star).Select(f => double.IsNaN(f) ? 1 : f).Average();
}
