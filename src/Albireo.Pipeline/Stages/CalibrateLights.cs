using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// The stage <c>calibrate</c> alone. A light whose product lies in OUT, made of the same with the same, is not read again; where more is
/// done with a frame than this, calibrating it anew takes less time than reading the product.
/// </summary>
internal static class CalibrateLights
{
    public static IReadOnlyList<FrameOutcome> Run(
        IReadOnlyList<FrameInfo> lights,
        string folder,
        Masters masters,
        ReductionRequest request,
        Recipe recipe,
        RunContext run
    )
    {
        FrameStep calibrate = CalibrateFrame.Step(
            masters,
            recipe,
            needsUncertainty: request.KeepCalibrated && recipe.Calibrate.KeepUncertainty,
            needsWhole: false
        );
        var sequence = new Sequence([calibrate, KeepFrame.Step(request, recipe.Calibrate, run, folder)]);
        if (!request.KeepCalibrated || recipe.Calibrate.KeepSteps)
        {
            return run.Frames("calibrate", sequence, lights, started: null);
        }
        var memory = ProductMemory<KeptFrame>.Open(
            run.Output,
            "calibrated.json",
            () => MemoryJson.Default.KeptFrameArray,
            () => MemoryWriting.Default.KeptFrameArray
        );
        string settings = ProductKey.SettingsOfLights(recipe);
        var keys = lights.ToDictionary(l => l.Path, l => ProductKey.Of(l, masters, recipe, settings), StringComparer.Ordinal);
        string Product(FrameInfo light) => Path.Combine(folder, "calibrated", light.Name + ".fits");
        FrameOutcome? Known(FrameInfo light) =>
            memory.Find(Product(light), keys[light.Path]) is { } kept && SumsOf(run.Output.At(kept.Name)) == kept.Sums
                ? new FrameOutcome(
                    new Frame
                    {
                        Info = light,
                        Workspace = new Workspace(),
                        Sha256 = kept.Sha256,
                        Remarks = kept.Remarks,
                    },
                    null,
                    null,
                    IsUnusable: false
                )
                {
                    IsReused = true,
                }
                : null;

        IReadOnlyList<FrameOutcome> outcomes = run.Frames("calibrate", sequence, lights, started: null, Known);
        memory.Keep(
            outcomes
                .Where(o => o.IsUsed && !o.IsReused && keys[o.Frame.Info.Path].Value is not null)
                .Select(o => new KeptFrame(
                    Product(o.Frame.Info),
                    keys[o.Frame.Info.Path].Value!,
                    o.Frame.CalibratedSums!,
                    o.Frame.Sha256,
                    o.Frame.Remarks
                ))
        );
        return outcomes;
    }

    /// <summary>CHECKSUM of each HDU; null where there is no such file or a sum is wrong.</summary>
    private static string? SumsOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            using FitsFile file = FitsFile.Open(path);
            bool isWhole = file.Hdus.All(h => h.VerifyChecksums() == (FitsChecksumStatus.Valid, FitsChecksumStatus.Valid));
            return isWhole ? string.Join(' ', file.Hdus.Select(h => h.Header.Text("CHECKSUM"))) : null;
        }
        catch (Exception e) when (e is FitsFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
