namespace Albireo.Science.Matching;

/// <summary>How a frame lies on the reference.</summary>
/// <param name="Transform">Reference position → frame position.</param>
/// <param name="MatchedStars">Stars found in both.</param>
/// <param name="ResidualPixels">Root mean square distance of matched stars from where a transform fitted <i>without</i> them puts them.</param>
/// <param name="FalseMatchProbability">Bound on the probability that unrelated star fields would have given a match as good.</param>
/// <param name="Pairs">The matched stars, in the reference's order.</param>
public sealed record FrameMatch(
    PlaneTransform Transform,
    int MatchedStars,
    double ResidualPixels,
    double FalseMatchProbability,
    IReadOnlyList<StarPair> Pairs
);
