namespace Albireo.Pipeline.Plots;

/// <summary>How often values occur: pixel values, shifts, residuals.</summary>
public sealed record HistogramFigure
{
    public required string Title { get; init; }
    public string? Subtitle { get; init; }
    public required Axis Values { get; init; }

    /// <summary>Evenly spaced.</summary>
    public required IReadOnlyList<double> BinCentres { get; init; }
    public required IReadOnlyList<double> Counts { get; init; }

    /// <summary>A second histogram on the same bins (shifts in y beside those in x), or null.</summary>
    public IReadOnlyList<double>? OtherCounts { get; init; }
    public string Name { get; init; } = "count";
    public string OtherName { get; init; } = "other";
    public string CountLabel { get; init; } = "Count";
    public IReadOnlyList<Mark> Marks { get; init; } = [];
    public bool LogarithmicCounts { get; init; }

    /// <summary>Counts values in even bins over their range.</summary>
    /// <param name="values">NaN and infinities are left out.</param>
    /// <param name="bins">At least 1.</param>
    /// <returns>Empty where nothing is finite.</returns>
    public static (double[] Centres, double[] Counts) Count(IReadOnlyList<double> values, int bins)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return ([], []);
        }
        (double low, double high) = (finite.Min(), finite.Max());
        (low, high) = high > low ? (low, high) : (low - 0.5, high + 0.5);
        double width = (high - low) / bins;
        double[] counts = new double[bins];
        foreach (double value in finite)
        {
            counts[Math.Min(bins - 1, (int)((value - low) / width))]++;
        }
        return ([.. Enumerable.Range(0, bins).Select(i => low + ((i + 0.5) * width))], counts);
    }

    public Figure Build()
    {
        var series = new List<Series>
        {
            new()
            {
                Name = Name,
                X = BinCentres,
                Y = Counts,
                Style = OtherCounts is null ? SeriesStyle.Histogram : SeriesStyle.Steps,
            },
        };
        if (OtherCounts is not null)
        {
            series.Add(
                new Series
                {
                    Name = OtherName,
                    X = BinCentres,
                    Y = OtherCounts,
                    Style = SeriesStyle.Steps,
                    Color = ColorSlot.Vermilion,
                }
            );
        }
        Axis counts = new(CountLabel) { Scale = LogarithmicCounts ? AxisScale.Logarithmic : AxisScale.Linear };
        return new Figure
        {
            Title = Title,
            Subtitle = Subtitle,
            X = Values,
            Panels = [new Panel(counts) { Series = series, Marks = Marks }],
            Height = 360,
        };
    }
}
