using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
        ReadOnlySpan<float> pixels = image.Pixels;
        int count = pixels.Length;
        (float low, float high) = (TensorPrimitives.Min(pixels), TensorPrimitives.Max(pixels));
        if (float.IsFinite(low) && float.IsFinite(high))
        {
            pixels.CopyTo(scratch);
        }
        else
        {
            (count, low, high) = Defined(pixels, scratch);
        }
        if (count == 0)
        {
            return new FrameFigures(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }
        Span<float> values = scratch[..count];
        (double sum, double squares) = Sums(values, low);
        double mean = sum / count;
        double variance = Math.Max(0, (squares / count) - (mean * mean));
        return new FrameFigures(low + mean, Math.Sqrt(variance), high, low, Medians.Of(values));
    }

    private static (int Count, float Low, float High) Defined(ReadOnlySpan<float> pixels, Span<float> defined)
    {
        int count = 0;
        (float low, float high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in pixels)
        {
            defined[count] = value;
            if (float.IsFinite(value))
            {
                count++;
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
        }
        return (count, low, high);
    }

    /// <summary>Sums of the values above an offset and of their squares, sixteen at a time.</summary>
    private static (double Sum, double Squares) Sums(ReadOnlySpan<float> values, double offset)
    {
        (Vector512<double> sumLow, Vector512<double> sumHigh) = (Vector512<double>.Zero, Vector512<double>.Zero);
        (Vector512<double> squaresLow, Vector512<double> squaresHigh) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var zero = Vector512.Create(offset);
        ReadOnlySpan<Vector512<float>> lanes = MemoryMarshal.Cast<float, Vector512<float>>(values);
        foreach (Vector512<float> lane in lanes)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(lane);
            low -= zero;
            high -= zero;
            sumLow += low;
            sumHigh += high;
            squaresLow += low * low;
            squaresHigh += high * high;
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < Vector512<double>.Count; i++)
        {
            sum += sumLow[i] + sumHigh[i];
            squares += squaresLow[i] + squaresHigh[i];
        }
        foreach (float value in values[(lanes.Length * Vector512<float>.Count)..])
        {
            double above = value - offset;
            sum += above;
            squares += above * above;
        }
        return (sum, squares);
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
