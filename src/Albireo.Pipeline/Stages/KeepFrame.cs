using System.Collections.Concurrent;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>The last step of a frame's visit: its products are written while it is in memory.</summary>
public static class KeepFrame
{
    public static FrameStep Step(ReductionRequest request, CalibrateOptions options, RunContext run, string folder)
    {
        var cuts = new ConcurrentDictionary<string, Lazy<bool>>(StringComparer.Ordinal);
        return new(
            "keep",
            frame =>
            {
                if (frame.Background is not null)
                {
                    SourceFile.Write(run.Output.At(folder, "sources", frame.Info.Name + ".fits"), frame);
                }
                if (request.KeepCalibrated)
                {
                    string path = run.Output.At(folder, "calibrated", frame.Info.Name + ".fits");
                    frame = frame with { CalibratedSums = CalibratedFile.Write(run, path, frame, options) };
                }
                if (frame.Steps is { } steps)
                {
                    string name = frame.Info.Name + "_dark-subtracted.fits";
                    CalibratedFile.WriteBeforeFlat(run.Writer, run.Output.At(folder, "calibrated", "steps", name), frame);
                    foreach (Master master in steps.Cuts)
                    {
                        _ = cuts.GetOrAdd(CutName(master), cut => new Lazy<bool>(() => WriteCut(run, cut, master))).Value;
                    }
                }
                return frame;
            }
        );
    }

    /// <summary>bias_512x512_at_1200_800.fits</summary>
    private static string CutName(Master master)
    {
        var part = master.Section!.Value;
        return $"{Path.GetFileNameWithoutExtension(master.Name)}_{part.Width}x{part.Height}_at_{part.FirstColumn}_{part.FirstRow}.fits";
    }

    private static bool WriteCut(RunContext run, string name, Master master)
    {
        CalibratedFile.WriteCut(run.Output.At("masters", name), master);
        return true;
    }
}
