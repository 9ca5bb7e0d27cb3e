using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>The arithmetic of calibration on rows of pixels, 16 at a time; the scalar forms are the definitions.</summary>
public static class CalibrationKernel
{
    /// <summary>Removes bias, dark and flat: <c>(raw − biasScale·bias − darkScale·dark) / flat</c>.</summary>
    /// <param name="raw">ADU.</param>
    /// <param name="bias">ADU, or empty for none.</param>
    /// <param name="biasScale">1; less where a dark that has the bias inside was scaled (<c>1 − darkScale</c>).</param>
    /// <param name="dark">ADU, or empty for none.</param>
    /// <param name="darkScale">Exposure of the frame over that of the dark.</param>
    /// <param name="flat">About 1, or empty for none; a zero gives ±∞ or NaN.</param>
    /// <param name="result">ADU; may be <paramref name="raw"/>.</param>
    public static void Apply(
        ReadOnlySpan<float> raw,
        ReadOnlySpan<float> bias,
        float biasScale,
        ReadOnlySpan<float> dark,
        float darkScale,
        ReadOnlySpan<float> flat,
        Span<float> result
    )
    {
        int done = Visit(raw, bias, biasScale, dark, darkScale, flat, result, []);
        ApplyScalar(raw[done..], Rest(bias, done), biasScale, Rest(dark, done), darkScale, Rest(flat, done), result[done..]);
    }

    /// <summary><see cref="Apply"/> and <see cref="PixelFlagKernel.FlagUndefined"/> in one visit of each pixel, with the same numbers to the bit.</summary>
    /// <param name="raw">ADU.</param>
    /// <param name="masters">As many as there are.</param>
    /// <param name="result">ADU; may be <paramref name="raw"/>.</param>
    /// <param name="flags">Undefined pixels are flagged.</param>
    internal static void ApplyAndFlag(ReadOnlySpan<float> raw, MasterRows masters, Span<float> result, Span<PixelQuality> flags)
    {
        Require.SameLength(raw.Length, flags.Length);
        int done = Visit(raw, masters.Bias, masters.BiasScale, masters.Dark, masters.DarkScale, masters.Flat, result, flags);
        ApplyScalar(
            raw[done..],
            Rest(masters.Bias, done),
            masters.BiasScale,
            Rest(masters.Dark, done),
            masters.DarkScale,
            Rest(masters.Flat, done),
            result[done..]
        );
        PixelFlagKernel.FlagUndefined(result[done..], Rest(masters.Flat, done), flags[done..]);
    }

    /// <summary>All whole lanes; where flags are wanted, undefined pixels are flagged and become NaN.</summary>
    /// <returns>How many pixels there are in them.</returns>
    private static int Visit(
        ReadOnlySpan<float> raw,
        ReadOnlySpan<float> bias,
        float biasScale,
        ReadOnlySpan<float> dark,
        float darkScale,
        ReadOnlySpan<float> flat,
        Span<float> result,
        Span<PixelQuality> flags
    )
    {
        Require.SameLength(raw.Length, result.Length);
        Require.SameLength(raw.Length, bias.IsEmpty ? raw.Length : bias.Length);
        Require.SameLength(raw.Length, dark.IsEmpty ? raw.Length : dark.Length);
        Require.SameLength(raw.Length, flat.IsEmpty ? raw.Length : flat.Length);
        ReadOnlySpan<Vector512<float>> r = Lanes(raw);
        ReadOnlySpan<Vector512<float>> b = Lanes(bias);
        ReadOnlySpan<Vector512<float>> d = Lanes(dark);
        ReadOnlySpan<Vector512<float>> f = Lanes(flat);
        Span<Vector512<float>> o = Lanes(result)[..r.Length];
        var infinity = Vector512.Create(float.PositiveInfinity);
        for (int i = 0; i < r.Length; i++)
        {
            // Whether there is a master is known to the processor after the first lanes; the comparison is the check of its index, too.
            Vector512<float> value = r[i];
            Vector512<float> isBright = Vector512<float>.AllBitsSet;
            if (i < b.Length)
            {
                value -= b[i] * biasScale;
            }
            if (i < d.Length)
            {
                value -= d[i] * darkScale;
            }
            if (i < f.Length)
            {
                value /= f[i];
                isBright = Vector512.GreaterThan(f[i], Vector512<float>.Zero);
            }
            if (!flags.IsEmpty)
            {
                Vector512<float> good = Vector512.LessThan(Vector512.Abs(value), infinity) & isBright;
                if (!Vector512.EqualsAll(good.AsInt32(), Vector512<int>.AllBitsSet))
                {
                    value = Vector512.ConditionalSelect(good, value, Vector512.Create(float.NaN));
                    PixelFlagKernel.Flag(good.AsInt32(), flags.Slice(i * Vector512<float>.Count, Vector512<float>.Count));
                }
            }
            o[i] = value;
        }
        return r.Length * Vector512<float>.Count;
    }

