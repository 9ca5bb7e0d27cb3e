using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stars;
using Albireo.Web.Curves;

namespace Albireo.Web.Runs;

/// <summary>The whole reduction as a job: <c>albireo reduce</c> with what OUT remembers and what a page changes of it.</summary>
internal static class ReductionJob
{
    /// <summary>Starts it.</summary>
    /// <exception cref="BusyException">Something is under way.</exception>
    public static JobStatus Start(Workbench workbench, RunChange change)
    {
        ReductionRequest request = Request(workbench, change);
        return request.JoinsReductions
            ? Begin(workbench, request, change, (o, c) => Join(request, o, c), r => ReductionSummary.Lines(request.Output, r))
            : Begin(
                workbench,
                request,
                change,
                (o, c) => Reduction.Run(request, workbench.Limits, o, c),
                r => ReductionSummary.Lines(r).Concat(r.HasNoTarget ? [ReductionSummary.NoTarget(r)] : [])
            );
    }

    private static JobStatus Begin<T>(
        Workbench workbench,
        ReductionRequest request,
        RunChange change,
        Func<IRunObserver, CancellationToken, T> run,
        Func<T, IEnumerable<string>> lines
    )
    {
        (JobStatus started, _) = workbench.Jobs.Start(
            "reduce",
            CommandLine.Of(request),
            (observer, cancellation) =>
            {
                try
                {
                    T result = run(observer, cancellation);
                    if (change.TakesPicks)
                    {
                        workbench.Changes.SetPicks(null); // they are measured now; the curve's own stars count from here on
                    }
                    return result;
                }
                finally
                {
                    // Whatever came of it, pages look at what lies in OUT now.
                    workbench.Events.Send(new PageEvent("observation"));
                }
            },
            lines
        );
        return started;
    }

    /// <summary>The tables of the reductions as they are now, put together again.</summary>
    private static ObservationResult Join(ReductionRequest request, IRunObserver observer, CancellationToken cancellation) =>
        LateStages.Join(
            request.Inputs,
            new CurveRequest
            {
                Output = request.Output,
                Stars = new StarChoice
                {
                    Target = request.Target,
                    Comparisons = request.Comparisons,
                    Check = request.Check,
                },
                Sky = request.Sky,
                Site = request.Site,
                Settings = request.Settings,
            },
            observer,
            cancellation
        );

    private static ReductionRequest Request(Workbench workbench, RunChange change)
    {
        ReductionRequest before =
            workbench.Memory?.Request ?? new ReductionRequest { Inputs = workbench.Inputs, Output = workbench.Output };
        // An exclusion of frames belongs to the curve that it was made for; it is kept, since the frames' names stay.
        Setting[] settings = [.. (change.Settings ?? []).Select(s => s.ToSetting())];
        string[] changed = [.. settings.Select(s => s.Key)];
        return before with
        {
            Inputs = workbench.Inputs,
            Output = workbench.Output,
            Target = change.Target is { } target ? PageWords.Star(target, "--target") : before.Target,
            Comparisons = change.Comparisons is { } comparisons
                ? [.. comparisons.Select(c => StarDesignation.Parse(c, "--comparison"))]
                : before.Comparisons,
            Check = change.Check is { } check ? PageWords.Star(check, "--check") : before.Check,
            Reference = change.Reference is { } reference ? NullIfEmpty(reference) : before.Reference,
            Sky = change.Sky is { } sky ? PageWords.Sky(sky) : before.Sky,
            Site = change.Site is { } site ? PageWords.Site(site) : before.Site,
            ObjectName = change.ObjectName is { } name ? NullIfEmpty(name) : before.ObjectName,
            Filter = change.Filter is { } filter ? NullIfEmpty(filter) : before.Filter,
            KeepCalibrated = change.KeepCalibrated ?? before.KeepCalibrated,
            Settings = [.. before.Settings.Where(s => !changed.Contains(s.Key)), .. settings],
        };
    }

    private static string? NullIfEmpty(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
