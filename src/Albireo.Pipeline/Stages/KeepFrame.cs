using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>The last step of a frame's visit: its products are written while it is in memory.</summary>
public static class KeepFrame
{
    public static FrameStep Step(ReductionRequest request, RunContext run, string folder) =>
        new(
            "keep",
            frame =>
            {
                if (frame.Background is not null)
                {
                    SourceFile.Write(run.Output.At(folder, "sources", frame.Info.Name + ".fits"), frame);
                }
                if (request.KeepCalibrated)
                {
                    CalibratedFile.Write(run.Output.At(folder, "calibrated", frame.Info.Name + ".fits"), frame);
                }
                return frame;
            }
        );
}
