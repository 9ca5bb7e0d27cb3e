using System.Globalization;

namespace Albireo.Pipeline.Plots;

/// <summary>An axis with its limits, ticks and label worked out from the data.</summary>
internal sealed record ResolvedAxis
{
    public required double Low { get; init; }
    public required double High { get; init; }
    public required bool Logarithmic { get; init; }
    public required bool Inverted { get; init; }
    public required string Label { get; init; }

    /// <summary>In the data's own units.</summary>
    public required IReadOnlyList<Ticks.Tick> Ticks { get; init; }

    /// <summary>Where a value lies between the low end (0) and the high end (1) of the drawn axis; NaN for what has no place on it.</summary>
    public double Fraction(double value)
    {
        double fraction = Logarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
        return Inverted ? 1 - fraction : fraction;
    }

    /// <param name="axis">What was asked for.</param>
    /// <param name="low">Least value in the data, or NaN if there is none.</param>
    /// <param name="high">Largest value in the data, or NaN.</param>
    /// <param name="padding">Room to leave at both ends, as a fraction of the range.</param>
    /// <param name="tickTarget">Labels that there is room for.</param>
    public static ResolvedAxis Of(Axis axis, double low, double high, double padding, int tickTarget)
    {
        bool logarithmic = axis.Scale == AxisScale.Logarithmic;
        (low, high) = Limits(axis, low, high, padding, logarithmic);
        double offset = logarithmic ? 0 : Offset(axis, low, high);
        double largest = Math.Max(Math.Abs(low - offset), Math.Abs(high - offset));
        bool plain = logarithmic || axis.Scale == AxisScale.JulianDate || largest is >= 1e-3 and < 1e5;
        int exponent = plain ? 0 : 3 * (int)Math.Floor(Math.Log10(largest) / 3);
        double unit = Math.Pow(10, exponent);
        List<Ticks.Tick> ticks = logarithmic
            ? Plots.Ticks.Logarithmic(low, high, tickTarget)
            :
            [
                .. Plots
                    .Ticks.Linear((low - offset) / unit, (high - offset) / unit, tickTarget)
                    .Select(t => t with { Value = (t.Value * unit) + offset }),
            ];
        return new ResolvedAxis
        {
            Low = low,
            High = high,
            Logarithmic = logarithmic,
            Inverted = axis.Inverted,
            Label = LabelOf(axis, offset, exponent),
            Ticks = ticks,
        };
    }

    private static (double Low, double High) Limits(Axis axis, double low, double high, double padding, bool logarithmic)
    {
        if (double.IsNaN(low))
        {
            (low, high) = logarithmic ? (0.1, 10) : (0, 1);
        }
        if (low == high)
        {
            double half = logarithmic ? 0 : Math.Max(Math.Abs(low) * 0.01, axis.Scale == AxisScale.JulianDate ? 0.05 : 1e-6);
            (low, high) = logarithmic ? (low / 2, high * 2) : (low - half, high + half);
        }
        if (logarithmic)
        {
            double factor = Math.Pow(high / low, padding);
            (low, high) = (low / factor, high * factor);
        }
        else
        {
            double room = padding * (high - low);
            (low, high) = (low - room, high + room);
        }
        (double first, double last) = (axis.Min ?? low, axis.Max ?? high);
        if (!(first < last) || !double.IsFinite(last - first) || (logarithmic && first <= 0))
        {
            throw new ArgumentException($"Axis '{axis.Label}' cannot run from {first} to {last}.", nameof(axis));
        }
        return (first, last);
    }

    private static double Offset(Axis axis, double low, double high)
    {
        double span = high - low;
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (axis.Scale == AxisScale.JulianDate)
        {
            double unit =
                span < 10 ? 1
                : span < 100 ? 100
                : 10000;
            return size < 10000 ? 0 : Math.Floor(low / unit) * unit;
        }
        // Where labels would agree in their first four digits, the common part goes into the axis label.
        double step = Math.Pow(10, Math.Ceiling(Math.Log10(span)));
        return size > 1e4 * span ? Math.Floor(low / step) * step : 0;
    }

    private static string LabelOf(Axis axis, double offset, int exponent)
    {
        string label = axis.Label;
        if (offset != 0)
        {
            string number = Math.Abs(offset).ToString("0.############", CultureInfo.InvariantCulture);
            label += (offset > 0 ? " − " : " + ") + number;
        }
        string? unit = (exponent, axis.Unit) switch
        {
            (0, var plain) => plain,
            (_, null) => "×" + Plots.Ticks.Power(exponent),
            (_, var named) => Plots.Ticks.Power(exponent) + " " + named,
        };
        return string.IsNullOrEmpty(unit) ? label : $"{label} ({unit})";
    }
}
