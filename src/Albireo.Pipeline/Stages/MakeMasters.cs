using System.Collections.Concurrent;
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
        var failed = new List<StackJob>();
        var sights = new ConcurrentDictionary<FrameInfo, FrameSight>(ReferenceEqualityComparer.Instance);
        IReadOnlyList<MeasuredNoise> detectors = DetectorOfNight.Measure(night, recipe, run, sights);
        Masters Known() => new([.. made], unusable, options, night.NightOf, detectors);
        var calibrations = night
            .Frames.Where(f => f.EffectiveKind is FrameKind.Bias or FrameKind.Dark or FrameKind.Flat or FrameKind.DarkFlat)
            .ToList();
        if (calibrations.Count == 0 && made.Count == 0 && unusable.Count == 0)
        {
            // The inventory has said so.
            return Known();
        }
        var memory = ProductMemory<KeptMaster>.Open(
            run.Output,
            "masters.json",
            () => MemoryJson.Default.KeptMasterArray,
            () => MemoryWriting.Default.KeptMasterArray
        );
        return run.Stage(
            "masters",
            calibrations.Count,
            done =>
            {
                StackJob[] plan =
                [
                    .. Plan(calibrations, night, options)
                        .Select(g => new StackJob(g.Name, g.Kind, g.Frames, Known(), recipe, run) { Sights = sights }),
                ];
                using var looks = new FirstLooks(plan, job => !memory.Knows(job.Name + ".fits"));
                for (int i = 0; i < plan.Length; i++)
                {
                    StackJob job = plan[i] with { Masters = Known() };
                    foreach (string remark in job.Removed(job.Frames[0]).Remarks.Where(_ => job.Kind == FrameKind.Flat))
                    {
                        run.Notice($"flats ({job.Frames[0].Filter?.Value ?? "no filter"}): {remark}");
                    }
                    int place = i;
                    if (One(job, () => looks.Of(place, job, done), memory, done) is { } master)
                    {
                        made.Add(master);
                    }
                    else
                    {
                        failed.Add(job);
                    }
                    unusable.AddRange(job.Notes.Unusable);
                }
                foreach (UnusableFrame frame in unusable)
                {
                    run.Notice($"{frame.Info.Path} was left out of the {frame.Stage}: {frame.Reason}");
                }
                Masters masters = Known();
                _ = run.Later(() => MasterFile.WriteList(masters.All, run));
                if (recipe.Inventory.Strict)
                {
                    RequireAll(failed, night);
                }
                DetectorOfNight.LogDarkCurrent(made, masters, recipe, run);
                return masters;
            }
        );
    }

    /// <summary>A night that was complete is not if too few frames of a group could be used: in strict mode no light goes without.</summary>
    private static void RequireAll(IReadOnlyList<StackJob> failed, NightInventory night)
    {
        foreach (FrameInfo light in night.OfKind(FrameKind.Light))
        {
            StackJob? missing = failed.FirstOrDefault(job =>
                job.Kind == FrameKind.Flat
                    ? job.Frames[0].Filter?.Value == light.Filter?.Value
                    : job.Kind == FrameKind.Dark && job.Frames[0].ExposureSeconds?.Value == light.ExposureSeconds?.Value
            );
            if (missing is not null)
            {
                throw new AlbireoException(
                    Failure.NoResult,
                    $"The night is not complete: no {missing.Name} could be made for {light.Path}; albireo.log says what was left out of it."
                );
            }
        }
    }

    /// <summary>Biases, then darks by exposure, then flats by filter.</summary>
    private static IEnumerable<Group> Plan(IReadOnlyList<FrameInfo> calibrations, NightInventory night, MasterOptions options)
    {
        foreach (FrameKind kind in (FrameKind[])[FrameKind.Bias, FrameKind.Dark, FrameKind.DarkFlat, FrameKind.Flat])
        {
            var groups = CalibrationGroups.Of([.. calibrations.Where(f => f.EffectiveKind == kind)], options, night.NightOf);
            IReadOnlyList<string> names = CalibrationGroups.Names(kind, groups, options, night.NightOf);
            for (int i = 0; i < groups.Count; i++)
            {
                yield return new Group(names[i], kind, groups[i]);
            }
        }
    }

    /// <summary>The master as it lies in OUT, where nothing that it depends on has changed; else made, to be remembered when it is written.</summary>
    private static Master? One(StackJob job, Func<FirstLook> look, ProductMemory<KeptMaster> memory, Action done)
    {
        Lazy<string?> key = ProductKey.Of(job);
        if (memory.Find(job.Name + ".fits", key) is { } kept && Reused(kept, job) is { } master)
        {
            foreach (FrameInfo _ in job.Frames)
            {
                done();
            }
            return master;
        }
        if (StackedMaster.Combine(job, look) is not { } stack)
        {
            return null;
        }
        Master written = MasterFile.Write(stack, job, Remember);
        stack.Tell(job);
        return written;

        void Remember(Master made)
        {
            if (job.Notes.IsLasting && key.Value is { } known)
            {
                memory.Keep([
                    new KeptMaster(
                        made.Name,
                        known,
                        made.Sha256,
                        stack.Inputs[0].Info.Path,
                        made.FrameCount,
                        made.HoldsBias,
                        made.FreedOf,
                        made.BiasShare,
                        double.IsNaN(made.RejectedFraction) ? null : made.RejectedFraction,
                        job.Notes.Notices,
                        [.. job.Notes.Unusable.Select(u => KeyValuePair.Create(u.Info.Path, u.Reason))]
                    ),
                ]);
            }
        }
    }

    /// <summary>Null where the product is gone or is another one.</summary>
    private static Master? Reused(KeptMaster kept, StackJob job)
    {
        FrameInfo Frame(string path) => job.Frames.First(f => f.Path == path);
        if (MasterFile.Read(kept, job, Frame(kept.Like)) is not { } master)
        {
            job.Run.Output.Log.Write($"masters/{kept.Name} is not as it was made: it is made again");
            return null;
        }
        foreach (string notice in kept.Notices)
        {
            job.Notes.Tell(notice);
        }
        foreach ((string path, string reason) in kept.Unusable)
        {
            job.Notes.Refuse(Frame(path), reason, isLasting: true);
        }
        job.Run.Output.Log.Write($"MASTER {job.Name}: reused, {kept.Frames} unchanged frames and settings");
        return master;
    }

    /// <summary>Frames that become one master.</summary>
    private sealed record Group(string Name, FrameKind Kind, IReadOnlyList<FrameInfo> Frames);
}
