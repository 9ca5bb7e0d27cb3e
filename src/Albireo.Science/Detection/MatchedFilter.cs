using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>
/// A separable Gaussian of unit sum, sampled by integration over pixels. For a star of this profile on white noise it is the filter
/// of highest signal to noise (e.g. Irwin 1985, MNRAS 214, 575).
/// </summary>
public sealed class MatchedFilter
{
    private readonly float[] taps;

    /// <summary>The filter for stars of <paramref name="fwhmPixels"/>.</summary>
    public MatchedFilter(double fwhmPixels)
    {
        double sigma = Require.Positive(fwhmPixels) / GaussianFwhm;
        Radius = Math.Max(1, (int)Math.Ceiling(2.6 * sigma));
        var weights = new double[Radius + 1];
        double sum = 0;
        for (int i = 0; i <= Radius; i++)
        {
            // Simpson's rule over the pixel with 16 intervals: exact to 1e-8 and free of an error function.
            weights[i] = OverPixel(i, sigma);
            sum += i == 0 ? weights[i] : 2 * weights[i];
        }
        double squares = 0;
        taps = new float[Radius + 1];
        for (int i = 0; i <= Radius; i++)
        {
            taps[i] = (float)(weights[i] / sum);
            squares += (i == 0 ? 1 : 2) * (double)taps[i] * taps[i];
        }
        NoiseFactor = squares;
    }

    /// <summary>FWHM of a Gaussian in units of its σ, 2√(2 ln 2).</summary>
    public const double GaussianFwhm = 2.3548200450309493;

    /// <summary>Pixels that the filter reaches to each side.</summary>
    public int Radius { get; }

    /// <summary>σ of the filtered picture over σ of a picture of independent pixels: √ΣΣ(weight²).</summary>
    public double NoiseFactor { get; }

    /// <summary>Weights from the centre outwards along one axis.</summary>
    public ReadOnlySpan<float> Taps => taps;

    /// <summary>Filters one row.</summary>
    /// <param name="block">Rows of <paramref name="stride"/> values; the row in question and <see cref="Radius"/> rows above and below are there.</param>
    /// <param name="stride">A multiple of 16; each row holds <see cref="Radius"/> zeros or more before its first and after its last pixel.</param>
    /// <param name="centre">Index of the row in the block.</param>
    /// <param name="scratch">At least <paramref name="stride"/> values.</param>
    /// <param name="result">At least <paramref name="stride"/> values: the filtered row, in the same columns as in the block.</param>
    internal void FilterRow(ReadOnlySpan<float> block, int stride, int centre, Span<float> scratch, Span<float> result)
    {
        scratch = scratch[..stride];
        result = result[..stride];
        ref float pixels = ref MemoryMarshal.GetReference(block.Slice((centre - Radius) * stride, ((2 * Radius) + 1) * stride));
        ref float vertical = ref MemoryMarshal.GetReference(scratch);
        int middle = Radius * stride;
        for (int x = 0; x <= stride - Vector512<float>.Count; x += Vector512<float>.Count)
        {
            Vector512<float> sum = Vector512.LoadUnsafe(ref pixels, (nuint)(middle + x)) * taps[0];
            for (int k = 1; k < taps.Length; k++)
            {
                Vector512<float> above = Vector512.LoadUnsafe(ref pixels, (nuint)(middle - (k * stride) + x));
                sum += (above + Vector512.LoadUnsafe(ref pixels, (nuint)(middle + (k * stride) + x))) * taps[k];
            }
            sum.StoreUnsafe(ref vertical, (nuint)x);
        }
        FilterAlong(scratch, result);
    }

    // result[x] = Σ taps[|k|]·values[x + k]; the first and last Radius values have no full support and become 0.
    private void FilterAlong(ReadOnlySpan<float> values, Span<float> result)
    {
        int last = values.Length - Radius - Vector512<float>.Count;
        result[..Radius].Clear();
        int x = Radius;
        ref float start = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(result);
        for (; x <= last; x += Vector512<float>.Count)
        {
            Vector512<float> sum = Vector512.LoadUnsafe(ref start, (nuint)x) * taps[0];
            for (int k = 1; k < taps.Length; k++)
            {
                sum += (Vector512.LoadUnsafe(ref start, (nuint)(x - k)) + Vector512.LoadUnsafe(ref start, (nuint)(x + k))) * taps[k];
            }
            sum.StoreUnsafe(ref target, (nuint)x);
        }
        for (; x < values.Length - Radius; x++)
        {
            float sum = values[x] * taps[0];
            for (int k = 1; k < taps.Length; k++)
            {
                sum += (values[x - k] + values[x + k]) * taps[k];
            }
            result[x] = sum;
        }
        result[(values.Length - Radius)..].Clear();
    }

    private static double OverPixel(double centre, double sigma)
    {
        const int Intervals = 16;
        double sum = 0;
        for (int i = 0; i <= Intervals; i++)
        {
            double x = centre - 0.5 + ((double)i / Intervals);
            double weight = i is 0 or Intervals ? 1 : (i % 2 == 1 ? 4 : 2);
            sum += weight * Math.Exp(-0.5 * x * x / (sigma * sigma));
        }
        return sum / (3.0 * Intervals);
    }
}
