using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Albireo.Web.Changes;

/// <summary>The way back and forth through what was changed, and the stars that wait for a run.</summary>
public static class ChangeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/undo", async (Workbench workbench) => new ChangeMoved(await workbench.Changes.Undo()))
            .WithSummary("Takes the last change back, whichever page made it.");
        routes
            .MapPost("/api/redo", async (Workbench workbench) => new ChangeMoved(await workbench.Changes.Redo()))
            .WithSummary("Does again what was taken back last.");
        routes.MapPost("/api/picks", Picked).WithSummary("Stars that the next run measures; an empty object takes them back.");
    }

    private static async Task<IResult> Picked(PicksAsked asked, Workbench workbench, string? label = null)
    {
        await workbench.Changes.Do(label, new PageChange { IsPicks = true, Picks = asked.Picks });
        return TypedResults.NoContent();
    }
}