    /// <summary>The definition of <see cref="Apply"/>, one pixel after the other.</summary>
    public static void ApplyScalar(
        ReadOnlySpan<float> raw,
        ReadOnlySpan<float> bias,
        float biasScale,
        ReadOnlySpan<float> dark,
        float darkScale,
        ReadOnlySpan<float> flat,
        Span<float> result
    )
    {
        for (int i = 0; i < raw.Length; i++)
        {
            float value = raw[i];
            value = bias.IsEmpty ? value : value - (biasScale * bias[i]);
            value = dark.IsEmpty ? value : value - (darkScale * dark[i]);
            result[i] = flat.IsEmpty ? value : value / flat[i];
        }
    }

    /// <summary>
    /// Variance of raw counts: <c>max(raw − pedestal, 0)/gain + readVariance</c>, where the pedestal (bias) is not made of electrons.
    /// </summary>
    /// <param name="raw">ADU.</param>
    /// <param name="pedestal">ADU, or empty for 0.</param>
    /// <param name="inverseGain">ADU per electron.</param>
    /// <param name="readVariance">Square of the read noise in ADU.</param>
    /// <param name="variance">ADU².</param>
    public static void RawVariance(
        ReadOnlySpan<float> raw,
        ReadOnlySpan<float> pedestal,
        float inverseGain,
        float readVariance,
        Span<float> variance
    )
    {
        Require.SameLength(raw.Length, variance.Length);
        Subtract(raw, pedestal, 1, variance);
        Span<Vector512<float>> v = Lanes(variance);
        for (int i = 0; i < v.Length; i++)
        {
            Vector512<float> positive = Vector512.GreaterThan(v[i], Vector512<float>.Zero);
            v[i] = (Vector512.ConditionalSelect(positive, v[i], Vector512<float>.Zero) * inverseGain) + Vector512.Create(readVariance);
        }
        for (int i = v.Length * Vector512<float>.Count; i < variance.Length; i++)
        {
            variance[i] = ((variance[i] > 0 ? variance[i] : 0) * inverseGain) + readVariance;
        }
    }

    /// <summary>Adds <c>(scale·sigma)²</c>; nothing where sigma is empty.</summary>
    public static void AddVariance(ReadOnlySpan<float> sigma, float scale, Span<float> variance)
    {
        if (sigma.IsEmpty || scale == 0)
        {
            return;
        }
        Require.SameLength(variance.Length, sigma.Length);
        ReadOnlySpan<Vector512<float>> s = Lanes(sigma);
        Span<Vector512<float>> v = Lanes(variance);
        for (int i = 0; i < v.Length; i++)
        {
            Vector512<float> scaled = s[i] * scale;
            v[i] += scaled * scaled;
        }
        for (int i = v.Length * Vector512<float>.Count; i < variance.Length; i++)
        {
            float scaled = sigma[i] * scale;
            variance[i] += scaled * scaled;
        }
    }

    /// <summary>Adds <c>share · sigma²</c>, which may be less than nothing; nothing where sigma is empty.</summary>
    internal static void AddShare(ReadOnlySpan<float> sigma, float share, Span<float> variance)
    {
        if (sigma.IsEmpty || share == 0)
        {
            return;
        }
        Require.SameLength(variance.Length, sigma.Length);
        ReadOnlySpan<Vector512<float>> s = Lanes(sigma);
        Span<Vector512<float>> v = Lanes(variance);
        for (int i = 0; i < v.Length; i++)
        {
            v[i] += s[i] * s[i] * share;
        }
        for (int i = v.Length * Vector512<float>.Count; i < variance.Length; i++)
        {
            variance[i] += sigma[i] * sigma[i] * share;
        }
    }

