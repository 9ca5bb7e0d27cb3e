using Albireo.Pipeline.Instruments;
using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>How fluxes become a light curve, and by which limits its comparisons are chosen.</summary>
public sealed record CurveOptions : ComparisonLimits
{
    /// <summary>What a curve may be detrended with.</summary>
    public static readonly IReadOnlyList<string> Trends = ["time", "airmass", "x", "y", "fwhm", "sky"];

    /// <summary>The aperture's index in <c>measure.radii</c>; not given: the best one by <see cref="Metric"/>.</summary>
    public int? Aperture { get; init; }

    /// <summary>By what the best aperture is the best; of the check star where there is one, else of the curve.</summary>
    public CurveMetric Metric { get; init; }

    /// <summary>Pairs of Julian dates (UTC): frames between them tell neither the level nor the trends. Empty: all frames do.</summary>
    public IReadOnlyList<double> Exclude
    {
        get;
        init =>
            field =
                value.Count % 2 == 0 && Enumerable.Range(0, value.Count / 2).All(i => value[2 * i] < value[(2 * i) + 1])
                    ? value
                    : throw new ArgumentException("Exclude: expected pairs of Julian dates, the earlier one first.", nameof(value));
    } = [];

    /// <summary>Names of frames (<c>*</c> and <c>?</c> stand for any text and any letter) that do not enter the curve: they keep their
    /// place and value in the table, are marked as not used, and nothing is computed from them.</summary>
    public IReadOnlyList<string> ExcludeFrames { get; init; } = [];

    /// <summary>What counts as 1 where several nights are joined.</summary>
    public CurveLevel Level { get; init; }

    /// <summary>Julian date: the level is the median of the points from the one nearest to it on. Not given: of all points.</summary>
    public double? LevelFrom
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Which instant of an exposure a point is dated by.</summary>
    public CurveTime Time { get; init; }

    public EnsembleWeighting Weights { get; init; }

    /// <summary>Faults of prose, for <see cref="EnsembleWeighting.Prose"/>.</summary>
    public ProseOptions Prose { get; init; } = new();

    /// <summary>Numbers of stars that are never comparisons.</summary>
    public IReadOnlyList<int> Ban { get; init; } = [];

    /// <summary>Numbers of stars that stay in the ensemble whatever they do.</summary>
    public IReadOnlyList<int> Lock { get; init; } = [];

    /// <summary>Most comparisons that are chosen.</summary>
    public int Most
    {
        get;
        init => field = (int)Require.Positive(value);
    } = 15;

    /// <summary>Two bands of <c>--stars</c> whose difference is the colour that stars are chosen by; none: those that most stars have.</summary>
    public IReadOnlyList<string> Colour
    {
        get;
        init =>
            field = value is [] or [not "", not ""]
                ? value
                : throw new ArgumentException("Colour: expected two bands, such as B,V, the bluer one first.", nameof(value));
    } = [];

    /// <summary>A point this many robust σ from the running median is flagged as an outlier; 0 flags none.</summary>
    public double OutlierSigma
    {
        get;
        init => field = Require.NotNegative(value);
    } = 5;

    /// <summary>Points of the running median, odd.</summary>
    public int OutlierWindow
    {
        get;
        init =>
            field =
                value is >= 3 and <= 1001 && value % 2 == 1
                    ? value
                    : throw new ArgumentException("OutlierWindow: expected an odd number from 3 to 1001.", nameof(value));
    } = 11;

    /// <summary>Whether outliers count as not used; they are flagged and keep their values in any case.</summary>
    public bool DropOutliers { get; init; }

    /// <summary>Frames in which the comparisons fall below this part of their best tenth are flagged as cloudy; 0 flags none.</summary>
    public double CloudLimit
    {
        get;
        init => field = Require.Between(value, 0, 1);
    } = 0.5;

    /// <summary>What may be taken off the curve: time, airmass, x, y, fwhm, sky. Empty: nothing. An eclipse belongs into <c>fit</c>.</summary>
    public IReadOnlyList<string> Detrend
    {
        get;
        init =>
            field = value.All(Trends.Contains)
                ? value
                : throw new ArgumentException($"Detrend: expected some of {string.Join(", ", Trends)}.", nameof(value));
    } = [];

    /// <summary>Highest power of each; BIC chooses among all combinations.</summary>
    public int DetrendOrder
    {
        get;
        init => field = (int)Require.Between(value, 1, 3);
    } = 2;

    /// <summary>Days on which the curve is folded; not given: the best of <see cref="PeriodSearch"/>, else the planet's over several nights.</summary>
    public double? Period
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Time of phase 0 on the scale of the curve (BJD_TDB, else JD_UTC); not given: the planet's, else what the search found.</summary>
    public double? T0
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>How a period is looked for.</summary>
    public PeriodSearch PeriodSearch { get; init; }

    /// <summary>Shortest and longest period of the search, days; empty: from four times the usual cadence to the length of the series.</summary>
    public IReadOnlyList<double> Periods
    {
        get;
        init =>
            field =
                value is [] || (value is [> 0, _] && value[0] < value[1])
                    ? value
                    : throw new ArgumentException("Periods: expected the shortest and the longest period in days.", nameof(value));
    } = [];

    /// <summary>Sines fitted on the folded period: itself, half of it, and so on.</summary>
    public int Harmonics
    {
        get;
        init => field = (int)Require.Between(value, 1, 8);
    } = 1;

    /// <summary>Whether the user left a frame out of the curve.</summary>
    public bool Excludes(string frame) => ExcludeFrames.Any(pattern => Wildcard.Matches(pattern, frame));
}
