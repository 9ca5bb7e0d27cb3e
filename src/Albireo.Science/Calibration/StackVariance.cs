using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>Variance of a (weighted) mean from the noise of its values, all of them expected at the result.</summary>
internal sealed class StackVariance<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly Frame[] frames;
    private readonly T totalWeight;
    private readonly bool alike;
    private readonly bool minMax;

    public StackVariance(int frames, StackOptions options, StackTerms terms, StackNoise model)
    {
        minMax = options.Method == StackMethod.MinMaxMean;
        T inverseGain = T.One / T.CreateTruncating(model.GainElectronsPerAdu);
        T readVariance = T.CreateTruncating(
            model.ReadNoiseElectrons * model.ReadNoiseElectrons / (model.GainElectronsPerAdu * model.GainElectronsPerAdu)
        );
        T pedestal = T.CreateTruncating(model.PedestalAdu);
        bool weighted = terms.Weights.Count > 0 && options.Method is not (StackMethod.Median or StackMethod.MinMaxMean);
        alike = !weighted && terms.Scales.Count == 0;
        this.frames = new Frame[frames];
        for (int k = 0; k < frames; k++)
        {
            T scale = terms.Scales.Count > 0 ? T.CreateTruncating(terms.Scales[k]) : T.One;
            T weight = weighted ? T.CreateTruncating(terms.Weights[k]) : T.One;
            this.frames[k] = new Frame(pedestal * scale, scale * inverseGain, scale * scale * readVariance, weight, weight * weight);
            totalWeight += weight;
        }
    }

    /// <summary>Where all values are used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> OfAll(Vector512<T> result)
    {
        Vector512<T> sum = Vector512<T>.Zero;
        if (alike)
        {
            Vector512<T> single = Single(frames[0], result);
            for (int k = 0; k < frames.Length; k++)
            {
                sum += single;
            }
        }
        else
        {
            foreach (ref readonly Frame frame in frames.AsSpan())
            {
                sum += Single(frame, result) * Vector512.Create(frame.SquaredWeight);
            }
        }
        var total = Vector512.Create(totalWeight);
        return sum / (total * total);
    }

    /// <summary>Where the values inside the limits are used.</summary>
    public Vector512<T> Of(ReadOnlySpan<Vector512<T>> values, in StackLimits<T> limits, Vector512<T> result, Vector512<T> used)
    {
        Vector512<T> low = limits.Low;
        Vector512<T> high = limits.High;
        Vector512<T> sum = Vector512<T>.Zero;
        Vector512<T> total = Vector512<T>.Zero;
        Vector512<T> count = Vector512<T>.Zero;
        ReadOnlySpan<Frame> terms = frames;
        for (int k = 0; k < values.Length; k++)
        {
            Vector512<T> v = values[k];
            Vector512<T> one = StackLanes.One(Vector512.GreaterThanOrEqual(v, low) & Vector512.LessThanOrEqual(v, high));
            count += one;
            total += one * Vector512.Create(terms[k].Weight);
            sum += one * (Single(terms[k], result) * Vector512.Create(terms[k].SquaredWeight));
        }
        return minMax ? sum / (count * used) : sum / (total * total);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Single(in Frame frame, Vector512<T> result)
    {
        Vector512<T> signal = StackLanes.Larger(result - Vector512.Create(frame.Pedestal), Vector512<T>.Zero);
        return (signal * Vector512.Create(frame.Slope)) + Vector512.Create(frame.ReadVariance);
    }

    /// <summary>Variance of a value v of one frame: <c>max(v − pedestal, 0) · slope + read variance</c>, all of them scaled.</summary>
    private readonly record struct Frame(T Pedestal, T Slope, T ReadVariance, T Weight, T SquaredWeight);
}
