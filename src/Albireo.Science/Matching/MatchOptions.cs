using Albireo.Science.Numerics;

namespace Albireo.Science.Matching;

/// <summary>How the stars of a frame are matched with those of the reference.</summary>
public sealed record MatchOptions
{
    /// <summary>How far a star may lie from where the transform puts it, pixels.</summary>
    public double TolerancePixels
    {
        get;
        init => field = Require.Positive(value);
    } = 2;

    /// <summary>Largest change of scale, as a fraction: 0.2 allows 0.8 … 1.25.</summary>
    public double MaximumScaleChange
    {
        get;
        init => field = Require.Between(value, 0, 0.9);
    } = 0.2;

    /// <summary>Whether a mirror image is looked for.</summary>
    public bool AllowReflection { get; init; } = true;

    /// <summary>How many of the brightest stars form triangles in the last and widest attempt.</summary>
    public int AsterismStars
    {
        get;
        init => field = (int)Require.Between(value, 4, 100);
    } = 40;

    /// <summary>How many of the brightest stars of either list take part in checking a transform.</summary>
    public int CheckStars
    {
        get;
        init => field = Require.Positive(value);
    } = 300;

    /// <summary>A match is accepted when chance would make one as good with less than this probability.</summary>
    public double MaximumFalseMatchProbability
    {
        get;
        init => field = Require.Between(value, 0, 1);
    } = 1e-6;

    /// <summary>What the final transform may do.</summary>
    public TransformKind Transform { get; init; } = TransformKind.Automatic;

    /// <summary>Matched stars from which <see cref="TransformKind.Automatic"/> fits an affine map.</summary>
    public int AffineStars
    {
        get;
        init => field = Math.Max(4, Require.Positive(value));
    } = 12;
}
