using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Psf;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>detect</c>: background, stars and the frame's stellar profile.</summary>
public static class DetectSources
{
    public static FrameStep Step(Recipe recipe) =>
        new(
            "detect",
            frame =>
            {
                if (Background(frame, recipe.Detect.Background) is not { } background)
                {
                    return frame.Discard("no sky is left between the stars and the masked pixels.");
                }
                Source[] sources = SegmentFinder.Find(
                    frame.Clean!,
                    background.LevelRow,
                    background.RmsRow,
                    frame.Mask,
                    frame.Raw,
                    frame.Noise?.Detector.SaturationAdu ?? double.NaN,
                    recipe.Detect.Stars
                );
                FrameProfile profile = FrameProfile.Of(sources);
                return frame with { Background = background, Sources = sources, Profile = profile.StarCount > 0 ? profile : null };
            }
        );

    /// <summary>Null where not one box shows sky.</summary>
    private static BackgroundMap? Background(Frame frame, BackgroundOptions options)
    {
        try
        {
            return BackgroundMesh.Measure(frame.Clean!, frame.Mask, options);
        }
        catch (EmptyBackgroundException)
        {
            return null;
        }
    }
}
