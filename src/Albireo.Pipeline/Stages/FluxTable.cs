using System.Numerics;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.Photometry;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stages;

/// <summary>All that was measured over an observation; what is missing is NaN.</summary>
public sealed class FluxTable
{
    /// <summary>An empty table.</summary>
    public FluxTable(IReadOnlyList<FrameRow> frames, IReadOnlyList<Star> stars, IReadOnlyList<double> radii)
    {
        (Frames, Stars, Radii) = (frames, stars, radii);
        int plane = frames.Count * stars.Count;
        (Flux, FluxError) = (Unknown<double>(plane * radii.Count), Unknown<double>(plane * radii.Count));
        RadiusPixels = Unknown<double>(frames.Count * radii.Count);
        Contamination = Unknown<float>(plane * radii.Count);
        (X, Y, Sky) = (Unknown<float>(plane), Unknown<float>(plane), Unknown<float>(plane));
        (SkyRms, Peak) = (Unknown<float>(plane), Unknown<float>(plane));
        Flags = new FluxQuality[plane];
    }

    private FluxTable(IReadOnlyList<FrameRow> frames, IReadOnlyList<Star> stars, FluxTable measured)
    {
        (Frames, Stars, Radii) = (frames, stars, measured.Radii);
        (Flux, FluxError, RadiusPixels) = (measured.Flux, measured.FluxError, measured.RadiusPixels);
        Contamination = measured.Contamination;
        (X, Y, Sky, SkyRms, Peak, Flags) = (measured.X, measured.Y, measured.Sky, measured.SkyRms, measured.Peak, measured.Flags);
    }

    public IReadOnlyList<FrameRow> Frames { get; }
    public IReadOnlyList<Star> Stars { get; }

    /// <summary>Aperture radii as given, in <see cref="RadiusUnit"/>.</summary>
    public IReadOnlyList<double> Radii { get; }
    public required string RadiusUnit { get; init; }
    public required double AnnulusInner { get; init; }
    public required double AnnulusOuter { get; init; }

    /// <summary><c>adu</c> or <c>electron</c>.</summary>
    public required string FluxUnit { get; init; }

    /// <summary>Where the airmass and barycentric times were computed for, or null.</summary>
    public SkyCoordinate? Target { get; init; }
    public Site? Site { get; init; }

    /// <summary>[frame, aperture, star], row-major.</summary>
    public double[] Flux { get; private set; }
    public double[] FluxError { get; }

    /// <summary>Estimated light of other stars in units of the star's own, [frame, aperture, star].</summary>
    public float[] Contamination { get; }

    /// <summary>[frame, aperture].</summary>
    public double[] RadiusPixels { get; }

    /// <summary>[frame, star], in single precision as they are stored.</summary>
    public float[] X { get; }
    public float[] Y { get; }
    public float[] Sky { get; }
    public float[] SkyRms { get; }
    public float[] Peak { get; }
    public FluxQuality[] Flags { get; }

    public int At(int frame, int star) => (frame * Stars.Count) + star;

    public int At(int frame, int aperture, int star) => (((frame * Radii.Count) + aperture) * Stars.Count) + star;

    /// <summary>The same measurements with other words about frames and stars, of which there must be as many.</summary>
    public FluxTable With(IReadOnlyList<FrameRow> frames, IReadOnlyList<Star> stars, SkyCoordinate? target, Site? site)
    {
        if (frames.Count != Frames.Count || stars.Count != Stars.Count)
        {
            throw new ArgumentException(
                $"{frames.Count} frames and {stars.Count} stars for a table of {Frames.Count} and {Stars.Count}.",
                nameof(frames)
            );
        }
        return new FluxTable(frames, stars, this)
        {
            RadiusUnit = RadiusUnit,
            AnnulusInner = AnnulusInner,
            AnnulusOuter = AnnulusOuter,
            FluxUnit = FluxUnit,
            Target = target,
            Site = site,
        };
    }

    /// <summary>The table as if some frames had not been measured: their fluxes are NaN.</summary>
    /// <param name="excluded">For each frame, whether it is one of them.</param>
    public FluxTable Without(bool[] excluded)
    {
        FluxTable table = With(Frames, Stars, Target, Site);
        int frame = Radii.Count * Stars.Count;
        table.Flux = [.. Flux.Select((f, i) => excluded[i / frame] ? double.NaN : f)];
        return table;
    }

    /// <summary>The table as a curve shall date its points; it is itself where that is the middle of the exposure.</summary>
    public FluxTable DatedBy(CurveTime time) =>
        time == CurveTime.Mid ? this : With([.. Frames.Select(f => f.DatedByStart())], Stars, Target, Site);

    /// <summary>Takes over what one frame's measurement found.</summary>
    public void Put(int frame, FrameFluxes measured)
    {
        for (int star = 0; star < Stars.Count; star++)
        {
            int at = At(frame, star);
            X[at] = (float)measured.X[star];
            Y[at] = (float)measured.Y[star];
            Sky[at] = measured.Sky[star];
            SkyRms[at] = measured.SkyRms[star];
            Peak[at] = measured.Peak[star];
            Flags[at] = measured.Flags[star];
            for (int aperture = 0; aperture < Radii.Count; aperture++)
            {
                Flux[At(frame, aperture, star)] = measured.Flux[(star * Radii.Count) + aperture];
                FluxError[At(frame, aperture, star)] = measured.FluxError[(star * Radii.Count) + aperture];
                Contamination[At(frame, aperture, star)] = measured.Contamination[(star * Radii.Count) + aperture];
            }
        }
        measured.RadiiPixels.CopyTo(RadiusPixels.AsSpan(frame * Radii.Count));
    }

    /// <summary>As many NaN.</summary>
    internal static T[] Unknown<T>(int length)
        where T : IFloatingPointIeee754<T>
    {
        var values = new T[length];
        Array.Fill(values, T.NaN);
        return values;
    }
}
