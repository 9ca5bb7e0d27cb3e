using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Science.Matching;

/// <summary>
/// Finds how frames lie on a reference from their stars alone: triangles of bright stars propose transforms, all other stars decide.
/// Any shift, rotation and reflection and a limited change of scale are found; a proposal is accepted only when chance would not
/// have done as well (<see cref="MatchOptions.MaximumFalseMatchProbability"/>). Safe to use from several threads at once.
/// </summary>
public sealed class FrameMatcher
{
    private static readonly int[] Levels = [12, 20, 30];

    private readonly MatchOptions options;
    private readonly StarList reference;
    private readonly (int From, int To)[] levels;
    private readonly Asterisms[] asterisms;

    /// <summary>Prepares the reference's triangles.</summary>
    /// <param name="reference">The reference's stars, brightest first.</param>
    /// <param name="options">How.</param>
    public FrameMatcher(IReadOnlyList<Source> reference, MatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.reference = new StarList(reference, options.CheckStars);
        levels = [.. Levels.Where(l => l < options.AsterismStars).Append(options.AsterismStars).Select(l => (0, l))];
        asterisms = [.. levels.Select(l => Asterisms.Index(this.reference.Positions, 0, l.To, options.TolerancePixels))];
    }

    /// <summary>Stars of the reference that can be matched.</summary>
    public int ReferenceStars => reference.Count;

    /// <summary>Matches one frame.</summary>
    /// <param name="frame">Its stars, brightest first.</param>
    /// <param name="reason">Empty, or a sentence that says why there is no match.</param>
    /// <returns>Null where there is no match that chance could not explain.</returns>
    public FrameMatch? Match(IReadOnlyList<Source> frame, out string reason)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var stars = new StarList(frame, options.CheckStars);
        if (reference.Count < 4 || stars.Count < 4)
        {
            reason = $"Too few stars to match: {reference.Count} in the reference, {stars.Count} in the frame, 4 needed in each.";
            return null;
        }
        using var search = new MatchSearch(reference, stars, options);
        FrameMatch? match = Search(search);
        if (match is not null && search.StaysPut(match) && WithoutFixedPattern(match, stars) is { } moving)
        {
            match = moving;
        }
        reason = match is null
            ? $"No transform brings the stars together: {reference.Count} in the reference, {stars.Count} in the frame; the best of "
                + $"{search.Hypotheses} proposals matches {search.BestHits} of {search.BestTrials}, which chance explains."
            : "";
        return match;
    }

    private FrameMatch? Search(MatchSearch search)
    {
        for (int level = 0; level < levels.Length; level++)
        {
            if (search.Try(asterisms[level], levels[level].To) is { } match)
            {
                return match;
            }
        }
        return null;
    }

    // Hot pixels that passed for stars lie at the same place in every frame and vote for "nothing moved". If the stars that do not
    // stay put agree on another transform, they are the sky.
    private FrameMatch? WithoutFixedPattern(FrameMatch still, StarList stars)
    {
        StarList movingReference = reference.Without(still.Pairs.Select(p => p.Reference));
        StarList movingFrame = stars.Without(still.Pairs.Select(p => p.Frame));
        if (movingReference.Count < 8 || movingFrame.Count < 8)
        {
            return null;
        }
        using var search = new MatchSearch(movingReference, movingFrame, options);
        foreach ((_, int to) in levels)
        {
            if (search.Try(Asterisms.Index(movingReference.Positions, 0, to, options.TolerancePixels), to) is { } match)
            {
                return search.StaysPut(match) ? null : match;
            }
        }
        return null;
    }
}
