using Albireo.Web.Changes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Albireo.Web.Intake;

/// <summary>The night's frames, and what the user says of them.</summary>
public static class IntakeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/night", (Workbench workbench) => Show(workbench))
            .WithSummary("Every file with each value and the keyword that it came from; which calibration frames fit which lights.");
        routes.MapPost("/api/night/edits", Edit).WithSummary("Says what some frames are, in OUT/night.yaml; null takes a word back.");
    }

    private static IResult Show(Workbench workbench)
    {
        NightView view = workbench.Night.View;
        return Results.Text(
            $$"""{"version":{{view.Version}},"problem":{{System.Text.Json.JsonSerializer.Serialize(view.Problem)}},"inputs":{{System.Text.Json.JsonSerializer.Serialize(workbench.Inputs)}},"night":{{view.Json}}}""",
            "application/json"
        );
    }

    private static async Task<IResult> Edit(FrameEdit[] edits, Workbench workbench, string? label = null)
    {
        await workbench.Changes.Do(label, new PageChange { Edits = edits });
        return Show(workbench);
    }
}
