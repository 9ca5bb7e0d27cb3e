using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>inventory</c>: what is in the folders, and which observations that makes.</summary>
public static class TakeInventory
{
    /// <summary>Looks through the folders of a request.</summary>
    /// <exception cref="AlbireoException">A folder does not exist, or a setting is wrong.</exception>
    public static (NightInventory Night, InventoryOptions Options) Look(ReductionRequest request, RunContext run) =>
        run.Stage(
            "inventory",
            request.Inputs.Count,
            done =>
                Take(
                    request.Inputs,
                    request.Settings,
                    request.Site,
                    run.Output.Path,
                    filter: null,
                    run.Limits,
                    run.Cancellation,
                    save =>
                    {
                        _ = run.Later(save);
                    }
                )
        );

    /// <summary>Writes inventory.csv, says what is to be said of the night, and stops in strict mode where something is missing.</summary>
    /// <exception cref="AlbireoException">The night is not complete in strict mode.</exception>
    public static void Tell(NightInventory night, InventoryOptions options, RunContext run)
    {
        Write(night, options, run.Output);
        foreach (FrameInfo problem in night.Problems)
        {
            run.Notice($"Left out: {problem.Problem}");
        }
        foreach (string sentence in night.Notices)
        {
            run.Notice(sentence);
        }
        if (options.Strict)
        {
            StrictChecks.Require(night, run.Output.Log.Write);
        }
    }

    /// <summary>inventory.csv and, where they are asked for, the list files of the TAPE programs.</summary>
    public static void Write(NightInventory night, InventoryOptions options, OutputFolder output)
    {
        TextProduct.Write(output.At("inventory.csv"), InventoryCsv.Write(night));
        foreach (IgnoredFile ignored in night.Ignored)
        {
            output.Log.Write($"passed over: {ignored.Path}: {ignored.Reason}");
        }
        if (options.Lists)
        {
            TapeLists.Write(night, output.Path);
        }
    }

    /// <summary>Looks at the files; of OUT only the index is written.</summary>
    /// <param name="inputs">Folders and files.</param>
    /// <param name="settings">The user's; those of night.yaml files are added.</param>
    /// <param name="site">Where all frames were taken, or null for what headers and profiles say.</param>
    /// <param name="output">OUT, or null.</param>
    /// <param name="filter">Which frames to keep; null for all.</param>
    /// <param name="limits">Files that are read at a time.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <param name="later">Who writes the index; null: it is written at once.</param>
    /// <exception cref="AlbireoException">An input does not exist, or a setting is wrong.</exception>
    /// <exception cref="SettingsFileException">A night.yaml, a tape.par or a profile is wrong.</exception>
    public static (NightInventory Night, InventoryOptions Options) Take(
        IReadOnlyList<string> inputs,
        IReadOnlyList<Setting> settings,
        Site? site,
        string? output,
        FrameFilter? filter,
        ResourceLimits limits,
        CancellationToken cancellation,
        Action<Action>? later = null
    )
    {
        foreach (string input in inputs.Where(i => !Path.Exists(i)))
        {
            throw new AlbireoException(Failure.Usage, $"{input} does not exist; give a folder or files of raw frames.");
        }
        int? depth = RecipeBinder.Bind(settings).Inventory.Depth;
        IReadOnlyList<string> excluded = output is null ? [] : [Path.GetFullPath(output)];
        string? own = output is null ? null : Path.Combine(excluded[0], NightFile.FileName);
        NightFolders folders = NightFolders.Look(inputs, excluded, depth, own);
        Recipe recipe = RecipeBinder.Bind(NightWords.Settings(settings, folders.NightFiles, []));
        InventoryOptions options = recipe.Inventory;
        if (options.Depth != depth)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"inventory.depth cannot stand in {NightFile.FileName}: the folders are looked through before it is read; give --set inventory.depth={options.Depth}."
            );
        }
        // The index spares unchanged files another look, and its folder marks OUT as products, not frames, for other runs.
        var scan = new ScanOptions
        {
            Telescope = options.Telescope,
            Excluded = excluded,
            IndexPath = output is null ? ScanOptions.UserIndexPath(inputs) : Path.Combine(excluded[0], ".albireo", "inventory.json"),
            Later = later,
            LongitudeDegrees = site?.LongitudeDegrees,
            Words = new HeaderWords(options.Keywords, options.Words),
            Binning = options.Binning,
            Channel = options.Channel,
            SaturationAdu = recipe.Detector.Saturation,
            Filter = filter,
        };
        return (NightInventory.Take(folders, scan, progress: null, limits.Threads, cancellation), options);
    }

    /// <summary>The observations that the user wants, each with its lights of one size and without colour masks.</summary>
    /// <exception cref="AlbireoException">There is no light, or none of that object and filter.</exception>
    public static IReadOnlyList<Observation> Observations(NightInventory night, ReductionRequest request, RunContext run)
    {
        Observation[] wanted = [.. Wanted(night, request).Select(WithoutColour)];
        foreach (FrameInfo misfit in wanted.SelectMany(o => o.Misfits))
        {
            run.Notice($"Left out: {misfit.Problem}");
        }
        Observation[] usable = [.. wanted.Where(o => o.Lights.Count > 0)];
        return usable.Length > 0
            ? usable
            : throw new AlbireoException(
                Failure.NoResult,
                $"There is no light that can be measured in {string.Join(", ", request.Inputs)}: {wanted[0].Misfits[0].Problem}"
            );
    }

    /// <summary>A frame behind a colour mask is never measured as if its pixels saw the same light.</summary>
    private static Observation WithoutColour(Observation observation) =>
        observation with
        {
            Lights = [.. observation.Lights.Where(IsMono)],
            Misfits =
            [
                .. observation.Misfits,
                .. observation
                    .Lights.Where(f => !IsMono(f))
                    .Select(f =>
                        f with
                        {
                            Problem =
                                $"{f.Path}: {f.BayerPattern!.From} = {f.BayerPattern.Value}, the frame of a colour camera, which is not measured as mono; --channel R, G or B measures one colour.",
                        }
                    ),
            ],
        };

    private static bool IsMono(FrameInfo frame) => frame.BayerPattern is null || frame.Plane is not null;

    private static Observation[] Wanted(NightInventory night, ReductionRequest request)
    {
        IReadOnlyList<Observation> all = night.Observations(request.Join);
        if (all.Count == 0)
        {
            throw new AlbireoException(
                Failure.NoResult,
                night.Frames.Count + night.Problems.Count == 0
                    ? $"There is no FITS file in {string.Join(", ", request.Inputs)}."
                    : $"There is no usable light frame in {string.Join(", ", request.Inputs)}; albireo inventory shows what is there."
            );
        }
        Observation[] wanted =
        [
            .. all.Where(o => FrameFilter.Fits(request.ObjectName, o.Target) && FrameFilter.FitsFilter(request.Filter, o.Filter)),
        ];
        return wanted.Length > 0
            ? wanted
            : throw new AlbireoException(
                Failure.Usage,
                $"No light is of --object {request.ObjectName ?? "(any)"} and --filter {request.Filter ?? "(any)"}; there are {string.Join(", ", all.Select(o => $"{o.Target ?? "(no name)"} in {o.Filter ?? "(no filter)"}").Distinct())}."
            );
    }
}