    /// <summary>
    /// From the variance before to the standard deviation after division by a flat f ± s: <c>√(variance + (result·s)²) / f</c>.
    /// </summary>
    /// <param name="variance">ADU², before the division; becomes the standard deviation.</param>
    /// <param name="flat">Or empty for 1.</param>
    /// <param name="flatSigma">Or empty for 0.</param>
    /// <param name="result">The pixel after the division, ADU.</param>
    public static void ToDeviation(
        Span<float> variance,
        ReadOnlySpan<float> flat,
        ReadOnlySpan<float> flatSigma,
        ReadOnlySpan<float> result
    )
    {
        Require.SameLength(variance.Length, result.Length);
        ReadOnlySpan<Vector512<float>> s = Lanes(flatSigma);
        ReadOnlySpan<Vector512<float>> r = Lanes(result);
        Span<Vector512<float>> v = Lanes(variance);
        for (int i = 0; i < v.Length; i++)
        {
            Vector512<float> sum = v[i];
            if (s.Length > 0)
            {
                Vector512<float> term = r[i] * s[i];
                sum += term * term;
            }
            v[i] = Vector512.Sqrt(sum);
        }
        for (int i = v.Length * Vector512<float>.Count; i < variance.Length; i++)
        {
            float term = flatSigma.IsEmpty ? 0 : result[i] * flatSigma[i];
            variance[i] = MathF.Sqrt(variance[i] + (term * term));
        }
        Divide(variance, flat, variance);
    }

    /// <summary>
    /// <see cref="RawVariance"/>, <see cref="AddVariance"/>, <see cref="Apply"/>, <see cref="PixelFlagKernel.FlagUndefined"/> and
    /// <see cref="ToDeviation"/> in one visit of each pixel, with the same numbers to the bit.
    /// </summary>
    /// <param name="raw">ADU.</param>
    /// <param name="masters">All of them.</param>
    /// <param name="inverseGain">ADU per electron.</param>
    /// <param name="readVariance">Square of the read noise in ADU.</param>
    /// <param name="result">ADU; may be <paramref name="raw"/>.</param>
    /// <param name="deviation">σ of the result, ADU.</param>
    /// <param name="flags">Undefined pixels are flagged.</param>
    internal static void InOneVisit(
        ReadOnlySpan<float> raw,
        MasterRows masters,
        float inverseGain,
        float readVariance,
        Span<float> result,
        Span<float> deviation,
        Span<PixelQuality> flags
    )
    {
        Require.SameLength(raw.Length, masters.Bias.Length);
        Require.SameLength(raw.Length, masters.Pedestal.Length);
        Require.SameLength(raw.Length, masters.Dark.Length);
        Require.SameLength(raw.Length, masters.DarkSigma.Length);
        Require.SameLength(raw.Length, masters.Flat.Length);
        Require.SameLength(raw.Length, masters.FlatSigma.Length);
        Require.SameLength(raw.Length, result.Length);
        Require.SameLength(raw.Length, deviation.Length);
        Require.SameLength(raw.Length, flags.Length);
        ReadOnlySpan<Vector512<float>> r = Lanes(raw);
        ReadOnlySpan<Vector512<float>> p = Lanes(masters.Pedestal)[..r.Length];
        ReadOnlySpan<Vector512<float>> b = Lanes(masters.Bias)[..r.Length];
        ReadOnlySpan<Vector512<float>> sb =
            masters.BiasSigma.IsEmpty || masters.BiasVariance == 0 ? [] : Lanes(masters.BiasSigma)[..r.Length];
        ReadOnlySpan<Vector512<float>> d = Lanes(masters.Dark)[..r.Length];
        ReadOnlySpan<Vector512<float>> sd = Lanes(masters.DarkSigma)[..r.Length];
        ReadOnlySpan<Vector512<float>> f = Lanes(masters.Flat)[..r.Length];
        ReadOnlySpan<Vector512<float>> sf = Lanes(masters.FlatSigma)[..r.Length];
        Span<Vector512<float>> o = Lanes(result)[..r.Length];
        Span<Vector512<float>> v = Lanes(deviation)[..r.Length];
        Vector512<float> zero = Vector512<float>.Zero;
        var infinity = Vector512.Create(float.PositiveInfinity);
        for (int i = 0; i < r.Length; i++)
        {
            Vector512<float> photons = r[i] - p[i];
            photons = Vector512.ConditionalSelect(Vector512.GreaterThan(photons, zero), photons, zero);
            Vector512<float> variance = (photons * inverseGain) + Vector512.Create(readVariance);
            if (sb.Length > 0)
            {
                variance += sb[i] * sb[i] * masters.BiasVariance;
            }
            Vector512<float> value = (r[i] - (b[i] * masters.BiasScale) - (d[i] * masters.DarkScale)) / f[i];
            Vector512<float> good = Vector512.LessThan(Vector512.Abs(value), infinity) & Vector512.GreaterThan(f[i], zero);
            if (!Vector512.EqualsAll(good.AsInt32(), Vector512<int>.AllBitsSet))
            {
                value = Vector512.ConditionalSelect(good, value, Vector512.Create(float.NaN));
                PixelFlagKernel.Flag(good.AsInt32(), flags.Slice(i * Vector512<float>.Count, Vector512<float>.Count));
            }
            o[i] = value;
            Vector512<float> dark = sd[i] * masters.DarkScale;
            variance += dark * dark;
            Vector512<float> flat = value * sf[i];
            variance += flat * flat;
            v[i] = Vector512.Sqrt(variance) / f[i];
        }
        int done = r.Length * Vector512<float>.Count;
        RawVariance(raw[done..], masters.Pedestal[done..], inverseGain, readVariance, deviation[done..]);
        AddShare(masters.BiasSigma.IsEmpty ? [] : masters.BiasSigma[done..], masters.BiasVariance, deviation[done..]);
        ApplyScalar(
            raw[done..],
            masters.Bias[done..],
            masters.BiasScale,
            masters.Dark[done..],
            masters.DarkScale,
            masters.Flat[done..],
            result[done..]
        );
        PixelFlagKernel.FlagUndefined(result[done..], masters.Flat[done..], flags[done..]);
        AddVariance(masters.DarkSigma[done..], masters.DarkScale, deviation[done..]);
        ToDeviation(deviation[done..], masters.Flat[done..], masters.FlatSigma[done..], result[done..]);
    }

