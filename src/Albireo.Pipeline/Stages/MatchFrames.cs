using Albireo.Pipeline.Options;
using Albireo.Science.Matching;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>match</c>: where the reference frame's stars lie in each frame.</summary>
public static class MatchFrames
{
    public static FrameStep Step(ReferenceFrame reference, Recipe recipe)
    {
        var matcher = new FrameMatcher(reference.Frame.Sources, recipe.Match);
        return new FrameStep(
            "match",
            frame =>
            {
                if (frame.Info == reference.Frame.Info)
                {
                    return frame with { Match = reference.SelfMatch };
                }
                FrameMatch? match = matcher.Match(frame.Sources, out string reason);
                return match is null ? frame.Discard(reason) : frame with { Match = match };
            }
        );
    }
}
