using System.Globalization;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Stages;

/// <summary>The figures of a light curve and its comparison stars, from the tables of an observation.</summary>
public static class CurveFigures
{
    private const double BinDays = 0.005;

    /// <summary>The curve with bins, and with the model where a transit was fitted.</summary>
    public static Figure LightCurve(FluxTable table, LightCurve curve, FitFile? fit)
    {
        double[] times = Times(table, out string label);
        double[] flux = [.. curve.RelativeFlux.Select((f, i) => curve.Used[i] ? f : double.NaN)];
        BinnedPoint[] bins = LightCurveShape.Bin(times, flux, curve.RelativeFluxError, BinDays);
        bool isWorthBinning = bins.Length >= 5 && bins.Average(b => b.Count) >= 2;
        (double[] Times, double[] Flux)? model = fit is null ? null : Model(table, times, fit);
        double? middle = fit?["tc"]?.Value;
        double half = 0.5 * (fit?["t14"]?.Value ?? double.NaN);
        return new LightCurveFigure
        {
            Title = "Light curve",
            Subtitle = table.Stars[curve.Target].Label,
            TimeLabel = label,
            Times = times,
            Flux = curve.RelativeFlux,
            FluxError = curve.RelativeFluxError.Any(double.IsFinite) ? curve.RelativeFluxError : null,
            States = States(curve),
            FrameNames = Names(table),
            BinTimes = isWorthBinning ? [.. bins.Select(b => b.Time)] : [],
            BinFlux = isWorthBinning ? [.. bins.Select(b => b.Value)] : [],
            BinError = isWorthBinning ? [.. bins.Select(b => b.Spread)] : null,
            BinName = string.Create(CultureInfo.InvariantCulture, $"bins of {BinDays * 1440:F1} min"),
            ModelTimes = model?.Times ?? [],
            ModelFlux = model?.Flux ?? [],
            Residuals = fit is null
                ? null
                : [.. table.Frames.Select(f => fit.Frames.TryGetValue(f.Info.Name, out var m) ? m.Residual : double.NaN)],
            CheckFlux = curve.Check is null ? null : curve.CheckRelativeFlux,
            FlipTime = FlipTime(table, times),
            MidTransit = middle,
            Transit = middle is { } tc && double.IsFinite(half) ? (tc - half, tc + half) : null,
        }.Build();
    }

    /// <summary>Each comparison over the others; null for a single one.</summary>
    public static Figure? Comparisons(FluxTable table, LightCurve curve)
    {
        if (curve.Comparisons.Count < 2)
        {
            return null;
        }
        double[] times = Times(table, out string label);
        StarFluxes fluxes = BuildLightCurve.Fluxes(table, curve.Aperture);
        var stars = new List<ComparisonCurvesFigure.Star>();
        for (int c = 0; c < curve.Comparisons.Count; c++)
        {
            int[] others = [.. curve.Comparisons.Where((_, i) => i != c)];
            double[] weights = [.. curve.Weights.Where((_, i) => i != c)];
            DifferentialCurve against = DifferentialPhotometry.Ensemble(
                fluxes,
                curve.Comparisons[c],
                others,
                weights,
                (uint)(FluxQuality.Saturated | FluxQuality.Edge)
            );
            if (!against.RelativeFlux.Any(double.IsFinite))
            {
                continue;
            }
            against = against.NormalisedByMedian();
            stars.Add(
                new ComparisonCurvesFigure.Star(
                    $"C{c + 1}",
                    against.RelativeFlux,
                    curve.Verdicts.FirstOrDefault(v => v.Star == curve.Comparisons[c])?.Weight ?? double.NaN,
                    against.PointToPointScatter(),
                    table.Stars[curve.Comparisons[c]].Name ?? $"#{curve.Comparisons[c]}"
                )
            );
        }
        return new ComparisonCurvesFigure
        {
            TimeLabel = label,
            Times = times,
            Stars = stars,
            FrameNames = Names(table),
        }.Build();
    }

    /// <summary>Target and ensemble before the division.</summary>
    public static Figure RawDifference(FluxTable table, LightCurve curve)
    {
        double[] times = Times(table, out string label);
        double[] raw = [.. Enumerable.Range(0, times.Length).Select(i => table.Flux[table.At(i, curve.Aperture, curve.Target)])];
        return new RawDifferenceFigure
        {
            TimeLabel = label,
            Times = times,
            Target = OverMedian(raw),
            Ensemble = OverMedian(curve.EnsembleFlux),
            RelativeFlux = curve.RelativeFlux,
            States = States(curve),
            FrameNames = Names(table),
        }.Build();
    }

