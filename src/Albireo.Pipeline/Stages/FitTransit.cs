using System.Globalization;
using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;
using Albireo.Science.Time;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>fit</c>: a transit with its baseline, fitted to the light curve. Needs no pixel.</summary>
public static class FitTransit
{
    /// <summary>An ephemeris less certain than this part of its period says nothing of a night.</summary>
    private const double LostPart = 0.25;

    /// <exception cref="AlbireoException">BJD_TDB or the period is missing, or there are too few points; the message says what to give.</exception>
    public static TransitOutcome Run(FluxTable table, LightCurve curve, FitOptions options)
    {
        int[] used =
        [
            .. Enumerable
                .Range(0, table.Frames.Count)
                .Where(i => curve.Used[i] && table.Frames[i].MidBarycentric is not null)
                .OrderBy(i => table.Frames[i].MidBarycentric!.Value.Value),
        ];
        if (used.Length == 0)
        {
            throw new AlbireoException(
                Failure.Usage,
                "A transit is fitted in BJD_TDB, which needs the target's coordinates: albireo curve -o OUT --sky RA,DEC --site LAT,LON,HEIGHT."
            );
        }
        if (options.Period.Count == 0)
        {
            throw new AlbireoException(Failure.Usage, "One night cannot tell the period: give it with --period DAYS or in --planet FILE.");
        }
        double day = Math.Floor(table.Frames[used[0]].MidBarycentric!.Value.Value);
        double[] times = [.. used.Select(i => Since(table.Frames[i].MidBarycentric!.Value, day))];
        double[] flux = [.. used.Select(i => curve.RelativeFlux[i])];
        double[] errors = [.. used.Select(i => curve.RelativeFluxError[i])];
        // Of several nights the transit is named that lies nearest to the middle point, not in a gap between them.
        double centre = curve.Nights.Count == 1 ? 0.5 * (times[0] + times[^1]) : times[times.Length / 2];
        (FitPrior? middle, string middleWords) = MidTransit(options, day, centre, times[^1] - times[0]);
        var fit = new TransitFitOptions
        {
            PeriodDays = Prior(options.Period)!.Value,
            MidTransitDays = middle,
            RadiusRatio = Prior(options.RpRs),
            ScaledSemiMajorAxis = Prior(options.ARs),
            InclinationDegrees = Prior(options.Inclination),
            Eccentricity = Prior(options.Eccentricity) ?? FitPrior.Held(0),
            OmegaDegrees = Prior(options.Omega) ?? FitPrior.Held(90),
            U1 = Prior(options.U1),
            U2 = Prior(options.U2),
            ExposureDays =
                SeriesStatistics.Median([.. used.Select(i => table.Frames[i].Info.ExposureSeconds!.Value)]) / JulianDate.SecondsPerDay,
            ApplyRedNoise = options.RedNoise,
            MaximumSteps = options.MaximumSteps,
            Seed = (ulong)options.Seed,
        };
        try
        {
            (IReadOnlyList<BaselineTerm> baseline, List<string> doubts) = Baseline(table, curve, options, used, times, flux, errors, fit);
            baseline = [.. Nightly(baseline, curve.Nights, used)];
            TransitFitResult result = TransitFit.Run(times, flux, errors, fit with { Baseline = baseline });
            return new TransitOutcome
            {
                Planet = options.Name,
                Day = day,
                Frames = used,
                Times = times,
                Result = result,
                MidTransitPrior = middleWords,
                Ephemeris = Compared(options, day, result),
                Doubts = [.. doubts, .. result.Doubts],
            };
        }
        catch (ArgumentException e)
        {
            throw new AlbireoException(Failure.NoResult, $"The transit cannot be fitted: {e.Message.Split(" (Parameter")[0]}", e);
        }
    }

    /// <summary>A prior as it was written: nothing, a number that is held, or a value with its error.</summary>
    private static FitPrior? Prior(IReadOnlyList<double> given) =>
        given.Count switch
        {
            0 => null,
            1 => FitPrior.Held(given[0]),
            _ => FitPrior.Normal(given[0], given[1]),
        };

    /// <summary>What the ephemeris says of mid-transit this night, in days since <paramref name="day"/>, and in words.</summary>
    private static (FitPrior? Prior, string Words) MidTransit(FitOptions options, double day, double middle, double span)
    {
        double period = options.Period[0];
        (FitPrior?, string) Anywhere(string why) =>
            span < period
                ? (null, why + "anywhere within the data")
                : (FitPrior.Uniform(middle - (0.5 * period), middle + (0.5 * period)), why + "anywhere within one period");
        if (options.T0.Count == 0)
        {
            return Anywhere("");
        }
        double epoch = Math.Round((day - options.T0[0] + middle) / period);
        double predicted = options.T0[0] - day + (epoch * period);
        double sigma = Math.Sqrt(
            Math.Pow(options.T0.Count > 1 ? options.T0[1] : 0, 2) + Math.Pow(epoch * (options.Period.Count > 1 ? options.Period[1] : 0), 2)
        );
        string when = (day + predicted).ToString("F6", CultureInfo.InvariantCulture);
        if (sigma > LostPart * period && options.TcWindow is null)
        {
            return Anywhere("the ephemeris cannot tell: ");
        }
        if (options.TcWindow is { } minutes)
        {
            double half = minutes / 1440;
            string words = string.Create(CultureInfo.InvariantCulture, $"{when} ± {minutes:G4} min, all equally likely");
            return (FitPrior.Uniform(predicted - half, predicted + half), words);
        }
        return options.T0.Count == 1
            ? (FitPrior.Held(predicted), "held")
            : (FitPrior.Normal(predicted, sigma), string.Create(CultureInfo.InvariantCulture, $"{when} ± {sigma:F6}"));
    }

    private static ObservedMinusCalculated? Compared(FitOptions options, double day, TransitFitResult result)
    {
        if (options.T0.Count == 0)
        {
            return null;
        }
        FittedValue found = result["tc"];
        var ephemeris = new Ephemeris(
            options.T0[0] - day,
            options.T0.Count > 1 ? options.T0[1] : 0,
            options.Period[0],
            options.Period.Count > 1 ? options.Period[1] : 0
        );
        ObservedMinusCalculated compared = ephemeris.Compare(found.Value, found.Error);
        return compared with { PredictedBjd = compared.PredictedBjd + day };
    }

    private static (IReadOnlyList<BaselineTerm> Terms, List<string> Doubts) Baseline(
        FluxTable table,
        LightCurve curve,
        FitOptions options,
        int[] used,
        double[] times,
        double[] flux,
        double[] errors,
        TransitFitOptions fit
    )
    {
        double[] Values(string name)
        {
            double[] all = DetrendCurve.TrendValues(table, curve.Target, name);
            return [.. used.Select(i => all[i])];
        }
        bool IsKnown(string name) => Array.TrueForAll(Values(name), double.IsFinite);
        var doubts = new List<string>();
        if (options.Baseline is ["none"] || options.Baseline.Count == 0)
        {
            return ([], doubts);
        }
        if (options.Baseline is ["auto"])
        {
            string[] known = [.. CurveOptions.Trends.Where(IsKnown)];
            string simple = known.Contains("airmass") ? "airmass" : "time";
            if (curve.Nights.Count > 1)
            {
                doubts.Add($"fit.baseline: auto chooses for a single night; over several each follows its own {simple}.");
                return ([Term(simple, Values(simple))], doubts);
            }
            TransitFitResult first = TransitFit.Run(
                times,
                flux,
                errors,
                fit with
                {
                    Baseline = [new BaselineTerm(simple, Values(simple))],
                    MaximumSteps = 50,
                }
            );
            DetrendingTerm[] terms = [.. known.Select(n => new DetrendingTerm(n, Values(n), 2))];
            DetrendingResult chosen = Detrending.Choose(flux, terms, first.Transit);
            return (
                [
                    .. terms.SelectMany(
                        (t, i) => Enumerable.Range(1, chosen.Orders[i]).Select(power => Term(power == 1 ? t.Name : t.Name + "^2", t.Values))
                    ),
                ],
                doubts
            );
        }
        var names = new List<string>();
        foreach (string term in options.Baseline)
        {
            string name = Plain(term);
            if (IsKnown(name))
            {
                names.Add(term);
            }
            else if (name == "airmass" && !options.Baseline.Contains("time"))
            {
                names.Add("time");
                doubts.Add("The airmass is not known for every frame: the baseline follows time in its place.");
            }
            else
            {
                doubts.Add($"{name} is not known for every frame: the baseline goes without.");
            }
        }
        return ([.. names.Select(n => Term(n, Values(Plain(n))))], doubts);
    }

    /// <summary>Several nights have a level and slopes of their own: each term once a night, 0 in the others.</summary>
    private static IEnumerable<BaselineTerm> Nightly(IReadOnlyList<BaselineTerm> terms, IReadOnlyList<NightFrames> nights, int[] used)
    {
        if (nights.Count == 1)
        {
            return terms;
        }
        var all = new List<BaselineTerm>();
        foreach (NightFrames night in nights)
        {
            HashSet<int> frames = [.. night.Frames];
            int[] points = [.. Enumerable.Range(0, used.Length).Where(k => frames.Contains(used[k]))];
            if (points.Length == 0)
            {
                continue;
            }
            if (points.Length < used.Length && !(night == nights[0]))
            {
                double[] inside = new double[used.Length];
                Array.ForEach(points, k => inside[k] = 1);
                all.Add(new BaselineTerm($"level_{night.Name}", inside));
            }
            foreach (BaselineTerm term in terms)
            {
                double mean = points.Average(k => term.Values[k]);
                double[] own = new double[used.Length];
                Array.ForEach(points, k => own[k] = term.Values[k] - mean);
                if (points.Any(k => own[k] != 0))
                {
                    all.Add(new BaselineTerm($"{term.Name}_{night.Name}", own));
                }
            }
        }
        return all;
    }

    private static string Plain(string term) => term.EndsWith("^2", StringComparison.Ordinal) ? term[..^2] : term;

    /// <summary>A power is taken about the mean, so that it is not the linear term in disguise.</summary>
    private static BaselineTerm Term(string name, double[] values)
    {
        if (Plain(name) == name)
        {
            return new BaselineTerm(name, values);
        }
        double mean = SeriesStatistics.Mean(values);
        return new BaselineTerm(name, Array.ConvertAll(values, v => (v - mean) * (v - mean)));
    }

    private static double Since(JulianDate date, double day) => (date.Day - day) + date.Fraction;
}
