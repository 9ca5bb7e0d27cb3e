using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Science.Images;
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
                FoundStars found = FindStars.In(
                    frame.Clean!,
                    frame.Mask,
                    frame.Raw!,
                    frame.Noise?.Detector.SaturationAdu ?? double.NaN,
                    recipe.Detect,
                    () => frame.Workspace.Image("scratch", frame.Clean!.Width, frame.Clean.Height),
                    BandRunner.Serial
                );
                if (found.Background is null)
                {
                    return frame.Discard("no sky is left between the stars and the masked pixels.");
                }
                FrameProfile profile = FrameProfile.Of(found.Sources);
                return frame with
                {
                    Background = found.Background,
                    Sources = found.Sources,
                    Profile = profile.StarCount > 0 ? profile : null,
                };
            }
        );
}
