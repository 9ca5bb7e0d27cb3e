using Albireo.Pipeline;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Web.Changes;
using Albireo.Web.Frames;
using Albireo.Web.Runs;
using Albireo.Web.Safety;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Albireo.Web.Curves;

/// <summary>The light curve, its figures, its stars, the transit fit, the report.</summary>
public static class CurveEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/curve", (Workbench workbench) => Show(workbench))
            .WithSummary("The observation with its curve; null where nothing was measured.");
        routes.MapPost("/api/curve", Change).WithSummary("Other stars, frames or settings: albireo curve.");
        routes.MapPost("/api/fit", Fit).WithSummary("Fits a transit: albireo fit.");
        routes.MapGet("/api/figures/{name}", Figure).WithSummary("A figure as data: panels, series, marks.");
        routes.MapGet("/api/report", Report).WithSummary("report.html of the last run.");
        routes.MapPost("/api/observation", Choose).WithSummary("Shows another observation of OUT.");
    }

    private static CurvePage? Show(Workbench workbench) => workbench.Observation.Current is { } view ? CurvePage.Of(view) : null;

    private static async Task<CurvePage?> Change(CurveChange change, Workbench workbench, string? label = null)
    {
        await workbench.Changes.Do(label, new PageChange { Curve = change });
        return Show(workbench);
    }

    private static async Task<CurvePage?> Fit(PageSetting[] settings, Workbench workbench, string? label = null)
    {
        await workbench.Changes.Do(label ?? "fit", new PageChange { Fit = settings });
        return Show(workbench);
    }

    private static IResult Figure(string name, Workbench workbench)
    {
        ObservationView view = Require(workbench);
        FluxTable table = view.Stored.Fluxes;
        FoldedCurve? fold = view.Curve is { } shown ? FoldCurve.Shown(table, shown, view.Fit) : null;
        Figure? figure = (name, view.Curve) switch
        {
            ("frames", _) => NightFigures.Frames(table),
            (_, null) => throw new AlbireoException(Failure.NoResult, "There is no light curve yet: name a target."),
            ("lightcurve", { } curve) => CurveFigures.LightCurve(table, curve, view.Fit),
            ("folded", { } curve) when fold is not null => FoldFigures.Folded(table, curve, fold, view.Fit),
            ("periodogram", { Found: { } found }) => FoldFigures.Periodogram(found),
            ("comparisons", { } curve) => CurveFigures.Comparisons(table, curve),
            ("raw", { } curve) => CurveFigures.RawDifference(table, curve),
            ("systematics", { } curve) => CurveFigures.Systematics(table, curve),
            ("precision", { } curve) => CurveFigures.Precision(table, curve),
            ("profile", { } curve) => ProfileFigures.Radial(table, curve, view.Result(view.Stored.ReadPicture()).Reference),
            _ => null,
        };
        return figure is null
            ? Results.NotFound(new Sentence("There is no such figure."))
            : Results.Text(FigureJson.Write(figure), "application/json");
    }

    private static IResult Report(Workbench workbench, HttpResponse response)
    {
        string path = Path.Combine(Require(workbench).Folder, "report.html");
        FileInfo file = RegularFile.Require(path, mayBeLink: false);
        Guard.AllowReport(response);
        return Results.Stream(file.OpenRead(), "text/html; charset=utf-8");
    }

    private static CurvePage? Choose(string name, Workbench workbench)
    {
        workbench.Observation.Choose(name);
        workbench.Events.Send(new PageEvent("observation"));
        return Show(workbench);
    }

    private static ObservationView Require(Workbench workbench) =>
        workbench.Observation.Current
        ?? throw new AlbireoException(Failure.NoResult, "Nothing was measured yet: choose stars and run the reduction.");
}
