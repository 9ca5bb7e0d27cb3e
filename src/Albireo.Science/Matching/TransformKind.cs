namespace Albireo.Science.Matching;

/// <summary>What a transform may do.</summary>
public enum TransformKind
{
    /// <summary>Affine where enough stars hold it (<see cref="MatchOptions.AffineStars"/>), else a similarity.</summary>
    Automatic,

    /// <summary>Shift, rotation, one scale, reflection.</summary>
    Similarity,

    /// <summary>Any linear map: shear and two scales as well.</summary>
    Affine,
}
