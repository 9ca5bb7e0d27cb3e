using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.LightCurves;

/// <summary>
/// Fluxes of chosen stars in chosen frames, each star divided by its mean, rows padded to whole vectors with zeros: each star against
/// the weighted rest in one pass, for all stars at once. Sums over stars run in eight lanes, so the bits are the same on any processor.
/// </summary>
internal sealed class EnsembleMatrix
{
    private static readonly int Lane = Vector512<double>.Count;

    private readonly double[] values;
    private readonly int stride;

    public EnsembleMatrix(StarFluxes fluxes, ReadOnlySpan<int> stars, ReadOnlySpan<int> frames)
    {
        Stars = stars.Length;
        Frames = frames.Length;
        stride = (Stars + Lane - 1) / Lane * Lane;
        values = new double[Frames * stride];
        Means = new double[Stars];
        for (int f = 0; f < Frames; f++)
        {
            for (int s = 0; s < Stars; s++)
            {
                double value = fluxes.Flux[(frames[f] * fluxes.Stars) + stars[s]];
                values[(f * stride) + s] = value;
                Means[s] += value;
            }
        }
        for (int s = 0; s < Stars; s++)
        {
            Means[s] /= Frames;
        }
        for (int f = 0; f < Frames; f++)
        {
            for (int s = 0; s < Stars; s++)
            {
                values[(f * stride) + s] /= Means[s];
            }
        }
    }

    public int Frames { get; }

    public int Stars { get; }

    /// <summary>Mean flux of each star.</summary>
    public double[] Means { get; }

    /// <summary>Relative standard deviation of each star over the weighted mean of all others, and its linear trend over the frames.</summary>
    /// <param name="weights">One a star.</param>
    /// <param name="scatter">One a star.</param>
    /// <param name="trend">One a star; the change from the first to the last frame.</param>
    public void AgainstOthers(ReadOnlySpan<double> weights, Span<double> scatter, Span<double> trend)
    {
        var padded = new double[stride];
        weights.CopyTo(padded);
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }
        var rest = new double[stride];
        rest.AsSpan().Fill(1);
        for (int s = 0; s < Stars; s++)
        {
            rest[s] = total - weights[s];
        }
        var sum = new double[stride];
        var squares = new double[stride];
        var slopes = new double[stride];
        ReadOnlySpan<Vector512<double>> w = MemoryMarshal.Cast<double, Vector512<double>>(padded);
        ReadOnlySpan<Vector512<double>> r = MemoryMarshal.Cast<double, Vector512<double>>(rest);
        Span<Vector512<double>> s1 = MemoryMarshal.Cast<double, Vector512<double>>(sum.AsSpan());
        Span<Vector512<double>> s2 = MemoryMarshal.Cast<double, Vector512<double>>(squares.AsSpan());
        Span<Vector512<double>> sx = MemoryMarshal.Cast<double, Vector512<double>>(slopes.AsSpan());
        var one = Vector512<double>.One;
        for (int f = 0; f < Frames; f++)
        {
            ReadOnlySpan<Vector512<double>> row = MemoryMarshal.Cast<double, Vector512<double>>(values.AsSpan(f * stride, stride));
            Vector512<double> lanes = Vector512<double>.Zero;
            for (int i = 0; i < row.Length; i++)
            {
                lanes += w[i] * row[i];
            }
            Vector512<double> ensemble = Vector512.Create(SumOf(lanes));
            Vector512<double> phase = Vector512.Create(Frames > 1 ? ((double)f / (Frames - 1)) - 0.5 : 0);
            for (int i = 0; i < row.Length; i++)
            {
                Vector512<double> distance = (row[i] * r[i] / (ensemble - (w[i] * row[i]))) - one;
                s1[i] += distance;
                s2[i] += distance * distance;
                sx[i] += distance * phase;
            }
        }
        double phaseSquares = Frames > 1 ? Frames * (Frames + 1.0) / (12.0 * (Frames - 1)) : 1;
        for (int s = 0; s < Stars; s++)
        {
            double mean = sum[s] / Frames;
            double level = 1 + mean;
            scatter[s] = Math.Sqrt(Math.Max(0, (squares[s] / Frames) - (mean * mean))) / level;
            trend[s] = slopes[s] / phaseSquares / level;
        }
    }

    private static double SumOf(Vector512<double> lanes) =>
        ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}
