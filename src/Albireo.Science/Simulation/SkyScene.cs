using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>A field of stars as the telescope would see it without noise.</summary>
public sealed record SkyScene
{
    /// <summary>Width of the frames, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the frames, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The stars; some may lie outside the first frame and come in later.</summary>
    public required IReadOnlyList<SimulatedStar> Stars { get; init; }

    /// <summary>Magnitude of a star that gives one electron a second above the atmosphere.</summary>
    public double ZeroPointMagnitude { get; init; } = 21.6;

    /// <summary>Extinction, magnitudes an air mass.</summary>
    public double ExtinctionMagnitudes
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.16;

    /// <summary>What extinction gains with a magnitude of B−V, magnitudes an air mass: k″ of k = k′ + k″ (B−V), below 0 as red light is dimmed less.</summary>
    public double ColourExtinctionMagnitudes { get; init; }

    /// <summary>Sky, electrons per second and pixel.</summary>
    public double SkyElectronsPerSecond
    {
        get;
        init => field = Require.NotNegative(value);
    } = 6;

    /// <summary>Surface brightness at which a star's wings end, electrons a pixel in the frame.</summary>
    public double WingLimitElectrons
    {
        get;
        init => field = Require.Positive(value);
    } = 0.03;

    /// <summary>Where a position of the first frame lies under other conditions.</summary>
    public PixelPosition Place(PixelPosition position, FrameConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        double cx = (Width - 1) / 2.0;
        double cy = (Height - 1) / 2.0;
        double dx = position.X - cx;
        double dy = position.Y - cy;
        dx = conditions.Mirrored ? -dx : dx;
        (double sin, double cos) = Math.SinCos(conditions.RotationDegrees * Math.PI / 180);
        return new PixelPosition(cx + (cos * dx) - (sin * dy) + conditions.ShiftX, cy + (sin * dx) + (cos * dy) + conditions.ShiftY);
    }

    /// <summary>Electrons that a star gives in the frame, over the whole plane.</summary>
    /// <param name="star">Magnitude and colour, above the atmosphere.</param>
    /// <param name="conditions">The frame's.</param>
    public double Electrons(SimulatedStar star, FrameConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(star);
        ArgumentNullException.ThrowIfNull(conditions);
        double extinction = ExtinctionMagnitudes + (ColourExtinctionMagnitudes * star.Colour);
        double exponent = -0.4 * (star.Magnitude - ZeroPointMagnitude + (extinction * conditions.Airmass));
        return Math.Pow(10, exponent) * conditions.ExposureSeconds * conditions.Transparency;
    }

    /// <summary>Paints the frame: expected electrons of every pixel at sensitivity 1.</summary>
    /// <param name="conditions">The frame's.</param>
    /// <param name="factors">Brightness of each star against its magnitude, or empty for 1.</param>
    /// <param name="electrons">Overwritten.</param>
    public void Paint(FrameConditions conditions, ReadOnlySpan<double> factors, Image electrons)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(electrons);
        Require.SameLength(factors.IsEmpty ? 0 : Stars.Count, factors.Length);
        electrons.Pixels.Fill((float)(SkyElectronsPerSecond * conditions.SkyFactor * conditions.ExposureSeconds));
        var painter = new StarPainter(conditions.Psf);
        double farthest = Math.Max(Width, Height);
        for (int i = 0; i < Stars.Count; i++)
        {
            double flux = Electrons(Stars[i], conditions) * (factors.IsEmpty ? 1 : factors[i]);
            if (flux > 0)
            {
                double radius = Math.Clamp(painter.RadiusTo(flux, WingLimitElectrons), 3 * conditions.Psf.FwhmPixels, farthest);
                painter.Add(electrons, Place(Stars[i].After(conditions.Hours), conditions), flux, radius);
            }
        }
    }
}
