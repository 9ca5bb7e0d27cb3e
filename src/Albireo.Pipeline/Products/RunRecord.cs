using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline.Products;

/// <summary>
/// run.json: versions, options, inputs with SHA-256, each frame's fate. Written first, with the time at which the run began, and again
/// whole at its end; a run of the same inputs and options that is started again keeps that time.
/// </summary>
public sealed class RunRecord
{
    private readonly string path;
    private readonly JsonObject root;

    private RunRecord(string path, JsonObject root)
    {
        this.path = path;
        this.root = root;
    }

    /// <summary>Begins the record of a run in OUT.</summary>
    public static RunRecord Start(ReductionRequest request, Recipe recipe, RunContext run)
    {
        string file = run.Output.At("run.json");
        JsonObject asked = Request(request);
        JsonObject options = RecipeBinder.ToTree(recipe);
        var begun = new JsonObject
        {
            ["program"] = "albireo",
            ["version"] = ProgramVersion.Number,
            ["numbers"] = ProgramVersion.Numbers,
            ["started"] =
                StartedBefore(file, asked, options) ?? DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["state"] = "running",
            ["request"] = asked,
            ["options"] = options,
        };
        var record = new RunRecord(file, begun);
        record.Write();
        return record;
    }

    /// <summary>Completes the record.</summary>
    public void Finish(ReductionResult result)
    {
        root["state"] = result.HasNoTarget ? "no_target" : "done";
        root["masters"] = new JsonArray([.. result.Masters.All.Select(Describe)]);
        root["problems"] = new JsonArray([
            .. result.Night.Problems.Select(p => Problem(p.Path, "inventory", p.Problem ?? "")),
            .. result.Observations.SelectMany(o => o.Observation.Misfits).Select(m => Problem(m.Path, "inventory", m.Problem ?? "")),
            .. result.Masters.Unusable.Select(u => Problem(u.Info.Path, u.Stage, u.Reason)),
        ]);
        root["observations"] = new JsonArray([.. result.Observations.Select(Describe)]);
        root["notices"] = new JsonArray([.. result.Notices.Select(n => (JsonNode)n)]);
        Write();
    }

    /// <summary>The whole record of an OUT whose observation was joined from those of others.</summary>
    public static void OfJoined(
        ReductionRequest request,
        Recipe recipe,
        ObservationResult result,
        IReadOnlyList<string> notices,
        RunContext run
    )
    {
        RunRecord record = Start(request, recipe, run);
        record.root["state"] = "done";
        record.root["masters"] = new JsonArray();
        record.root["problems"] = new JsonArray();
        record.root["observations"] = new JsonArray([Describe(result)]);
        record.root["notices"] = new JsonArray([.. notices.Select(n => (JsonNode)n)]);
        record.Write();
    }

    private static JsonObject Request(ReductionRequest request) =>
        new()
        {
            ["inputs"] = new JsonArray([.. request.Inputs.Select(i => (JsonNode)Path.GetFullPath(i))]),
            ["joins_reductions"] = request.JoinsReductions,
            ["target"] = request.Target?.Text,
            ["comparisons"] = new JsonArray([.. request.Comparisons.Select(c => (JsonNode)c.Text)]),
            ["check"] = request.Check?.Text,
            ["stars"] = request.StarsFile,
            ["reference"] = request.Reference,
            ["sky"] = request.Sky is { } sky ? $"{sky.RightAscensionText()},{sky.DeclinationText()}" : null,
            ["site"] = request.Site is { } site
                ? string.Create(CultureInfo.InvariantCulture, $"{site.LatitudeDegrees},{site.LongitudeDegrees},{site.HeightMetres}")
                : null,
            ["object"] = request.ObjectName,
            ["filter"] = request.Filter,
            ["keep_calibrated"] = request.KeepCalibrated,
        };

    private static JsonObject Describe(Master master) =>
        new JsonObject
        {
            ["name"] = master.Name,
            ["sha256"] = master.Sha256,
            ["frames"] = master.FrameCount,
        };

    private static JsonObject Describe(ObservationResult result) =>
        new JsonObject
        {
            ["folder"] = result.Folder,
            ["object"] = result.Observation.Target,
            ["filter"] = result.Observation.Filter,
            ["instrument"] = result.Observation.Instrument,
            ["night"] = result.Observation.Night?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["reference"] = result.Reference.Frame.Info.Name,
            ["aperture"] = result.Curve?.Aperture,
            ["point_to_point_scatter"] = result.Curve is { } c && double.IsFinite(c.PointToPointScatter) ? c.PointToPointScatter : null,
            ["frames"] = new JsonArray([.. result.Fluxes.Frames.Select(f => Describe(f))]),
        };

    private static JsonObject Describe(FrameRow frame) =>
        new JsonObject
        {
            ["name"] = frame.Info.Name,
            ["path"] = frame.Info.Path,
            ["sha256"] = frame.Sha256,
            ["fate"] =
                frame.StoppedBy is null ? "measured"
                : frame.IsUnusable ? "unusable"
                : "left_out",
            ["stage"] = frame.StoppedBy,
            ["reason"] = frame.Reason,
            ["start_from"] = frame.Info.Start?.From,
            ["remarks"] = new JsonArray([.. frame.Remarks.Concat(frame.Info.Warnings).Select(r => (JsonNode)r)]),
        };

    private static JsonObject Problem(string path, string stage, string reason) =>
        new JsonObject
        {
            ["path"] = path,
            ["stage"] = stage,
            ["reason"] = reason,
        };

    private static string? StartedBefore(string path, JsonObject request, JsonObject options)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            JsonObject? before = JsonNode.Parse(File.ReadAllText(path))?.AsObject();
            bool isSame =
                before is not null
                && JsonNode.DeepEquals(before["request"], request)
                && JsonNode.DeepEquals(before["options"], options)
                && (int?)before["numbers"] == ProgramVersion.Numbers;
            return isSame ? (string?)before!["started"] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null; // not a record of ours: begun anew
        }
    }

    private void Write()
    {
        using var buffer = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            root.WriteTo(writer);
        }
        TextProduct.Write(path, stream => stream.Write(buffer.GetBuffer(), 0, (int)buffer.Length), flushToDisk: true);
    }
}