    private static void Subtract(ReadOnlySpan<float> values, ReadOnlySpan<float> term, float scale, Span<float> result)
    {
        if (term.IsEmpty)
        {
            values.CopyTo(result);
            return;
        }
        Require.SameLength(values.Length, term.Length);
        ReadOnlySpan<Vector512<float>> v = Lanes(values);
        ReadOnlySpan<Vector512<float>> t = Lanes(term);
        Span<Vector512<float>> o = Lanes(result);
        for (int i = 0; i < o.Length; i++)
        {
            o[i] = v[i] - (t[i] * scale);
        }
        for (int i = o.Length * Vector512<float>.Count; i < result.Length; i++)
        {
            result[i] = values[i] - (scale * term[i]);
        }
    }

    private static void Divide(ReadOnlySpan<float> values, ReadOnlySpan<float> divisor, Span<float> result)
    {
        if (divisor.IsEmpty)
        {
            values.CopyTo(result);
            return;
        }
        Require.SameLength(values.Length, divisor.Length);
        ReadOnlySpan<Vector512<float>> v = Lanes(values);
        ReadOnlySpan<Vector512<float>> d = Lanes(divisor);
        Span<Vector512<float>> o = Lanes(result);
        for (int i = 0; i < o.Length; i++)
        {
            o[i] = v[i] / d[i];
        }
        for (int i = o.Length * Vector512<float>.Count; i < result.Length; i++)
        {
            result[i] = values[i] / divisor[i];
        }
    }

    private static ReadOnlySpan<float> Rest(ReadOnlySpan<float> values, int done) => values.IsEmpty ? values : values[done..];

    private static ReadOnlySpan<Vector512<float>> Lanes(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector512<float>>(values);

    private static Span<Vector512<float>> Lanes(Span<float> values) => MemoryMarshal.Cast<float, Vector512<float>>(values);
}