    /// <summary>The curve beside what may have shaped it.</summary>
    public static Figure Systematics(FluxTable table, LightCurve curve)
    {
        double[] times = Times(table, out string label);
        double[] Of(Func<int, double> value) => [.. Enumerable.Range(0, times.Length).Select(value)];
        return (
            TimeSeriesFigure.Systematics(
                label,
                times,
                curve.RelativeFlux,
                Of(i => table.X[table.At(i, curve.Target)]),
                Of(i => table.Y[table.At(i, curve.Target)]),
                Of(i => table.Frames[i].Profile?.Fwhm ?? double.NaN),
                Of(i => table.Frames[i].Airmass ?? double.NaN),
                Of(i => table.Sky[table.At(i, curve.Target)]),
                table.FluxUnit == "adu" ? "ADU" : table.FluxUnit
            ) with
            {
                FrameNames = Names(table),
                FlipTime = FlipTime(table, times),
            }
        ).Build();
    }

    /// <summary>Scatter of every star against its brightness, with what photons, sky and detector allow where the gain is known.</summary>
    public static Figure Precision(FluxTable table, LightCurve curve)
    {
        StarFluxes fluxes = BuildLightCurve.Fluxes(table, curve.Aperture);
        var (magnitudes, percents, names) = (new List<double>(), new List<double>(), new List<string>());
        var named = new Dictionary<int, string>();
        for (int star = 0; star < table.Stars.Count; star++)
        {
            int[] comparisons = [.. curve.Comparisons.Where(c => c != star)];
            double[] weights = [.. curve.Weights.Where((_, i) => curve.Comparisons[i] != star)];
            double median = SeriesStatistics.Median([
                .. Enumerable.Range(0, fluxes.Frames).Select(f => fluxes.Flux[(f * fluxes.Stars) + star]),
            ]);
            if (comparisons.Length == 0 || !(median > 0))
            {
                continue;
            }
            double scatter = DifferentialPhotometry
                .Ensemble(fluxes, star, comparisons, weights, (uint)(FluxQuality.Saturated | FluxQuality.Edge))
                .PointToPointScatter();
            if (!(scatter > 0))
            {
                continue;
            }
            if (star == curve.Target || star == curve.Check || curve.Comparisons.Contains(star))
            {
                named[magnitudes.Count] =
                    star == curve.Target ? "T"
                    : star == curve.Check ? "K"
                    : $"C{curve.Comparisons.ToList().IndexOf(star) + 1}";
            }
            magnitudes.Add(-2.5 * Math.Log10(median));
            percents.Add(100 * scatter);
            names.Add(table.Stars[star].Name ?? $"#{star}");
        }
        (double[] grid, IReadOnlyList<PrecisionFigure.Limit> limits) = Limits(table, curve, magnitudes);
        return new PrecisionFigure
        {
            Brightness = new Axis("Instrumental magnitude", "mag"),
            StarBrightness = magnitudes,
            StarPercent = percents,
            StarNames = names,
            Named = named,
            LimitBrightness = grid,
            Limits = limits,
        }.Build();
    }

    private static (double[] Grid, IReadOnlyList<PrecisionFigure.Limit> Limits) Limits(
        FluxTable table,
        LightCurve curve,
        List<double> magnitudes
    )
    {
        double gain =
            table.FluxUnit == "electron"
                ? 1
                : SeriesStatistics.Median([.. table.Frames.Select(f => f.Noise?.Detector.GainElectronsPerAdu ?? double.NaN)]);
        double noise = SeriesStatistics.Median([.. table.Frames.Select(f => f.Noise?.Detector.ReadNoiseElectrons ?? double.NaN)]);
        double sky = SeriesStatistics.Median([.. table.Frames.Select(f => f.Sky ?? double.NaN)]);
        double radius = SeriesStatistics.Median([
            .. Enumerable.Range(0, table.Frames.Count).Select(i => table.RadiusPixels[(i * table.Radii.Count) + curve.Aperture]),
        ]);
        if (magnitudes.Count == 0 || !(gain > 0) || !double.IsFinite(noise) || !double.IsFinite(sky) || !(radius > 0))
        {
            return ([], []);
        }
        double unit = radius / table.Radii[curve.Aperture];
        var conditions = new NoiseConditions
        {
            AperturePixels = Math.PI * radius * radius,
            SkyElectrons = Math.Max(0, sky * gain),
            ReadNoiseElectrons = noise,
            Gain = gain,
            AnnulusPixels = Math.PI * unit * unit * ((table.AnnulusOuter * table.AnnulusOuter) - (table.AnnulusInner * table.AnnulusInner)),
            Scintillation = Scintillating(table),
        };
        (double low, double high) = (magnitudes.Min(), magnitudes.Max());
        double[] grid = [.. Enumerable.Range(0, 41).Select(i => low + ((high - low) * i / 40))];
        NoiseTerms[] terms = [.. grid.Select(m => ErrorBudget.Ccd(gain * Math.Pow(10, -0.4 * m), conditions))];
        double[] Percent(Func<NoiseTerms, double> variance) =>
            [.. terms.Select((t, i) => 100 * Math.Sqrt(variance(t)) / (gain * Math.Pow(10, -0.4 * grid[i])))];
        var limits = new List<PrecisionFigure.Limit>
        {
            new("all noise", Percent(t => t.Variance)),
            new("photons", Percent(t => t.Source)),
            new("sky", Percent(t => t.Sky + t.SkyEstimate)),
            new("read noise", Percent(t => t.ReadNoise)),
        };
        if (conditions.Scintillation > 0)
        {
            limits.Add(new PrecisionFigure.Limit("scintillation", Percent(t => t.Scintillation)));
        }
        return (grid, limits);
    }

