using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;

namespace Albireo.Pipeline.Stages;

/// <summary>Takes slow trends off a curve, the orders chosen by BIC, where the user asks for it.</summary>
public static class DetrendCurve
{
    /// <summary>The curve without the trends that are to be taken off, and these in words.</summary>
    public static (DifferentialCurve Curve, string? Formula) Run(DifferentialCurve curve, FluxTable table, int target, CurveOptions options)
    {
        if (options.Detrend.Count == 0)
        {
            return (curve, null);
        }
        double[] flux = [.. curve.RelativeFlux.Select((f, i) => table.Frames[i].MidUtc is null ? double.NaN : f)];
        DetrendingTerm[] terms =
        [
            .. options.Detrend.Select(t => new DetrendingTerm(t, TrendValues(table, target, t), options.DetrendOrder)),
        ];
        DetrendingTerm? unknown = Array.Find(
            terms,
            t => Enumerable.Range(0, flux.Length).Any(i => double.IsFinite(flux[i]) && !double.IsFinite(t.Values[i]))
        );
        if (unknown is not null)
        {
            throw new AlbireoException(Failure.Usage, $"curve.detrend: {unknown.Name} is not known for every frame of the curve.");
        }
        try
        {
            DetrendingResult result = Detrending.Choose(flux, terms);
            double[] trend = result.Trend;
            return (
                curve with
                {
                    RelativeFlux = result.Detrended,
                    RelativeFluxError = [.. curve.RelativeFluxError.Select((e, i) => e / trend[i])],
                },
                result.Formula
            );
        }
        catch (ArgumentException e)
        {
            throw new AlbireoException(Failure.Usage, $"curve.detrend: {e.Message.Split(" (Parameter")[0]}", e);
        }
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
