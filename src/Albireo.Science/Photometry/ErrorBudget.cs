using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>Where the errors of pixels, fluxes and magnitudes come from.</summary>
public static class ErrorBudget
{
    /// <summary>
    /// The CCD equation (Merline &amp; Howell 1995, Experimental Astronomy 6, 163):
    /// <c>σ² = S + A (sky + dark + r² + g²/12) + k A²/n (sky + dark + r² + g²/12) + (S φ)² + (S ς)²</c> with the aperture's area A,
    /// n pixels of annulus, k = 1, π/2 or 6.14 by the sky's estimator, flat error φ and scintillation ς.
    /// </summary>
    /// <param name="starElectrons">S, the star's electrons inside the aperture; below 0 counts as 0.</param>
    /// <param name="conditions">The rest.</param>
    public static NoiseTerms Ccd(double starElectrons, NoiseConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        double area = conditions.AperturePixels;
        double star = Math.Max(starElectrons, 0);
        double read = (conditions.ReadNoiseElectrons * conditions.ReadNoiseElectrons) + (conditions.Gain * conditions.Gain / 12);
        double pixel = conditions.SkyElectrons + conditions.DarkElectrons + read;
        double flat = star * conditions.FlatRelativeError;
        double scintillation = star * conditions.Scintillation;
        return new NoiseTerms(
            star,
            area * conditions.SkyElectrons,
            area * conditions.DarkElectrons,
            area * read,
            SkyRing.VarianceFactor(conditions.SkyEstimator) * area * area * pixel / conditions.AnnulusPixels,
            flat * flat,
            scintillation * scintillation
        );
    }

    /// <summary>
    /// Total error of each pixel as photutils' <c>calc_total_error</c>: <c>σ = √(rms² + max(I, 0) / gain)</c>. Elementwise, the same
    /// bits with and without vectors.
    /// </summary>
    /// <param name="image">Background-subtracted, any unit; NaN gives NaN.</param>
    /// <param name="rms">Noise without the stars' photons, same unit and length.</param>
    /// <param name="gain">Electrons per unit, above 0.</param>
    /// <param name="sigma">Receives the errors; may be one of the inputs.</param>
    public static void TotalError(ReadOnlySpan<float> image, ReadOnlySpan<float> rms, double gain, Span<float> sigma)
    {
        Require.SameLength(image.Length, rms.Length);
        Require.SameLength(image.Length, sigma.Length);
        Require.Positive(gain);
        float electrons = (float)gain;
        ref float pixels = ref MemoryMarshal.GetReference(image);
        ref float noise = ref MemoryMarshal.GetReference(rms);
        Vector512<float> gains = Vector512.Create(electrons);
        int i = 0;
        for (; i <= sigma.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref pixels, (nuint)i);
            Vector512<float> sky = Vector512.LoadUnsafe(ref noise, (nuint)i);
            // Not below 0, but NaN stays NaN.
            Vector512<float> photons = Vector512.ConditionalSelect(
                Vector512.LessThan(value, Vector512<float>.Zero),
                Vector512<float>.Zero,
                value
            );
            Vector512.Sqrt((sky * sky) + (photons / gains)).CopyTo(sigma[i..]);
        }
        for (; i < sigma.Length; i++)
        {
            sigma[i] = TotalError(image[i], rms[i], electrons);
        }
    }

    /// <summary>The definition of <see cref="TotalError(ReadOnlySpan{float}, ReadOnlySpan{float}, double, Span{float})"/> for one pixel.</summary>
    internal static float TotalError(float value, float rms, float gain) => MathF.Sqrt((rms * rms) + ((value < 0 ? 0 : value) / gain));

    /// <summary>Adds a relative noise (scintillation, flat) to the errors of fluxes: <c>σ ← √(σ² + (F·relative)²)</c>.</summary>
    /// <param name="flux">Any unit.</param>
    /// <param name="relative">0 or more.</param>
    /// <param name="error">Changed; NaN stays NaN.</param>
    public static void AddRelative(ReadOnlySpan<double> flux, double relative, Span<double> error)
    {
        Require.SameLength(flux.Length, error.Length);
        Require.NotNegative(relative);
        for (int i = 0; i < error.Length; i++)
        {
            double more = flux[i] * relative;
            error[i] = Math.Sqrt((error[i] * error[i]) + (more * more));
        }
    }
}
