using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>match</c>: where the reference frame's stars lie in each frame.</summary>
public static class MatchFrames
{
    private delegate FrameMatch? Matching(IReadOnlyList<Source> frame, out string reason);

    public static FrameStep Step(ReferenceFrame reference, Recipe recipe)
    {
        Matching matching =
            recipe.Match.Method == MatchMethod.Votes
                ? new ShiftMatcher(reference.Frame.Sources, recipe.Match.Votes, recipe.Match.Asterisms).Match
                : new FrameMatcher(reference.Frame.Sources, recipe.Match.Asterisms).Match;
        return new FrameStep("match", frame => Run(frame, reference, matching, recipe.Match.Limits));
    }

    private static Frame Run(Frame frame, ReferenceFrame reference, Matching matching, MatchLimits limits)
    {
        if (frame.Info == reference.Frame.Info)
        {
            return frame with
            {
                Match = reference.SelfMatch,
                Quality = frame.Quality! with { ShiftX = 0, ShiftY = 0, RotationDegrees = 0, Transparency = 1 },
            };
        }
        if (matching(frame.Sources, out string reason) is not { } match)
        {
            return frame.Discard(reason);
        }
        Frame matched = frame with
        {
            Match = match,
            Quality = frame.Quality!.Matched(
                match,
                new PixelPosition((reference.Picture.Width - 1) / 2.0, (reference.Picture.Height - 1) / 2.0),
                reference.Frame.Sources,
                frame.Sources,
                (frame.Info.ExposureSeconds?.Value ?? double.NaN) / (reference.Frame.Info.ExposureSeconds?.Value ?? double.NaN)
            ),
        };
        return Rejection(matched, limits) is { } why ? matched.Discard(why) : matched;
    }

    private static string? Rejection(Frame frame, MatchLimits limits)
    {
        FrameQuality quality = frame.Quality!;
        return frame.Match!.MatchedStars < limits.MinimumMatchedStars
                ? Sentence("matched stars", frame.Match.MatchedStars, "at least", limits.MinimumMatchedStars, "minimum-matched-stars")
            : quality.Shift > limits.MaximumShiftPixels
                ? Sentence("shift", quality.Shift, "at most", limits.MaximumShiftPixels, "maximum-shift-pixels")
            : Math.Abs(quality.RotationDegrees) > limits.MaximumRotationDegrees
                ? Sentence("rotation", quality.RotationDegrees, "at most", limits.MaximumRotationDegrees, "maximum-rotation-degrees")
            // A transparency that is not known passes no limit.
            : limits.MinimumTransparency is { } least && !(quality.Transparency >= least)
                ? Sentence("transparency", quality.Transparency, "at least", least, "minimum-transparency")
            : null;
    }

    private static string Sentence(string what, double found, string relation, double? limit, string key) =>
        FrameQuality.Sentence(what, found, relation, limit!.Value, "match.limits." + key);
}
