using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>What was measured in one frame: arrays over stars; fluxes [star, radius] row-major.</summary>
public sealed class FrameFluxes(int stars, double[] radiiPixels)
{
    /// <summary>The aperture radii of this frame.</summary>
    public double[] RadiiPixels { get; } = radiiPixels;
    public double[] X { get; } = new double[stars];
    public double[] Y { get; } = new double[stars];

    /// <summary>In the unit of the calibrated frame, sky subtracted; NaN where a flag says why.</summary>
    public double[] Flux { get; } = new double[stars * radiiPixels.Length];

    /// <summary>1 σ; NaN where gain or read noise is unknown.</summary>
    public double[] FluxError { get; } = new double[stars * radiiPixels.Length];

    /// <summary>Estimated light of other stars in units of the star's own; NaN where nothing is known of it.</summary>
    public float[] Contamination { get; } = FluxTable.Unknown<float>(stars * radiiPixels.Length);

    /// <summary>Sky per pixel.</summary>
    public float[] Sky { get; } = new float[stars];
    public float[] SkyRms { get; } = new float[stars];

    /// <summary>Highest raw count in the largest aperture.</summary>
    public float[] Peak { get; } = new float[stars];
    public FluxQuality[] Flags { get; } = new FluxQuality[stars];

    /// <summary>Makes it as it was when it was new.</summary>
    internal void Clear()
    {
        foreach (double[] values in (ReadOnlySpan<double[]>)[X, Y, Flux, FluxError, RadiiPixels])
        {
            Array.Clear(values);
        }
        foreach (float[] values in (ReadOnlySpan<float[]>)[Sky, SkyRms, Peak])
        {
            Array.Clear(values);
        }
        Array.Clear(Flags);
        Array.Fill(Contamination, float.NaN);
    }
}
