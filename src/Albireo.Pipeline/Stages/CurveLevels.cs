using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Stages;

/// <summary>What a curve is divided by, and which of its points may tell: those outside of eclipse.</summary>
public static class CurveLevels
{
    /// <summary>The level of each frame: the median outside the excluded windows, of all nights or of its own.</summary>
    /// <param name="flux">Target over ensemble, one a frame; NaN is left out.</param>
    /// <param name="star">Whose flux, for messages.</param>
    /// <param name="table">Times.</param>
    /// <param name="nights">Of the table.</param>
    /// <param name="options">Windows, nights, first point.</param>
    /// <returns>NaN in a night without a point.</returns>
    /// <exception cref="AlbireoException">All points lie in the windows, or the target is fainter than zero.</exception>
    public static double[] Of(double[] flux, string star, FluxTable table, IReadOnlyList<NightFrames> nights, CurveOptions options)
    {
        double[] levels = new double[flux.Length];
        Array.Fill(levels, double.NaN);
        IEnumerable<IReadOnlyList<int>> groups =
            options.Level == CurveLevel.Night
                ? nights.Select(n => n.Frames)
                :
                [
                    [.. Enumerable.Range(0, flux.Length)],
                ];
        foreach (IReadOnlyList<int> frames in groups)
        {
            int[] known = [.. frames.Where(i => double.IsFinite(flux[i]))];
            if (known.Length == 0)
            {
                continue;
            }
            double level = SeriesStatistics.Median([.. Judges(known, table, options).Select(i => flux[i])]);
            if (double.IsNaN(level))
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"curve.exclude = {string.Join(',', options.Exclude)}: no usable point lies outside that window."
                );
            }
            if (!(level > 0))
            {
                throw new AlbireoException(
                    Failure.NoResult,
                    $"{star} is fainter than zero: its median over the ensemble is {level:G4}, so it has no relative flux; choose another star or aperture."
                );
            }
            foreach (int i in frames)
            {
                levels[i] = level;
            }
        }
        return levels;
    }

    /// <summary>Frames that lie in an excluded window, or in a transit of the planet whose ephemeris and size are given.</summary>
    public static bool[] InEclipse(FluxTable table, Recipe recipe)
    {
        bool[] inside = [.. table.Frames.Select(f => IsExcluded(f, recipe.Curve))];
        FitOptions planet = recipe.Fit;
        if (planet.Period.Count > 0 && planet.T0.Count > 0 && planet.ARs.Count > 0)
        {
            double duration = new TransitParameters
            {
                PeriodDays = planet.Period[0],
                MidTransitDays = 0,
                RadiusRatio = planet.RpRs.Count > 0 ? planet.RpRs[0] : 0.1,
                ScaledSemiMajorAxis = planet.ARs[0],
                InclinationDegrees = planet.Inclination.Count > 0 ? planet.Inclination[0] : 90,
                LimbDarkening = new LimbDarkening(0, 0),
            }.DurationDays;
            double half = (duration / 2) + ((planet.TcWindow ?? 0) / 1440);
            var ephemeris = new Ephemeris(planet.T0[0], 0, planet.Period[0], 0);
            for (int i = 0; i < inside.Length; i++)
            {
                inside[i] |= table.Frames[i].MidBarycentric is { } bjd && Math.Abs(ephemeris.Phase(bjd.Value)) * planet.Period[0] <= half;
            }
        }
        return inside;
    }

    private static IEnumerable<int> Judges(int[] frames, FluxTable table, CurveOptions options)
    {
        IEnumerable<int> outside = frames.Where(i => !IsExcluded(table.Frames[i], options));
        if (options.LevelFrom is not { } date)
        {
            return outside;
        }
        int[] dated = [.. outside.Where(i => table.Frames[i].MidUtc is not null).OrderBy(i => table.Frames[i].MidUtc!.Value.Value)];
        if (dated.Length == 0)
        {
            return [];
        }
        int nearest = Enumerable.Range(0, dated.Length).MinBy(k => Math.Abs(table.Frames[dated[k]].MidUtc!.Value.Value - date));
        return dated[nearest..];
    }

    private static bool IsExcluded(FrameRow frame, CurveOptions options)
    {
        double time = frame.MidUtc?.Value ?? double.NaN;
        for (int w = 0; w + 1 < options.Exclude.Count; w += 2)
        {
            if (time >= options.Exclude[w] && time <= options.Exclude[w + 1])
            {
                return true;
            }
        }
        return false;
    }
}
