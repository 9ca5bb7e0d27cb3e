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
    public static LightCurve? Run(FluxTable table, Recipe recipe, RunContext run)
    {
        int target = IndexOf(table, StarRole.Target);
        if (target < 0)
        {
            return null;
        }
        int check = IndexOf(table, StarRole.Check);
        int[] comparisons = Comparisons(table, target, check, run);
        (DifferentialCurve Curve, DifferentialCurve? Check)[] candidates =
        [
            .. Enumerable.Range(0, table.Radii.Count).Select(a => Curves(table, a, target, comparisons, check)),
        ];
        double[] scatter = [.. candidates.Select(c => (c.Check ?? c.Curve).PointToPointScatter())];
        int aperture = recipe.Curve.Aperture ?? Best(scatter);
        if (aperture < 0 || aperture >= candidates.Length)
        {
            throw aperture < 0
                ? new AlbireoException(Failure.NoResult, WhyEmpty(table, target, comparisons))
                : new AlbireoException(
                    Failure.Usage,
                    $"curve.aperture = {aperture}: there are {candidates.Length} apertures, numbered from 0."
                );
        }
        DifferentialCurve curve = Normalised(candidates[aperture].Curve, table, recipe.Curve);
        double[] checkFlux = candidates[aperture].Check?.NormalisedByMedian().RelativeFlux ?? Empty(table.Frames.Count);
        (FluxQuality[] flags, bool[] used) = Judge(table, curve, target);
        return new LightCurve
        {
            Target = target,
            Comparisons = comparisons,
            Check = check < 0 ? null : check,
            Aperture = aperture,
            ScatterByAperture = scatter,
            RelativeFlux = curve.RelativeFlux,
            RelativeFluxError = curve.RelativeFluxError,
            EnsembleFlux = curve.EnsembleFlux,
            CheckRelativeFlux = checkFlux,
            Flags = flags,
            Used = used,
            PointToPointScatter = curve.PointToPointScatter(),
        };
    }

    private static (DifferentialCurve Curve, DifferentialCurve? Check) Curves(
        FluxTable table,
        int aperture,
        int target,
        int[] comparisons,
        int check
    )
    {
        StarFluxes fluxes = Fluxes(table, aperture);
        DifferentialCurve curve = DifferentialPhotometry.Ensemble(fluxes, target, comparisons, default, (uint)Unusable);
        return (curve, check < 0 ? null : DifferentialPhotometry.Ensemble(fluxes, check, comparisons, default, (uint)Unusable));
    }

    private static StarFluxes Fluxes(FluxTable table, int aperture) =>
        StarFluxes.OfAperture(
            table.Frames.Count,
            table.Radii.Count,
            table.Stars.Count,
            aperture,
            table.Flux,
            table.FluxError,
            Array.ConvertAll(table.Flags, f => (uint)f)
        );

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

    private static int[] Comparisons(FluxTable table, int target, int check, RunContext run)
    {
        int[] given = [.. table.Stars.Where(s => s.Role == StarRole.Comparison).Select(s => s.Id)];
        if (given.Length > 0)
        {
            return given;
        }
        int[] chosen = ChooseComparisons.From(table, target, check);
        if (chosen.Length == 0)
        {
            throw new AlbireoException(
                Failure.NoResult,
                "No star of the field can serve as a comparison (measured and unsaturated in every frame); name one with --comparison."
            );
        }
        run.Notice(
            $"No comparison was given: {string.Join(", ", chosen.Select(c => $"#{c}"))} were chosen (nearest in brightness, unsaturated, measured in nearly every frame)."
        );
        return chosen;
    }

    /// <summary>Which frames carry a value, and why the others do not.</summary>
    private static (FluxQuality[] Flags, bool[] Used) Judge(FluxTable table, DifferentialCurve curve, int target)
    {
        var flags = new FluxQuality[table.Frames.Count];
        bool[] used = new bool[table.Frames.Count];
        for (int frame = 0; frame < flags.Length; frame++)
        {
            flags[frame] = table.Flags[table.At(frame, target)];
            if (table.Frames[frame].IsMeasured && curve.ComparisonMissing[frame])
            {
                flags[frame] |= FluxQuality.ComparisonMissing;
            }
            used[frame] = double.IsFinite(curve.RelativeFlux[frame]) && table.Frames[frame].MidUtc is not null;
        }
        return (flags, used);
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

    private static int Best(double[] scatter)
    {
        int best = -1;
        for (int i = 0; i < scatter.Length; i++)
        {
            if (double.IsFinite(scatter[i]) && (best < 0 || scatter[i] < scatter[best]))
            {
                best = i;
            }
        }
        return best;
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