    private static double Scintillating(FluxTable table)
    {
        double diameter = table.Frames.Select(f => f.Info.ApertureDiameterMillimetres?.Value).FirstOrDefault(d => d is not null) ?? 0;
        double airmass = SeriesStatistics.Median([.. table.Frames.Select(f => f.Airmass ?? double.NaN)]);
        double exposure = SeriesStatistics.Median([.. table.Frames.Select(f => f.Info.ExposureSeconds?.Value ?? double.NaN)]);
        return diameter > 0 && airmass >= 1 && exposure > 0 && table.Site is { } site
            ? Scintillation.Young(diameter / 1000, airmass, exposure, site.HeightMetres)
            : 0;
    }

    /// <summary>The fitted transit on a fine grid, times the baseline between the frames.</summary>
    private static (double[] Times, double[] Flux)? Model(FluxTable table, double[] times, FitFile fit)
    {
        var points = table
            .Frames.Select((f, i) => (Time: times[i], Known: fit.Frames.TryGetValue(f.Info.Name, out var m), Model: m))
            .Where(p => p.Known)
            .OrderBy(p => p.Time)
            .ToList();
        if (points.Count < 2 || !(fit["period"]?.Value > 0))
        {
            return null;
        }
        double day = Math.Floor(points[0].Time);
        TransitParameters planet = PlanetOf(fit, day);
        const int count = 400;
        double[] grid =
        [
            .. Enumerable.Range(0, count).Select(i => points[0].Time - day + ((points[^1].Time - points[0].Time) * i / (count - 1))),
        ];
        double[] flux = new double[count];
        TransitModel.Flux(planet, grid, flux);
        int k = 0;
        for (int i = 0; i < count; i++)
        {
            while (k < points.Count - 2 && points[k + 1].Time - day < grid[i])
            {
                k++;
            }
            double span = points[k + 1].Time - points[k].Time;
            double part = span > 0 ? Math.Clamp((grid[i] + day - points[k].Time) / span, 0, 1) : 0;
            flux[i] *= ((1 - part) * points[k].Model.Baseline) + (part * points[k + 1].Model.Baseline);
        }
        return ([.. grid.Select(t => t + day)], flux);
    }

    /// <summary>The fitted planet, its mid-transit counted from a day.</summary>
    internal static TransitParameters PlanetOf(FitFile fit, double day)
    {
        double Value(string name) => fit[name]?.Value ?? double.NaN;
        return new TransitParameters
        {
            PeriodDays = Value("period"),
            MidTransitDays = Value("tc") - day,
            RadiusRatio = Value("rp_rs"),
            ScaledSemiMajorAxis = Value("a_rs"),
            InclinationDegrees = Value("inclination"),
            Eccentricity = Value("eccentricity"),
            OmegaDegrees = Value("omega"),
            LimbDarkening = new LimbDarkening(Value("u1"), Value("u2")),
        };
    }

    private static double? FlipTime(FluxTable table, double[] times)
    {
        int[] order = [.. Enumerable.Range(0, times.Length).Where(i => table.Frames[i].Info.PierSide is not null).OrderBy(i => times[i])];
        for (int k = 1; k < order.Length; k++)
        {
            if (table.Frames[order[k]].Info.PierSide!.Value != table.Frames[order[k - 1]].Info.PierSide!.Value)
            {
                return 0.5 * (times[order[k]] + times[order[k - 1]]);
            }
        }
        return null;
    }

    private static double[] Times(FluxTable table, out string label)
    {
        label = table.Frames.Any(f => f.MidBarycentric is not null) ? "BJD_TDB" : "JD_UTC";
        return FoldCurve.Times(table);
    }

    internal static PointState[] States(LightCurve curve) =>
        [
            .. curve.Used.Select(
                (u, i) => u && (curve.Flags[i] & FluxQuality.Outlier) == FluxQuality.None ? PointState.Used : PointState.Flagged
            ),
        ];

    internal static string[] Names(FluxTable table) => [.. table.Frames.Select(f => f.Info.Name)];

    private static double[] OverMedian(double[] values)
    {
        double median = SeriesStatistics.Median(values);
        return Array.ConvertAll(values, v => v / median);
    }
}
