using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;

namespace Albireo.Pipeline.Stages;

/// <summary>Looks for a period in a curve: sines or dips, over all its nights.</summary>
public static class SearchPeriod
{
    private const int FewestPoints = 8;
    private const int MostTrials = 200_000;
    private static readonly double[] DipParts = [0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2];

    /// <returns>Null if none is to be looked for.</returns>
    /// <exception cref="AlbireoException">Too few points, or a range that the series cannot tell.</exception>
    public static FoundPeriod? Run(LightCurve curve, FluxTable table, CurveOptions options)
    {
        if (options.PeriodSearch == PeriodSearch.None)
        {
            return null;
        }
        double[] all = FoldCurve.Times(table);
        int[] used = [.. Enumerable.Range(0, all.Length).Where(i => curve.Used[i] && double.IsFinite(all[i])).OrderBy(i => all[i])];
        if (used.Length < FewestPoints)
        {
            throw new AlbireoException(
                Failure.NoResult,
                $"curve.period-search: {used.Length} points cannot tell a period; {FewestPoints} are the least."
            );
        }
        double first = all[used[0]];
        double[] times = [.. used.Select(i => all[i] - first)];
        double[] flux = [.. used.Select(i => curve.RelativeFlux[i])];
        double[] errors = [.. used.Select(i => curve.RelativeFluxError[i])];
        errors = Array.TrueForAll(errors, e => double.IsFinite(e) && e > 0) ? errors : [];
        (double shortest, double longest) = Range(times, options);
        double[] periods = Trials(shortest, longest, times[^1], options.PeriodSearch);
        try
        {
            return options.PeriodSearch == PeriodSearch.Bls
                ? Dips(times, flux, errors, periods, first)
                : Sines(times, flux, errors, periods, first, options.Harmonics);
        }
        catch (ArgumentException e)
        {
            throw new AlbireoException(Failure.NoResult, $"curve.period-search: {e.Message.Split(" (Parameter")[0]}", e);
        }
    }

    private static FoundPeriod Sines(double[] times, double[] flux, double[] errors, double[] periods, double first, int harmonics)
    {
        double[] power = LombScargle.Power(times, flux, errors, Array.ConvertAll(periods, p => 1 / p));
        int best = Array.IndexOf(power, power.Max());
        (double refined, double top, double bend) = Peak(periods, power, best);
        var fit = Harmonics.Fit(times, flux, errors, refined, harmonics);
        // χ² rises by 1 where the power falls by this part of what the sine leaves over.
        double fall = (1 - top) / Math.Max(1, times.Length - 3);
        double step = (1 / periods[0]) - (1 / periods[1]);
        return new FoundPeriod
        {
            Method = PeriodSearch.LombScargle,
            Periods = periods,
            Power = power,
            BestDays = refined,
            ErrorDays = refined * refined * step * Math.Sqrt(2 * fall / -bend),
            FalseAlarm = LombScargle.FalseAlarmProbability(top, 1 / periods[0], times, errors),
            T0 = first + Lowest(fit.Sines, refined),
            Sines = [.. fit.Sines.Select(s => (s.Amplitude, s.Error))],
        };
    }

    private static FoundPeriod Dips(double[] times, double[] flux, double[] errors, double[] periods, double first)
    {
        double[] sigmas =
            errors.Length > 0 ? errors : [.. Enumerable.Repeat(Math.Max(SeriesStatistics.PointToPointScatter(flux), 1e-12), flux.Length)];
        var peaks = new BoxPeak[periods.Length];
        // A dip lasts 1 … 20 % of the period, within a factor of two: all periods of an octave share their durations.
        for (int from = 0; from < periods.Length; )
        {
            int to = from;
            while (to < periods.Length && periods[to] < 2 * periods[from])
            {
                to++;
            }
            double[] durations = [.. DipParts.Select(part => part * periods[from])];
            BoxLeastSquares.Search(times, flux, sigmas, periods.AsSpan(from, to - from), durations, 5).CopyTo(peaks, from);
            from = to;
        }
        double[] power = Array.ConvertAll(peaks, p => double.IsFinite(p.Power) ? p.Power : 0);
        int best = Array.IndexOf(power, power.Max());
        if (!(power[best] > 0))
        {
            throw new AlbireoException(Failure.NoResult, "curve.period-search: at no period of the range is there a dip.");
        }
        return new FoundPeriod
        {
            Method = PeriodSearch.Bls,
            Periods = periods,
            Power = power,
            BestDays = periods[best],
            ErrorDays = Width(periods, power, best, power[best] - 0.5),
            T0 = first + peaks[best].TransitTime,
            Depth = peaks[best].Depth,
            DepthError = peaks[best].DepthError,
            DurationDays = peaks[best].Duration,
        };
    }

    private static (double Shortest, double Longest) Range(double[] times, CurveOptions options)
    {
        if (options.Periods.Count == 2)
        {
            return (options.Periods[0], options.Periods[1]);
        }
        double[] steps = [.. times.Skip(1).Select((t, i) => t - times[i]).Where(s => s > 0)];
        double cadence = SeriesStatistics.Median(steps);
        return double.IsFinite(cadence) && 4 * cadence < times[^1]
            ? (4 * cadence, times[^1])
            : throw new AlbireoException(
                Failure.NoResult,
                "curve.period-search: the series is too short for a period; give a range with curve.periods."
            );
    }

    /// <summary>Periods evenly spaced in frequency, finely enough that no peak falls between two.</summary>
    private static double[] Trials(double shortest, double longest, double span, PeriodSearch method)
    {
        double perPeak = method == PeriodSearch.Bls ? 100 : 10;
        double count = Math.Ceiling(((1 / shortest) - (1 / longest)) * Math.Max(span, longest) * perPeak);
        if (count > MostTrials)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"curve.periods = {shortest:G4},{longest:G4}: over {span:G4} days that takes {count:F0} trial periods; the most is {MostTrials}, so search a narrower range."
            );
        }
        int n = Math.Max(100, (int)count);
        double high = 1 / shortest;
        double low = 1 / longest;
        return [.. Enumerable.Range(0, n).Select(i => 1 / (high - ((high - low) * i / (n - 1))))];
    }

    /// <summary>The top of a parabola through the highest point and its neighbours, in frequency, and its second difference.</summary>
    private static (double Period, double Power, double Bend) Peak(double[] periods, double[] power, int best)
    {
        int at = Math.Clamp(best, 1, power.Length - 2);
        double step = (1 / periods[at]) - (1 / periods[at + 1]);
        double bend = power[at - 1] - (2 * power[at]) + power[at + 1];
        double shift = bend < 0 ? Math.Clamp(0.5 * (power[at - 1] - power[at + 1]) / bend, -1, 1) : 0;
        double top = power[at] - (0.25 * (power[at - 1] - power[at + 1]) * shift);
        return (1 / ((1 / periods[at]) - (shift * step)), top, bend);
    }

    private static double Width(double[] periods, double[] power, int best, double level)
    {
        int low = best;
        int high = best;
        while (low > 0 && power[low] > level)
        {
            low--;
        }
        while (high < power.Length - 1 && power[high] > level)
        {
            high++;
        }
        return 0.5 * (periods[high] - periods[low]);
    }

    /// <summary>When the sum of the sines is least, from 0 on.</summary>
    private static double Lowest(IReadOnlyList<(double Amplitude, double Error, double MaximumTime)> sines, double period)
    {
        const int steps = 1000;
        double Sum(double t) => sines.Select((s, h) => s.Amplitude * Math.Cos(2 * Math.PI * (h + 1) * (t - s.MaximumTime) / period)).Sum();
        return Enumerable.Range(0, steps).Select(i => i * period / steps).MinBy(Sum);
    }
}
