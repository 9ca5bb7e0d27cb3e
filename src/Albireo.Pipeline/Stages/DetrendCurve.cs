using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;

namespace Albireo.Pipeline.Stages;

/// <summary>Takes slow trends off a curve, the orders chosen by BIC, where the user asks for it.</summary>
public static class DetrendCurve
{
    /// <summary>
    /// The curve without the trends that are to be taken off, and these in words. Points in an excluded window or in transit do not tell the
    /// trends; nights that have a level of their own have trends of their own.
    /// </summary>
    public static (DifferentialCurve Curve, string? Formula) Run(
        DifferentialCurve curve,
        FluxTable table,
        int target,
        IReadOnlyList<NightFrames> nights,
        Recipe recipe
    )
    {
        CurveOptions options = recipe.Curve;
        if (options.Detrend.Count == 0)
        {
            return (curve, null);
        }
        double[] flux = [.. curve.RelativeFlux.Select((f, i) => table.Frames[i].MidUtc is null ? double.NaN : f)];
        double[][] values = [.. options.Detrend.Select(t => TrendValues(table, target, t))];
        for (int t = 0; t < values.Length; t++)
        {
            if (Enumerable.Range(0, flux.Length).Any(i => double.IsFinite(flux[i]) && !double.IsFinite(values[t][i])))
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"curve.detrend: {options.Detrend[t]} is not known for every frame of the curve."
                );
            }
        }
        bool[] inEclipse = CurveLevels.InEclipse(table, recipe);
        (double[] detrended, double[] errors) = ((double[])curve.RelativeFlux.Clone(), (double[])curve.RelativeFluxError.Clone());
        var formulas = new List<string>();
        bool isNightly = options.Level == CurveLevel.Night && nights.Count > 1;
        foreach (NightFrames night in isNightly ? nights : [new NightFrames("", [.. Enumerable.Range(0, flux.Length)])])
        {
            int[] frames = [.. night.Frames];
            if (!frames.Any(f => double.IsFinite(flux[f])))
            {
                continue;
            }
            T[] Of<T>(T[] all) => [.. frames.Select(f => all[f])];
            try
            {
                DetrendingResult result = Detrending.Choose(
                    Of(flux),
                    [.. options.Detrend.Select((name, t) => new DetrendingTerm(name, Of(values[t]), options.DetrendOrder))],
                    masked: Of(inEclipse)
                );
                for (int i = 0; i < frames.Length; i++)
                {
                    detrended[frames[i]] = result.Detrended[i];
                    errors[frames[i]] /= result.Trend[i];
                }
                formulas.Add(isNightly ? $"{night.Name}: {result.Formula}" : result.Formula);
            }
            catch (ArgumentException e)
            {
                throw new AlbireoException(Failure.Usage, $"curve.detrend: {e.Message.Split(" (Parameter")[0]}", e);
            }
        }
        return (curve with { RelativeFlux = detrended, RelativeFluxError = errors }, string.Join("; ", formulas));
    }

    /// <summary>A quantity that a curve may depend on, one value a frame; NaN where it is not known.</summary>
    internal static double[] TrendValues(FluxTable table, int target, string name)
    {
        double first = table.Frames.Select(f => f.MidUtc?.Value).OfType<double>().DefaultIfEmpty(0).Min();
        return
        [
            .. table.Frames.Select(
                (f, i) =>
                    name switch
                    {
                        "time" => f.MidUtc is { } mid ? mid.Value - first : double.NaN,
                        "airmass" => f.Airmass ?? double.NaN,
                        "x" => table.X[table.At(i, target)],
                        "y" => table.Y[table.At(i, target)],
                        "fwhm" => f.Profile?.Fwhm ?? double.NaN,
                        _ => table.Sky[table.At(i, target)],
                    }
            ),
        ];
    }
}
