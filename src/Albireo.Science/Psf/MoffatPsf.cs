using Albireo.Science.Centroids;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>An elliptical, rotated Moffat profile (1 + q)^−β (Moffat 1969, A&amp;A 3, 455), sampled at pixel centres.</summary>
public sealed class MoffatPsf : PsfModel
{
    private readonly EllipseShape shape;
    private readonly double peak;

    /// <summary>A Moffat profile of these widths; β above 1, for the flux to be finite.</summary>
    public MoffatPsf(double fwhmMajor, double fwhmMinor, double angleDegrees, double beta)
    {
        FwhmMajor = Require.Positive(fwhmMajor);
        FwhmMinor = Require.Positive(fwhmMinor);
        AngleDegrees = angleDegrees;
        Beta = 1 + Require.Positive(beta - 1, nameof(beta));
        double k = FwhmOfCore(beta);
        shape = EllipseShape.FromAxes(fwhmMajor / k, fwhmMinor / k, angleDegrees);
        peak = (beta - 1) * k * k / (Math.PI * fwhmMajor * fwhmMinor);
    }

    /// <summary>The exponent.</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    public override double FwhmMajor { get; }

    /// <inheritdoc/>
    public override double FwhmMinor { get; }

    /// <inheritdoc/>
    public override double AngleDegrees { get; }

    /// <summary>FWHM in units of the core radius, 2√(2^(1/β) − 1).</summary>
    public static double FwhmOfCore(double beta) => 2 * Math.Sqrt(Math.Pow(2, 1 / beta) - 1);

    /// <inheritdoc/>
    public override double At(double dx, double dy, out double slopeX, out double slopeY)
    {
        double q = (shape.P * dx * dx) + (2 * shape.R * dx * dy) + (shape.T * dy * dy);
        double value = peak * MoffatProfile.At(q, Beta, out double byQ, out _);
        slopeX = 2 * peak * byQ * ((shape.P * dx) + (shape.R * dy));
        slopeY = 2 * peak * byQ * ((shape.R * dx) + (shape.T * dy));
        return value;
    }

    /// <inheritdoc/>
    public override double At(double dx, double dy)
    {
        double q = (shape.P * dx * dx) + (2 * shape.R * dx * dy) + (shape.T * dy * dy);
        return peak * MoffatProfile.At(q, Beta, out _, out _);
    }
}
