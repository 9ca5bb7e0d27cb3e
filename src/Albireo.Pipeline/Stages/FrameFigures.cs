using System.Numerics.Tensors;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Stages;

/// <summary>Mean, standard deviation, extremes and median of a frame, as logs print them; undefined pixels are left out.</summary>
public readonly record struct FrameFigures(double Mean, double StandardDeviation, double Maximum, double Minimum, double Median)
{
    /// <param name="image">Left as it is.</param>
    /// <param name="scratch">Room for all its pixels, used where some are undefined.</param>
    public static FrameFigures Of(Image image, Span<float> scratch) => Of(image, scratch, out _);

    /// <inheritdoc cref="Of(Image, Span{float})"/>
    /// <param name="image">Left as it is.</param>
    /// <param name="scratch">Room for all its pixels, used where some are undefined.</param>
    /// <param name="median">In double precision: of an even number it need not be a pixel's value; NaN where no pixel is defined.</param>
    internal static FrameFigures Of(Image image, Span<float> scratch, out double median)
    {
        Span<float> values = image.Pixels;
        if (!TensorPrimitives.IsFiniteAll<float>(values))
        {
            image.Pixels.CopyTo(scratch);
            values = scratch[..values.Length]; // they are put in order on the way
        }
        var all = ClippedStatistics.Unclipped(values);
        median = all.Median;
        if (all.Count == 0)
        {
            return new FrameFigures(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }
        ReadOnlySpan<float> defined = values[..all.Count];
        (float low, float high) = Extremes.Of(defined);
        return new FrameFigures(all.Mean, all.StandardDeviation, high, low, (float)all.Median);
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
