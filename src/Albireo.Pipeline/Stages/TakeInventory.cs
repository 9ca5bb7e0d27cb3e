using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>inventory</c>: what is in the folders, and which observations that makes.</summary>
public static class TakeInventory
{
    /// <exception cref="AlbireoException">A folder does not exist, or there is no light to reduce.</exception>
    public static NightInventory Run(ReductionRequest request, RunContext run)
    {
        NightInventory night = run.Stage(
            "inventory",
            request.Inputs.Count,
            _ => Take(request.Inputs, run.Output.Path, run.Limits, run.Cancellation)
        );
        TextProduct.Write(run.Output.At("inventory.csv"), InventoryCsv.Write(night));
        foreach (FrameInfo problem in night.Problems)
        {
            run.Notice($"Left out: {problem.Problem}");
        }
        foreach (string sentence in night.Notices)
        {
            run.Notice(sentence);
        }
        return night;
    }

    /// <summary>Looks at the files without writing anything.</summary>
    /// <exception cref="AlbireoException">An input does not exist.</exception>
    public static NightInventory Take(IReadOnlyList<string> inputs, string? output, ResourceLimits limits, CancellationToken cancellation)
    {
        foreach (string input in inputs.Where(i => !Path.Exists(i)))
        {
            throw new AlbireoException(Failure.Usage, $"{input} does not exist; give a folder or files of raw frames.");
        }
        // The index spares unchanged files another look, and its folder marks OUT as products, not frames, for other runs.
        var options = new InventoryOptions
        {
            Excluded = output is null ? [] : [Path.GetFullPath(output)],
            NightFile = output is null ? null : Path.Combine(Path.GetFullPath(output), NightFile.FileName),
            IndexPath = output is null ? null : Path.Combine(Path.GetFullPath(output), ".albireo", "inventory.json"),
        };
        return NightInventory.Take(inputs, options, progress: null, limits.Threads, cancellation);
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
            Lights = [.. observation.Lights.Where(f => f.BayerPattern is null)],
            Misfits =
            [
                .. observation.Misfits,
                .. observation
                    .Lights.Where(f => f.BayerPattern is not null)
                    .Select(f =>
                        f with
                        {
                            Problem =
                                $"{f.Path}: {f.BayerPattern!.From} = {f.BayerPattern.Value}, the frame of a colour camera, which is not measured as mono.",
                        }
                    ),
            ],
        };

    private static Observation[] Wanted(NightInventory night, ReductionRequest request)
    {
        IReadOnlyList<Observation> all = night.Observations();
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
            .. all.Where(o =>
                (request.ObjectName is null || Same(o.Target, request.ObjectName))
                && (request.Filter is null || Same(o.Filter, request.Filter))
            ),
        ];
        return wanted.Length > 0
            ? wanted
            : throw new AlbireoException(
                Failure.Usage,
                $"No light is of --object {request.ObjectName ?? "(any)"} and --filter {request.Filter ?? "(any)"}; there are {string.Join(", ", all.Select(o => $"{o.Target ?? "(no name)"} in {o.Filter ?? "(no filter)"}").Distinct())}."
            );
    }

    private static bool Same(string? found, string wanted) =>
        string.Equals(found?.Trim(), wanted.Trim(), StringComparison.OrdinalIgnoreCase);
}
