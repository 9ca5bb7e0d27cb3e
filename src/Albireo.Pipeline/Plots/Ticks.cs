using System.Globalization;

namespace Albireo.Pipeline.Plots;

/// <summary>Round numbers along an axis, and their texts.</summary>
internal static class Ticks
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A tick: its value, and its label (null for a minor one).</summary>
    public readonly record struct Tick(double Value, string? Label);

    /// <summary>Ticks at 1, 2 or 5 times a power of ten, about <paramref name="target"/> of them, with unlabelled ones between.</summary>
    /// <param name="low">Lower limit, in the units of the labels.</param>
    /// <param name="high">Upper limit, above <paramref name="low"/>.</param>
    /// <param name="target">How many labels there is room for, at least 2.</param>
    public static List<Tick> Linear(double low, double high, int target)
    {
        List<Tick> ticks = [];
        // A small panel has room for three labels at least, and fewer say nothing about the scale.
        for (int count = Math.Max(target, 2); count <= Math.Max(target, 8) && ticks.Count(t => t.Label is not null) < 3; count++)
        {
            ticks = AboutEvery(low, high, count);
        }
        return ticks;
    }

    /// <summary>Ticks for a logarithmic axis: decades, and 2 and 5 between where there is room; evenly spaced numbers where these would be few.</summary>
    public static List<Tick> Logarithmic(double low, double high, int target)
    {
        double decades = Math.Log10(high / low);
        var ticks = new List<Tick>();
        for (int decade = (int)Math.Floor(Math.Log10(low)); decade <= Math.Ceiling(Math.Log10(high)); decade++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double value = digit * Math.Pow(10, decade);
                if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9))
                {
                    continue;
                }
                bool labelled = digit == 1 || (digit is 2 or 5 && 3 * decades <= target) || decades < 0.7;
                ticks.Add(new Tick(value, labelled ? LogText(digit, decade) : null));
            }
        }
        return decades < 1 && ticks.Count(t => t.Label is not null) < 4 ? Linear(low, high, target) : ticks;
    }

    /// <summary>A power of ten in figures: 10⁻³.</summary>
    public static string Power(int exponent) =>
        "10"
        + (exponent < 0 ? "⁻" : "")
        + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));

    private static List<Tick> AboutEvery(double low, double high, int target)
    {
        double span = high - low;
        (int mantissa, int exponent) = Step(span / target);
        int decimals = Math.Max(0, -exponent);
        double unit = Math.Pow(10, exponent);
        int parts = mantissa == 2 ? 4 : 5;
        double minor = mantissa * unit / parts;
        var ticks = new List<Tick>();
        double slack = span * 1e-9;
        for (long i = (long)Math.Ceiling((low - slack) / minor); i * minor <= high + slack; i++)
        {
            // A whole number of steps times the step: no drift from adding up.
            double value = exponent < 0 ? (double)i * mantissa / parts / Math.Pow(10, -exponent) : i * minor;
            ticks.Add(new Tick(value, i % parts == 0 ? Text(value, decimals) : null));
        }
        return ticks;
    }

    private static string LogText(int digit, int decade) =>
        decade is >= -4 and <= 5 ? Text(digit * Math.Pow(10, decade), Math.Max(0, -decade))
        : digit == 1 ? Power(decade)
        : $"{digit}×{Power(decade)}";

    private static string Text(double value, int decimals)
    {
        string text = Math.Abs(value).ToString("F" + decimals, CultureInfo.InvariantCulture);
        return value < 0 && text.AsSpan().ContainsAnyExcept("0.") ? "−" + text : text;
    }

    private static (int Mantissa, int Exponent) Step(double least)
    {
        int exponent = (int)Math.Floor(Math.Log10(least));
        double fraction = least / Math.Pow(10, exponent);
        return fraction <= 1.0000001 ? (1, exponent)
            : fraction <= 2.0000001 ? (2, exponent)
            : fraction <= 5.0000001 ? (5, exponent)
            : (1, exponent + 1);
    }
}
