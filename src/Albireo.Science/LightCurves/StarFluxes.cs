using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>Fluxes of every star in every frame, measured in one aperture.</summary>
public sealed record StarFluxes
{
    /// <summary>Wraps arrays; nothing is copied.</summary>
    /// <param name="frames">Number of frames.</param>
    /// <param name="stars">Number of stars.</param>
    /// <param name="flux">ADU or electrons, row-major [frame, star]; NaN where nothing was measured.</param>
    /// <param name="error">One σ, same unit and order; NaN where unknown (no gain).</param>
    /// <param name="flags">Bit mask, same order, 0 for nothing to say; null for no flags at all.</param>
    public StarFluxes(int frames, int stars, double[] flux, double[] error, uint[]? flags = null)
    {
        Frames = Require.NotNegative(frames);
        Stars = Require.Positive(stars);
        Require.SameLength(frames * stars, flux.Length, nameof(flux));
        Require.SameLength(frames * stars, error.Length, nameof(error));
        if (flags is not null)
        {
            Require.SameLength(frames * stars, flags.Length, nameof(flags));
        }
        Flux = flux;
        Error = error;
        Flags = flags;
    }

    /// <summary>Number of frames.</summary>
    public int Frames { get; }

    /// <summary>Number of stars.</summary>
    public int Stars { get; }

    /// <summary>ADU or electrons, row-major [frame, star].</summary>
    public double[] Flux { get; }

    /// <summary>One σ of <see cref="Flux"/>.</summary>
    public double[] Error { get; }

    /// <summary>Bit mask in the order of <see cref="Flux"/>, or null.</summary>
    public uint[]? Flags { get; }

    /// <summary>One aperture of a cube.</summary>
    /// <param name="frames">Number of frames.</param>
    /// <param name="apertures">Number of apertures.</param>
    /// <param name="stars">Number of stars.</param>
    /// <param name="aperture">Index of the wanted aperture.</param>
    /// <param name="flux">Row-major [frame, aperture, star].</param>
    /// <param name="error">Same order.</param>
    /// <param name="flags">Row-major [frame, star], shared by the apertures, or null.</param>
    public static StarFluxes OfAperture(
        int frames,
        int apertures,
        int stars,
        int aperture,
        ReadOnlySpan<double> flux,
        ReadOnlySpan<double> error,
        uint[]? flags = null
    )
    {
        Require.SameLength(frames * apertures * stars, flux.Length, nameof(flux));
        Require.SameLength(frames * apertures * stars, error.Length, nameof(error));
        Require.Between(aperture, 0, apertures - 1);
        var someFlux = new double[frames * stars];
        var someError = new double[frames * stars];
        for (int frame = 0; frame < frames; frame++)
        {
            int from = ((frame * apertures) + aperture) * stars;
            flux.Slice(from, stars).CopyTo(someFlux.AsSpan(frame * stars));
            error.Slice(from, stars).CopyTo(someError.AsSpan(frame * stars));
        }
        return new StarFluxes(frames, stars, someFlux, someError, flags);
    }

    /// <summary>The flux of one star over the frames.</summary>
    public double[] FluxOf(int star) => Column(Flux, star);

    /// <summary>The error of one star over the frames.</summary>
    public double[] ErrorOf(int star) => Column(Error, star);

    /// <summary>Whether a measurement is a number and carries none of the flags.</summary>
    /// <param name="frame">Frame index.</param>
    /// <param name="star">Star index.</param>
    /// <param name="unusable">Flags that make a measurement unusable.</param>
    public bool IsUsable(int frame, int star, uint unusable)
    {
        int i = (frame * Stars) + star;
        return double.IsFinite(Flux[i]) && (Flags is null || (Flags[i] & unusable) == 0);
    }

    private double[] Column(double[] values, int star)
    {
        Require.Between(star, 0, Stars - 1);
        var column = new double[Frames];
        for (int frame = 0; frame < Frames; frame++)
        {
            column[frame] = values[(frame * Stars) + star];
        }
        return column;
    }
}
