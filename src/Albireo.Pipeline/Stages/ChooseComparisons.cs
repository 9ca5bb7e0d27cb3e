using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>Who the target is compared with: the stars that the user named, or those that hold still, each with its reason.</summary>
public static class ChooseComparisons
{
    /// <summary>A chosen star must be free of these.</summary>
    private const FluxQuality Unfit = FluxQuality.Saturated | FluxQuality.Nonlinear | FluxQuality.Edge | FluxQuality.NoCentroid;

    /// <summary>Indices of the comparisons, whether the program chose them, and the verdict on each star that was looked at.</summary>
    /// <exception cref="AlbireoException">There is none.</exception>
    public static (int[] Stars, bool IsChosen, StarVerdict[] Verdicts) From(
        FluxTable table,
        int target,
        int check,
        StarColours? colours,
        CurveOptions options
    )
    {
        foreach (int star in options.Ban.Concat(options.Lock).Where(s => s < 0 || s >= table.Stars.Count))
        {
            throw new AlbireoException(
                Failure.Usage,
                $"curve.ban and curve.lock take numbers of stars; there is no #{star}, the last one is #{table.Stars.Count - 1}."
            );
        }
        int[] named = [.. table.Stars.Where(s => s.Role == StarRole.Comparison).Select(s => s.Id)];
        if (named.Length > 0)
        {
            int[] kept = [.. named.Concat(options.Lock).Distinct().Where(s => s != target && s != check && !options.Ban.Contains(s))];
            return kept.Length > 0
                ? ([.. kept.Order()], false, [])
                : throw new AlbireoException(Failure.NoResult, "Every comparison is banned (curve.ban); a curve needs at least one.");
        }
        if (options is { Weights: EnsembleWeighting.Prose, Prose.MissingAsOne: true })
        {
            int[] all = [.. Enumerable.Range(0, table.Stars.Count).Where(s => s != target && s != check && !options.Ban.Contains(s))];
            return all.Length > 0
                ? (all, true, [.. all.Select(s => new StarVerdict(s, true, "every star takes part", double.NaN, double.NaN, double.NaN))])
                : throw new AlbireoException(Failure.NoResult, "There is no star besides the target, or all are banned (curve.ban).");
        }
        ComparisonChoice choice = Choose(table, target, check, colours, options);
        return ([.. choice.Comparisons.Order()], true, choice.Verdicts); // as the finder chart numbers them
    }

    private static ComparisonChoice Choose(FluxTable table, int target, int check, StarColours? colours, CurveOptions options)
    {
        StarFluxes fluxes = BuildLightCurve.Fluxes(
            table,
            options.Aperture is { } a && a >= 0 && a < table.Radii.Count ? a : table.Radii.Count / 2
        );
        var facts = new StarFacts
        {
            X = [.. table.Stars.Select(s => s.X)],
            Y = [.. table.Stars.Select(s => s.Y)],
            Colour = colours?.Values ?? [],
        };
        var limits = new ComparisonOptions(options)
        {
            Most = options.Most,
            Locked = [.. options.Lock],
            LeastCoverage = 0,
            Check = check,
            Unusable = (uint)Unfit,
        };
        int[] frames = [.. Enumerable.Range(0, fluxes.Frames).Where(f => fluxes.IsUsable(f, target, (uint)Unfit))];
        int[] missing = [.. Enumerable.Range(0, fluxes.Stars).Select(s => frames.Count(f => !fluxes.IsUsable(f, s, (uint)Unfit)))];
        ArgumentException? why = null;
        // A frame without one of the comparisons is lost: first only stars that are there whenever the target is.
        foreach (double part in (double[])[0, 0.02, 0.1])
        {
            bool[] isAbsent = Array.ConvertAll(missing, m => m > part * frames.Length);
            int[] banned = [.. Enumerable.Range(0, fluxes.Stars).Where(s => options.Ban.Contains(s) || isAbsent[s])];
            try
            {
                ComparisonChoice choice = ComparisonStars.Choose(fluxes, target, limits with { Banned = banned }, facts);
                return choice with
                {
                    Verdicts =
                    [
                        .. choice.Verdicts.Select(v =>
                            isAbsent[v.Star] && !options.Ban.Contains(v.Star) && v.Star != target && v.Star != check
                                ? v with
                                {
                                    Reason = $"missing, saturated or flagged in {missing[v.Star]} of {frames.Length} frames",
                                }
                                : v
                        ),
                    ],
                };
            }
            catch (ArgumentException e)
            {
                why = e;
            }
        }
        throw new AlbireoException(
            Failure.NoResult,
            $"No star of the field can serve as a comparison ({why!.Message.Split(" (Parameter")[0].TrimEnd('.')}); name one with --comparison.",
            why
        );
    }
}
