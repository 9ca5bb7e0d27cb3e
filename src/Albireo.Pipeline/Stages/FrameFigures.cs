using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Stages;

/// <summary>Mean, standard deviation, extremes and median of a frame, as logs print them; undefined pixels are left out.</summary>
public readonly record struct FrameFigures(double Mean, double StandardDeviation, double Maximum, double Minimum, double Median)
{
    /// <param name="image">Left as it is.</param>
    /// <param name="scratch">Room for all its pixels; holds the defined ones, partly in order, afterwards.</param>
    public static FrameFigures Of(Image image, Span<float> scratch)
    {
        int count = 0;
        double sum = 0;
        (float low, float high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in image.Pixels)
        {
            if (float.IsFinite(value))
            {
                scratch[count++] = value;
                sum += value;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }
        if (count == 0)
        {
            return new FrameFigures(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }
        double mean = sum / count;
        double squares = 0;
        foreach (float value in scratch[..count])
        {
            squares += (value - mean) * (value - mean);
        }
        return new FrameFigures(mean, Math.Sqrt(squares / count), high, low, Medians.Of(scratch[..count]));
    }

    /// <summary>Multiplied by a number above 0.</summary>
    public FrameFigures Times(double factor) =>
        new(Mean * factor, StandardDeviation * factor, Maximum * factor, Minimum * factor, Median * factor);

    /// <summary>In the order of the older systems' logs, the median behind.</summary>
    /// <param name="decimals">Of every number.</param>
    public string Show(int decimals)
    {
        string format = "F" + decimals.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string Number(double value) => value.ToString(format, System.Globalization.CultureInfo.InvariantCulture).PadLeft(8);
        return $"{Number(Mean)} {Number(StandardDeviation)} {Number(Maximum)} {Number(Minimum)}  median {Number(Median).TrimStart()}";
    }
}
