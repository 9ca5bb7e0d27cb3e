using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.Intrinsics;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>
/// What a median or clipping costs: the variance of the combined value over that of a plain mean of the values used, for Gaussian
/// noise, as a function of the number of values. For the median it is the order statistic's N·variance (1.35, 1.43, 1.47 at
/// N = 3, 5, 7, towards π/2), integrated; for clipping it also undoes the narrowing of the scatter by the cut, and is measured once
/// for each setting on a fixed sequence of Gaussian stacks by the very code that combines the frames (to about 1 %).
/// </summary>
public sealed class StackEfficiency
{
    private const int MostTrials = 32768;
    private const int FewestTrials = 8192;
    private const int TrialValues = 1 << 20;
    private static readonly ConcurrentDictionary<(StackOptions Options, bool Model), StackEfficiency> Known = new();

    private readonly ConcurrentDictionary<(int Count, int Frames), double> factors = new();
    private readonly StackOptions options;
    private readonly bool model;

    private StackEfficiency(StackOptions options, bool model)
    {
        this.options = options;
        this.model = model;
    }

    /// <summary>The factors for one setting.</summary>
    /// <param name="options">How frames are combined; MinimumSpread does not count here.</param>
    /// <param name="model">Whether the noise comes from a model (true) or from the scatter of the values used.</param>
    public static StackEfficiency For(StackOptions options, bool model)
    {
        ArgumentNullException.ThrowIfNull(options);
        StackOptions key = options with { MinimumSpread = 0 };
        return Known.GetOrAdd((key, model), static k => new StackEfficiency(k.Options, k.Model));
    }

    /// <summary>Variance of the combined value over that of a plain mean of the values used.</summary>
    /// <param name="count">Defined values in the stack.</param>
    public double Factor(int count) => Factor(count, count);

    /// <summary>The same where some frames have no value.</summary>
    /// <param name="count">Defined values in the stack.</param>
    /// <param name="frames">Frames in the stack; they count for <see cref="StackMethod.MinMaxMean"/> only.</param>
    public double Factor(int count, int frames) =>
        count < 2 || options.Method == StackMethod.Mean ? 1
        : options.Method == StackMethod.Median ? factors.GetOrAdd((count, count), static key => MedianVariance.Of(key.Count))
        : factors.GetOrAdd((count, options.Method == StackMethod.MinMaxMean ? frames : count), key => Measure(key.Count, key.Frames));

    internal Vector512<T> Factors<T>(Vector512<T> counts, int frames)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        T first = counts.ToScalar();
        if (Vector512.EqualsAll(counts, Vector512.Create(first)))
        {
            return Vector512.Create(T.CreateTruncating(Factor(int.CreateTruncating(first), frames)));
        }
        Vector512<T> found = Vector512<T>.One;
        for (int k = 0; k < Vector512<T>.Count; k++)
        {
            found = found.WithElement(k, T.CreateTruncating(Factor(int.CreateTruncating(counts[k]), frames)));
        }
        return found;
    }

    private double Measure(int count, int frames)
    {
        var random = new SeededRandom(0xA1B1_0000UL + (ulong)count);
        int lanes = Vector512<float>.Count;
        StackTerms terms = model ? new StackTerms { Noise = new StackNoise(1, 1, 1e9) } : StackTerms.None;
        var kernel = new StackKernel<float>(frames, options, terms);
        var stack = new Vector512<float>[frames];
        stack.AsSpan(count).Fill(Vector512.Create(float.NaN));
        Span<float> values = stackalloc float[lanes];
        int trials = Math.Clamp(TrialValues / frames, FewestTrials, MostTrials);
        double found = 0;
        double told = 0;
        int pairs = 0;
        for (int block = 0; block < trials / lanes; block++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int k = 0; k < lanes; k++)
                {
                    values[k] = (float)random.Normal();
                }
                stack[i] = Vector512.Create<float>(values);
            }
            Vector512<float> result = kernel.Combine(stack, out _, out Vector512<float> used, out Vector512<float> variance);
            for (int k = 0; k < lanes; k++)
            {
                if (used[k] > (model ? 0 : 1))
                {
                    found += result[k] * (double)result[k];
                    told += variance[k];
                    pairs++;
                }
            }
        }
        return pairs > 0 && told > 0 ? found / told : 1;
    }
}
