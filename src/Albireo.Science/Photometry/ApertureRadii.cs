using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>A list of radii with the unit that they are counted in.</summary>
/// <param name="Values">One or more, each above 0.</param>
/// <param name="Unit">Pixels or a FWHM.</param>
public sealed record ApertureRadii(IReadOnlyList<double> Values, LengthUnit Unit)
{
    /// <summary>The 32 radii of prose 2.3: (0.1, 0.35, … 7.85) FWHM of the frame, with the sky between 5 and 8 FWHM.</summary>
    public static ApertureRadii Prose { get; } = new([.. Enumerable.Range(0, 32).Select(i => 0.1 + (0.25 * i))], LengthUnit.FrameFwhm);

    /// <summary>The ten radii of the Schmidt telescope's notebook, in pixels.</summary>
    public static ApertureRadii Schmidt { get; } = new([3, 4, 5, 6, 8, 10, 12, 15, 20, 25], LengthUnit.Pixels);

    /// <summary>The radii.</summary>
    public IReadOnlyList<double> Values { get; init; } = Checked(Values);

    /// <summary>The radii in pixels.</summary>
    /// <param name="frameFwhmPixels">FWHM in the frame; may be NaN if the unit is another.</param>
    /// <param name="referenceFwhmPixels">FWHM in the reference frame; may be NaN if the unit is another.</param>
    /// <exception cref="ArgumentOutOfRangeException">The FWHM that is needed is not above 0.</exception>
    public double[] InPixels(double frameFwhmPixels, double referenceFwhmPixels)
    {
        double scale = Unit switch
        {
            LengthUnit.Pixels => 1,
            LengthUnit.FrameFwhm => Require.Positive(frameFwhmPixels, nameof(frameFwhmPixels)),
            LengthUnit.ReferenceFwhm => Require.Positive(referenceFwhmPixels, nameof(referenceFwhmPixels)),
        };
        double[] radii = new double[Values.Count];
        for (int i = 0; i < radii.Length; i++)
        {
            radii[i] = Values[i] * scale;
        }
        return radii;
    }

    private static IReadOnlyList<double> Checked(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("At least one aperture radius is needed.", nameof(values));
        }
        foreach (double value in values)
        {
            Require.Positive(value, nameof(values));
        }
        return values;
    }
}
