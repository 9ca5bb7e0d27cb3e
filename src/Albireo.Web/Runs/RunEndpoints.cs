using System.Text.Json;
using Albireo.Pipeline;
using Albireo.Pipeline.Export;
using Albireo.Web.Changes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Albireo.Web.Runs;

/// <summary>What is under way: starting, watching and cancelling runs.</summary>
public static class RunEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/state", State).WithSummary("The folder that is open and what is under way.");
        routes.MapGet("/api/events", Events).WithSummary("Server-sent events: job, night, observation, state.");
        routes
            .MapPost(
                "/api/runs",
                (RunChange change, Workbench workbench) => TypedResults.Accepted("/api/state", ReductionJob.Start(workbench, change))
            )
            .WithSummary("Starts albireo reduce with what OUT remembers and these changes.");
        routes.MapPost("/api/runs/cancel", Cancel).WithSummary("Stops what is under way; products that were finished stay whole.");
        routes.MapPost("/api/follow", Follow).WithSummary("Whether a run starts by itself when frames have landed.");
    }

    private static WorkbenchState State(Workbench workbench)
    {
        bool isGone = workbench.IsGone;
        ChangeHistory history = workbench.Changes.History;
        return new WorkbenchState(
            ProgramVersion.Number,
            workbench.Output,
            workbench.Inputs,
            workbench.IsSecond,
            workbench.FollowsNight,
            workbench.Jobs.Current,
            workbench.Jobs.History,
            isGone ? [] : [.. workbench.Observation.Folders.Select(f => Path.GetFileName(f)!)],
            workbench.Observation.Folder is { } folder ? Path.GetFileName(folder) : null,
            [.. ExportFormats.Names],
            isGone ? null : RememberedRun.Of(workbench.Memory?.Request),
            history.Picks,
            history.Done is [.., { } undo] ? undo.Label : null,
            history.Undone is [.., { } redo] ? redo.Label : null,
            isGone ? workbench.GoneSentence : null
        );
    }

    private static async Task Events(HttpContext context, Workbench workbench)
    {
        context.Response.ContentType = "text/event-stream";
        CancellationToken gone = context.RequestAborted;
        // The page asks for everything once it knows that it is heard: nothing happens unseen in between.
        using PageEvents.Listener listener = workbench.Events.Listen();
        await context.Response.WriteAsync("retry: 1000\n\n", gone);
        await context.Response.Body.FlushAsync(gone);
        await foreach (PageEvent happened in listener.All(gone))
        {
            await context.Response.WriteAsync(
                $"event: {happened.Kind}\ndata: {JsonSerializer.Serialize(happened.Job, WebJson.Options)}\n\n",
                gone
            );
            await context.Response.Body.FlushAsync(gone);
        }
    }

    private static WorkbenchState Cancel(Workbench workbench)
    {
        workbench.Jobs.Cancel();
        return State(workbench);
    }

    private static WorkbenchState Follow(bool on, Workbench workbench)
    {
        workbench.FollowsNight = on;
        return State(workbench);
    }
}
