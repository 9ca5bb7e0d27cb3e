using System.Globalization;

namespace Albireo.Science.LightCurves;

/// <summary>What can be said of each star before its curve is looked at: usable throughout, of like brightness and colour, alone.</summary>
internal sealed class ComparisonCandidates
{
    private const double Steady = 0.7;
    private readonly StarFacts facts;
    private readonly double[] medians;

    public ComparisonCandidates(StarFluxes fluxes, int target, ComparisonOptions options, StarFacts facts)
    {
        (Fluxes, Target, Options, this.facts) = (fluxes, target, options, facts);
        Frames = JudgedFrames(fluxes, target, options.Unusable);
        medians = Medians(fluxes, Frames);
    }

    public StarFluxes Fluxes { get; }
    public int Target { get; }
    public ComparisonOptions Options { get; }

    /// <summary>Frames by which the stars are judged.</summary>
    public int[] Frames { get; }

    /// <summary>Whether the target's colour is known, and so another star's can be compared with it.</summary>
    public bool KnowsColour => facts.Colour.Count > 0 && double.IsFinite(facts.Colour[Target]);

    /// <summary>How much redder than the target a star is, magnitudes; NaN where either is unknown.</summary>
    public double ColourDifference(int star) => facts.Colour.Count > 0 ? facts.Colour[star] - facts.Colour[Target] : double.NaN;

    /// <summary>What a comparison's colour adds to its reason; nothing where the target's is unknown.</summary>
    public string ColourWords(int star) =>
        !KnowsColour ? ""
        : double.IsFinite(ColourDifference(star))
            ? string.Create(CultureInfo.InvariantCulture, $", its colour within {Math.Abs(ColourDifference(star)):F2} mag")
        : ", its colour is not known";

    /// <summary>The stars that nothing speaks against, and for each other one the reason.</summary>
    /// <param name="isOfKnownColour">Whether a star must have a known colour.</param>
    public (List<int> Stars, string?[] Reasons) Fit(bool isOfKnownColour)
    {
        var reasons = new string?[Fluxes.Stars];
        List<int> stars = [];
        // A star that misses a few frames is better than none; the curve is empty there.
        foreach (double coverage in (double[])[Options.LeastCoverage, 0.95 * Options.LeastCoverage, 0.8 * Options.LeastCoverage])
        {
            for (int star = 0; star < Fluxes.Stars; star++)
            {
                reasons[star] = Objection(star, coverage, isOfKnownColour);
            }
            stars = [.. Enumerable.Range(0, Fluxes.Stars).Where(s => reasons[s] is null)];
            if (stars.Count > 0)
            {
                break;
            }
        }
        return (stars, reasons);
    }

    /// <summary>Why a star cannot be a candidate, or null.</summary>
    private string? Objection(int star, double coverage, bool isOfKnownColour)
    {
        if (star == Target)
        {
            return "the target";
        }
        if (star == Options.Check)
        {
            return "the check star";
        }
        if (Options.Banned.Contains(star))
        {
            return "banned by hand";
        }
        int usable = Frames.Count(f => Fluxes.IsUsable(f, star, Options.Unusable));
        if (usable == 0 || usable < coverage * Frames.Length)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"missing, saturated or flagged in {Frames.Length - usable} of {Frames.Length} frames"
            );
        }
        if (!(medians[star] > 0))
        {
            return "no light above the sky";
        }
        if (Options.Locked.Contains(star))
        {
            return null;
        }
        double ratio = medians[star] / medians[Target];
        if (ratio < Options.LowestFluxRatio || ratio > Options.HighestFluxRatio)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(ratio < 1 ? "too faint" : "too bright")}: {ratio:G3} of the target's flux"
            );
        }
        double redder = ColourDifference(star);
        if (Math.Abs(redder) > Options.LargestColourDifference)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"of another colour: {Math.Abs(redder):F2} mag {(redder > 0 ? "redder" : "bluer")} than the target"
            );
        }
        if (isOfKnownColour && double.IsNaN(redder))
        {
            return "its colour is not known, and enough stars have the target's";
        }
        double distance = Neighbour(star);
        return distance < Options.IsolationPixels
            ? string.Create(CultureInfo.InvariantCulture, $"a neighbour {distance:F1} pixels away")
            : null;
    }

    private double Neighbour(int star)
    {
        double nearest = double.PositiveInfinity;
        for (int other = 0; other < facts.X.Count; other++)
        {
            if (other != star && medians[other] > 0.1 * medians[star])
            {
                double dx = facts.X[other] - facts.X[star];
                double dy = facts.Y[other] - facts.Y[star];
                nearest = Math.Min(nearest, Math.Sqrt((dx * dx) + (dy * dy)));
            }
        }
        return nearest;
    }

    /// <summary>
    /// Frames in which the target and at least half of the steady stars are usable; a star is steady if it is usable in most of the
    /// target's frames. Stars that are always saturated, or soon leave the field, so do not decide which frames are bad.
    /// </summary>
    private static int[] JudgedFrames(StarFluxes fluxes, int target, uint unusable)
    {
        int[] seen = [.. Enumerable.Range(0, fluxes.Frames).Where(f => fluxes.IsUsable(f, target, unusable))];
        int[] steady =
        [
            .. Enumerable
                .Range(0, fluxes.Stars)
                .Where(s => s != target && seen.Count(f => fluxes.IsUsable(f, s, unusable)) >= Steady * seen.Length),
        ];
        return [.. seen.Where(f => 2 * steady.Count(s => fluxes.IsUsable(f, s, unusable)) >= steady.Length)];
    }

    private static double[] Medians(StarFluxes fluxes, int[] frames)
    {
        var result = new double[fluxes.Stars];
        var values = new double[frames.Length];
        for (int star = 0; star < fluxes.Stars; star++)
        {
            for (int i = 0; i < frames.Length; i++)
            {
                values[i] = fluxes.Flux[(frames[i] * fluxes.Stars) + star];
            }
            result[star] = SeriesStatistics.Median(values);
        }
        return result;
    }
}
