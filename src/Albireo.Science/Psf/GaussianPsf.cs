using Albireo.Science.Centroids;
using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>An elliptical, rotated Gaussian, sampled at pixel centres.</summary>
public sealed class GaussianPsf : PsfModel
{
    private readonly EllipseShape shape;
    private readonly double peak;

    /// <summary>A Gaussian of these widths.</summary>
    public GaussianPsf(double fwhmMajor, double fwhmMinor, double angleDegrees = 0)
    {
        FwhmMajor = Require.Positive(fwhmMajor);
        FwhmMinor = Require.Positive(fwhmMinor);
        AngleDegrees = angleDegrees;
        (double a, double b) = (fwhmMajor / MatchedFilter.GaussianFwhm, fwhmMinor / MatchedFilter.GaussianFwhm);
        shape = EllipseShape.FromAxes(a, b, angleDegrees);
        peak = 1 / (2 * Math.PI * a * b);
    }

    /// <inheritdoc/>
    public override double FwhmMajor { get; }

    /// <inheritdoc/>
    public override double FwhmMinor { get; }

    /// <inheritdoc/>
    public override double AngleDegrees { get; }

    /// <inheritdoc/>
    public override double At(double dx, double dy, out double slopeX, out double slopeY)
    {
        double q = (shape.P * dx * dx) + (2 * shape.R * dx * dy) + (shape.T * dy * dy);
        double value = peak * GaussianProfile.At(q, 0, out double byQ, out _);
        slopeX = 2 * peak * byQ * ((shape.P * dx) + (shape.R * dy));
        slopeY = 2 * peak * byQ * ((shape.R * dx) + (shape.T * dy));
        return value;
    }
}
