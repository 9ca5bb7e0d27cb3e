using Albireo.Pipeline.Options;

namespace Albireo.Pipeline.Stages;

/// <summary>What a search for a period found.</summary>
public sealed record FoundPeriod
{
    public required PeriodSearch Method { get; init; }

    /// <summary>Trial periods, days, shortest first.</summary>
    public required double[] Periods { get; init; }

    /// <summary>At each trial: part of χ² that a sine explains, or gain of log-likelihood of the best dip.</summary>
    public required double[] Power { get; init; }

    /// <summary>Of the highest power, days.</summary>
    public required double BestDays { get; init; }

    /// <summary>Half of the range in which the power stays near its peak (χ² rises by 1), days.</summary>
    public required double ErrorDays { get; init; }

    /// <summary>How likely noise alone has such a peak; NaN for dips.</summary>
    public double FalseAlarm { get; init; } = double.NaN;

    /// <summary>Middle of the dip, or time of the first minimum of the fitted sines; on the scale of the curve.</summary>
    public required double T0 { get; init; }

    /// <summary>Depth of the dip and its error; NaN for sines.</summary>
    public double Depth { get; init; } = double.NaN;
    public double DepthError { get; init; } = double.NaN;

    /// <summary>Length of the dip, days; NaN for sines.</summary>
    public double DurationDays { get; init; } = double.NaN;

    /// <summary>Half amplitude and error of each sine on the folded period.</summary>
    public IReadOnlyList<(double Amplitude, double Error)> Sines { get; init; } = [];
}
