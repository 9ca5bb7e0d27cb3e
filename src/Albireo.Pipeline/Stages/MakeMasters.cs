using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>masters</c>: bias, then darks by exposure, then flats by filter, each from what the stage has made before.</summary>
public static class MakeMasters
{
    /// <exception cref="AlbireoException">Settings contradict each other, or <c>masters.from</c> leads nowhere.</exception>
    public static Masters Run(NightInventory night, Recipe recipe, RunContext run)
    {
        ArgumentNullException.ThrowIfNull(night);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(run);
        MasterOptions options = recipe.Masters;
        options.Check();
        var unusable = new List<UnusableFrame>();
        List<Master> made = [.. ReadyMasters.Read(night, recipe, run, unusable)];
        IReadOnlyList<MeasuredNoise> detectors = DetectorOfNight.Measure(night, recipe, run);
        Masters Known() => new([.. made], unusable, options, night.NightOf, detectors);
        var calibrations = night
            .Frames.Where(f => f.EffectiveKind is FrameKind.Bias or FrameKind.Dark or FrameKind.Flat or FrameKind.DarkFlat)
            .ToList();
        if (calibrations.Count == 0 && made.Count == 0 && unusable.Count == 0)
        {
            // The inventory has said so.
            return Known();
        }
        return run.Stage(
            "masters",
            calibrations.Count,
            done =>
            {
                foreach (FrameKind kind in (FrameKind[])[FrameKind.Bias, FrameKind.Dark, FrameKind.DarkFlat, FrameKind.Flat])
                {
                    var groups = CalibrationGroups.Of([.. calibrations.Where(f => f.EffectiveKind == kind)], options, night.NightOf);
                    IReadOnlyList<string> names = CalibrationGroups.Names(kind, groups, options, night.NightOf);
                    for (int i = 0; i < groups.Count; i++)
                    {
                        var job = new StackJob(names[i], kind, groups[i], Known(), recipe, run);
                        foreach (string remark in job.Removed(groups[i][0]).Remarks.Where(_ => kind == FrameKind.Flat))
                        {
                            run.Notice($"flats ({groups[i][0].Filter?.Value ?? "no filter"}): {remark}");
                        }
                        if (StackedMaster.Combine(job, done, unusable) is { } stack)
                        {
                            made.Add(MasterFile.Write(stack, names[i], job.Layout(groups[i][0]), run));
                        }
                    }
                }
                foreach (UnusableFrame frame in unusable)
                {
                    run.Notice($"{frame.Info.Path} was left out of the {frame.Stage}: {frame.Reason}");
                }
                MasterFile.WriteList(made, run);
                Masters masters = Known();
                DetectorOfNight.LogDarkCurrent(made, masters, recipe, run);
                return masters;
            }
        );
    }
}
