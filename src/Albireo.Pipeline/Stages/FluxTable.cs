using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stars;
using Albireo.Science.Matching;
using Albireo.Science.Photometry;
using Albireo.Science.Psf;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Stages;

/// <summary>All that was measured over an observation; what is missing is NaN.</summary>
public sealed class FluxTable(IReadOnlyList<FrameRow> frames, IReadOnlyList<Star> stars, IReadOnlyList<double> radii)
{
    public IReadOnlyList<FrameRow> Frames { get; } = frames;
    public IReadOnlyList<Star> Stars { get; } = stars;

    /// <summary>Aperture radii as given, in <see cref="RadiusUnit"/>.</summary>
    public IReadOnlyList<double> Radii { get; } = radii;
    public required string RadiusUnit { get; init; }
    public required double AnnulusInner { get; init; }
    public required double AnnulusOuter { get; init; }

    /// <summary><c>adu</c> or <c>electron</c>.</summary>
    public required string FluxUnit { get; init; }

    /// <summary>Where the airmass and barycentric times were computed for, or null.</summary>
    public SkyCoordinate? Target { get; init; }
    public Site? Site { get; init; }

    /// <summary>[frame, aperture, star], row-major.</summary>
    public double[] Flux { get; } = Filled(frames.Count * radii.Count * stars.Count);
    public double[] FluxError { get; } = Filled(frames.Count * radii.Count * stars.Count);

    /// <summary>[frame, aperture].</summary>
    public double[] RadiusPixels { get; } = Filled(frames.Count * radii.Count);

    /// <summary>[frame, star].</summary>
    public double[] X { get; } = Filled(frames.Count * stars.Count);
    public double[] Y { get; } = Filled(frames.Count * stars.Count);
    public double[] Sky { get; } = Filled(frames.Count * stars.Count);
    public double[] SkyRms { get; } = Filled(frames.Count * stars.Count);
    public double[] Peak { get; } = Filled(frames.Count * stars.Count);
    public FluxQuality[] Flags { get; } = new FluxQuality[frames.Count * stars.Count];

    public int At(int frame, int star) => (frame * Stars.Count) + star;

    public int At(int frame, int aperture, int star) => (((frame * Radii.Count) + aperture) * Stars.Count) + star;

    /// <summary>Takes over what one frame's measurement found.</summary>
    public void Put(int frame, FrameFluxes measured)
    {
        for (int star = 0; star < Stars.Count; star++)
        {
            int at = At(frame, star);
            X[at] = measured.X[star];
            Y[at] = measured.Y[star];
            Sky[at] = measured.Sky[star];
            SkyRms[at] = measured.SkyRms[star];
            Peak[at] = measured.Peak[star];
            Flags[at] = measured.Flags[star];
            for (int aperture = 0; aperture < Radii.Count; aperture++)
            {
                Flux[At(frame, aperture, star)] = measured.Flux[(star * Radii.Count) + aperture];
                FluxError[At(frame, aperture, star)] = measured.FluxError[(star * Radii.Count) + aperture];
            }
        }
        measured.RadiiPixels.CopyTo(RadiusPixels.AsSpan(frame * Radii.Count));
    }

    private static double[] Filled(int length)
    {
        double[] values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }
}
