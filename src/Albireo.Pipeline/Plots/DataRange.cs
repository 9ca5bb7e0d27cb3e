namespace Albireo.Pipeline.Plots;

/// <summary>Least and largest value that the axes of a figure must show.</summary>
internal static class DataRange
{
    /// <summary>Of x over all panels; NaN where nothing can be drawn.</summary>
    public static (double Low, double High) OfX(Figure figure)
    {
        bool logarithmic = figure.X.Scale == AxisScale.Logarithmic;
        var range = new Builder(logarithmic);
        foreach (Panel panel in figure.Panels)
        {
            if (panel.Picture is { } picture)
            {
                range.Add(picture.Left);
                range.Add(picture.Right);
            }
            foreach (Series series in panel.Series)
            {
                double half = series.Style == SeriesStyle.Histogram ? HalfBin(series) : 0;
                for (int i = 0; i < series.X.Count; i++)
                {
                    if (double.IsFinite(series.Y[i]))
                    {
                        range.Add(series.X[i] - half);
                        range.Add(series.X[i] + half);
                    }
                }
            }
        }
        return (range.Low, range.High);
    }

    /// <summary>
    /// Of y in one panel: of the points that were used if there are any, and of their error bars as far as these do not stretch the
    /// axis by more than half of what the points need.
    /// </summary>
    public static (double Low, double High) OfY(Panel panel)
    {
        bool logarithmic = panel.Y.Scale == AxisScale.Logarithmic;
        if (panel.Picture is { } picture)
        {
            return (Math.Min(picture.Bottom, picture.Top), Math.Max(picture.Bottom, picture.Top));
        }
        (double low, double high) = OfPoints(panel, logarithmic, usedOnly: true);
        if (double.IsNaN(low))
        {
            return OfPoints(panel, logarithmic, usedOnly: false);
        }
        if (logarithmic)
        {
            return (low, high);
        }
        var bars = new Builder(logarithmic);
        double room = 0.5 * (high - low);
        foreach (Series series in panel.Series.Where(s => s.YError is not null))
        {
            for (int i = 0; i < series.X.Count; i++)
            {
                if (series.IsUsed(i) && double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]) && double.IsFinite(series.YError![i]))
                {
                    bars.Add(Math.Max(low - room, series.Y[i] - series.YError[i]));
                    bars.Add(Math.Min(high + room, series.Y[i] + series.YError[i]));
                }
            }
        }
        return double.IsNaN(bars.Low) ? (low, high) : (Math.Min(low, bars.Low), Math.Max(high, bars.High));
    }

    /// <summary>Half the spacing of a histogram's bins.</summary>
    public static double HalfBin(Series series) => series.X.Count > 1 ? Math.Abs(series.X[1] - series.X[0]) / 2 : 0.5;

    private static (double Low, double High) OfPoints(Panel panel, bool logarithmic, bool usedOnly)
    {
        var range = new Builder(logarithmic);
        foreach (Series series in panel.Series)
        {
            for (int i = 0; i < series.X.Count; i++)
            {
                if (double.IsFinite(series.X[i]) && (!usedOnly || series.IsUsed(i)))
                {
                    range.Add(series.Y[i]);
                }
            }
            if (series.Style == SeriesStyle.Histogram && series.X.Count > 0)
            {
                range.Add(0);
            }
        }
        return (range.Low, range.High);
    }

    private sealed class Builder(bool positiveOnly)
    {
        public double Low { get; private set; } = double.NaN;
        public double High { get; private set; } = double.NaN;

        public void Add(double value)
        {
            if (double.IsFinite(value) && (!positiveOnly || value > 0))
            {
                Low = double.IsNaN(Low) ? value : Math.Min(Low, value);
                High = double.IsNaN(High) ? value : Math.Max(High, value);
            }
        }
    }
}
