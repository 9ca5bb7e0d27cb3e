using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>How sources are masked before the sky is measured. Defaults are those of photutils' make_source_mask as system 1 uses it.</summary>
public sealed record SourceMaskOptions
{
    /// <summary>Threshold in clipped σ above the clipped mean.</summary>
    public double ThresholdSigma
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>Least number of connected pixels.</summary>
    public int MinimumPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 5;

    /// <summary>Side of the square that the mask is widened by, odd; 1 leaves it as it is.</summary>
    public int DilationPixels
    {
        get;
        init =>
            field =
                Require.Positive(value) % 2 == 1
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "DilationPixels must be odd.");
    } = 11;

    /// <summary>How mean and σ are clipped.</summary>
    public ClipOptions Clip { get; init; } = new();
}
