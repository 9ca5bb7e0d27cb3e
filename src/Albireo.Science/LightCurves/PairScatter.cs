using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>Each star against each other: the matrix in which a variable or badly measured star shows as a bright row.</summary>
public static class PairScatter
{
    /// <summary>Standard deviation of −2.5 log₁₀ of the ratio of each pair, magnitudes.</summary>
    /// <param name="fluxes">[frame, star].</param>
    /// <param name="stars">Which stars.</param>
    /// <param name="unusable">Flags that make a measurement unusable.</param>
    /// <returns>Symmetric, row-major [star, star] in the given order; 0 on the diagonal, NaN where fewer than three frames hold both.</returns>
    public static double[] Magnitudes(StarFluxes fluxes, ReadOnlySpan<int> stars, uint unusable = 0)
    {
        int n = stars.Length;
        var magnitudes = new double[n][];
        for (int s = 0; s < n; s++)
        {
            Require.Between(stars[s], 0, fluxes.Stars - 1);
            magnitudes[s] = new double[fluxes.Frames];
            for (int frame = 0; frame < fluxes.Frames; frame++)
            {
                double flux = fluxes.Flux[(frame * fluxes.Stars) + stars[s]];
                magnitudes[s][frame] = flux > 0 && fluxes.IsUsable(frame, stars[s], unusable) ? -2.5 * Math.Log10(flux) : double.NaN;
            }
        }
        var matrix = new double[n * n];
        var difference = new double[fluxes.Frames];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                for (int frame = 0; frame < difference.Length; frame++)
                {
                    difference[frame] = magnitudes[i][frame] - magnitudes[j][frame];
                }
                matrix[(i * n) + j] = matrix[(j * n) + i] = Deviation(difference);
            }
        }
        return matrix;
    }

    private static double Deviation(double[] difference)
    {
        double[] finite = SeriesStatistics.Finite(difference);
        return finite.Length < 3 ? double.NaN : SeriesStatistics.StandardDeviation(finite, 1);
    }
}
