using System.Globalization;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Science.LightCurves;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Stages;

/// <summary>The figures of a period: the folded curve and the search.</summary>
public static class FoldFigures
{
    private const int Bins = 40;
    private const int ModelPoints = 400;

    /// <summary>Flux over phase, one colour a night, with bins; over its baseline and with the model where a transit was fitted.</summary>
    public static Figure Folded(FluxTable table, LightCurve curve, FoldedCurve fold, FitFile? fit)
    {
        double[] flux = [.. curve.RelativeFlux];
        double[] residuals = new double[flux.Length];
        Array.Fill(residuals, double.NaN);
        for (int i = 0; i < flux.Length; i++)
        {
            if (fit is not null)
            {
                bool isFitted = fit.Frames.TryGetValue(table.Frames[i].Info.Name, out var model);
                flux[i] = isFitted ? flux[i] / model.Baseline : double.NaN;
                residuals[i] = isFitted ? 100 * model.Residual : double.NaN;
            }
        }
        PointState[] states = CurveFigures.States(curve);
        string[] names = CurveFigures.Names(table);
        ColorSlot[] colors = [ColorSlot.Blue, ColorSlot.Orange, ColorSlot.Green, ColorSlot.Purple, ColorSlot.Sky, ColorSlot.Yellow];
        PointMarker[] markers = Enum.GetValues<PointMarker>();
        Series Night(NightFrames night, int k, double[] values) =>
            new()
            {
                Name = night.Name,
                X = [.. night.Frames.Select(f => fold.Phase[f])],
                Y = [.. night.Frames.Select(f => values[f])],
                States = [.. night.Frames.Select(f => states[f])],
                PointNames = [.. night.Frames.Select(f => names[f])],
                Color = colors[k % colors.Length],
                Marker = markers[k % markers.Length],
                Opacity = 0.6,
                InLegend = curve.Nights.Count is > 1 and <= 8,
            };
        var series = curve.Nights.Select((n, k) => Night(n, k, flux)).ToList();
        double[] used = [.. flux.Select((f, i) => curve.Used[i] ? f : double.NaN)];
        double[] phases = [.. fold.Phase.Where((p, i) => double.IsFinite(p) && double.IsFinite(used[i]))];
        if (phases.Length > 2 * Bins)
        {
            BinnedPoint[] bins = LightCurveShape.Bin(
                fold.Phase,
                used,
                curve.RelativeFluxError,
                Math.Max((phases.Max() - phases.Min()) / Bins, 1e-9)
            );
            series.Add(
                new Series
                {
                    Name = "bins",
                    X = [.. bins.Select(b => b.Time)],
                    Y = [.. bins.Select(b => b.Value)],
                    YError = [.. bins.Select(b => b.Spread)],
                    Color = ColorSlot.Ink,
                    Size = 2.8,
                }
            );
        }
        if (fit is not null && phases.Length > 1 && Model(fit, fold, phases.Min(), phases.Max()) is { } line)
        {
            series.Add(line);
        }
        var panels = new List<Panel>
        {
            new(new Axis("Relative flux")) { Series = series, Share = 3 },
        };
        if (fit is not null)
        {
            panels.Add(
                new Panel(new Axis("Residual", "%"))
                {
                    Series = [.. curve.Nights.Select((n, k) => Night(n, k, residuals))],
                    Marks = [new Mark.HorizontalLine(0)],
                    Legend = false,
                }
            );
        }
        return new Figure
        {
            Title = "Folded curve",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{table.Stars[curve.Target].Label}, period {fold.PeriodDays:G9} d"),
            Description = $"Relative flux over phase for {phases.Length} frames of {curve.Nights.Count} nights.",
            X = new Axis("Phase"),
            Panels = panels,
            Height = 300 + (110 * panels.Count),
        };
    }

    /// <summary>Power at every trial period.</summary>
    public static Figure Periodogram(FoundPeriod found)
    {
        bool isBox = found.Method == PeriodSearch.Bls;
        return new Figure
        {
            Title = "Period search",
            Subtitle = isBox ? "Box least squares" : "Lomb–Scargle periodogram",
            Description = Words(found),
            X = new Axis("Period", "d") { Scale = AxisScale.Logarithmic },
            Panels =
            [
                new Panel(new Axis(isBox ? "Gain of log-likelihood" : "Power"))
                {
                    Series =
                    [
                        new Series
                        {
                            Name = isBox ? "best dip" : "power",
                            X = Thinned(found.Periods, found.Power),
                            Y = Thinned(found.Power, found.Power),
                            Style = SeriesStyle.Line,
                        },
                    ],
                    Marks =
                    [
                        new Mark.VerticalLine(found.BestDays, string.Create(CultureInfo.InvariantCulture, $"{found.BestDays:G6} d"))
                        {
                            Dashed = true,
                            Color = ColorSlot.Vermilion,
                        },
                    ],
                },
            ],
        };
    }

    /// <summary>What the search found, in a sentence.</summary>
    public static string Words(FoundPeriod found)
    {
        string period = string.Create(CultureInfo.InvariantCulture, $"period {found.BestDays:G8} ± {found.ErrorDays:G2} d");
        return found.Method == PeriodSearch.Bls
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{period} (box least squares): dip of {100 * found.Depth:F2} ± {100 * found.DepthError:F2} % for {24 * found.DurationDays:F2} h about {found.T0:F5}"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{period} (Lomb–Scargle): half amplitude {string.Join(", ", found.Sines.Select(s => string.Create(CultureInfo.InvariantCulture, $"{100 * s.Amplitude:F3} ± {100 * s.Error:F3} %")))}, minimum at {found.T0:F5}, false-alarm probability {found.FalseAlarm:G2}"
            );
    }

    private static Series? Model(FitFile fit, FoldedCurve fold, double low, double high)
    {
        double day = Math.Floor(fold.T0);
        TransitParameters planet = CurveFigures.PlanetOf(fit, day);
        if (!(planet.PeriodDays > 0))
        {
            return null;
        }
        double[] phase = [.. Enumerable.Range(0, ModelPoints).Select(i => low + ((high - low) * i / (ModelPoints - 1)))];
        double[] flux = new double[phase.Length];
        TransitModel.Flux(planet, [.. phase.Select(p => fold.T0 - day + (p * fold.PeriodDays))], flux);
        return new Series
        {
            Name = "model",
            X = phase,
            Y = flux,
            Style = SeriesStyle.Line,
            Color = ColorSlot.Vermilion,
        };
    }

    /// <summary>At most some thousand points to draw: of each group the one of highest power, so that no peak is lost.</summary>
    private static double[] Thinned(double[] values, double[] power)
    {
        const int most = 2000;
        int size = (power.Length + most - 1) / most;
        return
        [
            .. Enumerable
                .Range(0, (power.Length + size - 1) / size)
                .Select(g => Enumerable.Range(g * size, Math.Min(size, power.Length - (g * size))).MaxBy(i => power[i]))
                .Select(i => values[i]),
        ];
    }
}
