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
                (request.IsFresh ? null : StartedBefore(file, asked, options))
                ?? DateTime.UtcNow.ToString("s", CultureInfo.InvariantCulture) + "Z",
            ["state"] = "running",
            ["request"] = asked,
            ["options"] = options,
        };
        var record = new RunRecord(file, begun);
        record.Write();
        run.Started = (string?)begun["started"];
        return record;
    }

    /// <summary>Completes the record.</summary>
    public void Finish(ReductionResult result)
    {
        root["state"] = result.HasNoTarget ? "no_target" : "done";
        DescribeInputs(result.Night, result.Masters, result.Observations.Select(o => o.Observation));
        root["observations"] = new JsonArray([.. result.Observations.Select(Describe)]);
        End(result.Notices);
    }

    /// <summary>Completes the record of a run that ended before anything was measured.</summary>
    public void Finish(StageResult result, IReadOnlyList<string> notices)
    {
        root["state"] = EarlyStages.Word(result.Last);
        DescribeInputs(result.Night, result.Masters, result.Observations.Select(o => o.Observation));
        root["observations"] = new JsonArray([.. result.Observations.Select(Describe)]);
        End(notices);
    }

    /// <summary>Says that the run ended without its result, and why. Where even that cannot be written, the record stays as it was begun.</summary>
    public void Fail(Exception reason, IReadOnlyList<string> notices)
    {
        ArgumentNullException.ThrowIfNull(reason);
        root["state"] = reason is OperationCanceledException ? "interrupted" : "failed";
        root["reason"] = reason is OperationCanceledException ? null : DiskFault.Sentence(reason);
        try
        {
            End(notices);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The run's own failure is the one to tell of.
        }
    }

    private void DescribeInputs(NightInventory night, Masters masters, IEnumerable<Observation> observations)
    {
        root["masters"] = new JsonArray([.. masters.All.Select(Describe)]);
        root["problems"] = new JsonArray([
            .. night.Problems.Select(p => Problem(p.Path, "inventory", p.Problem ?? "")),
            .. observations.SelectMany(o => o.Misfits).Select(m => Problem(m.Path, "inventory", m.Problem ?? "")),
            .. masters.Unusable.Select(u => Problem(u.Info.Path, u.Stage, u.Reason)),
        ]);
        root["profiles"] = new JsonArray([
            .. night.Frames.Select(f => f.Profile).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(p => (JsonNode)p),
        ]);
    }

    private void End(IReadOnlyList<string> notices)
    {
        root["notices"] = new JsonArray([.. notices.Select(n => (JsonNode)n)]);
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
            ["join"] = request.Join,
            ["keep_calibrated"] = request.KeepCalibrated,
        };

    private static JsonObject Describe(Master master) =>
        new JsonObject
        {
            ["name"] = master.Name,
            ["sha256"] = master.Sha256,
            ["frames"] = master.FrameCount,
        };

    private static JsonObject Describe(StageObservation result)
    {
        JsonObject described = Describe(result.Observation, result.Folder);
        described["frames"] = new JsonArray([
            .. result.Frames.Select(f =>
                Describe(f.Frame.Info, f.Frame.Sha256, "passed", f.StoppedBy, f.IsUnusable, f.Reason, f.Frame.Remarks)
            ),
        ]);
        return described;
    }

    private static JsonObject Describe(Observation observation, string folder) =>
        new JsonObject
        {
            ["folder"] = folder,
            ["object"] = observation.Target,
            ["filter"] = observation.Filter,
            ["instrument"] = observation.Instrument,
            ["night"] = observation.Night?.ToString("O", CultureInfo.InvariantCulture),
        };

    private static JsonObject Describe(ObservationResult result)
    {
        JsonObject described = Describe(result.Observation, result.Folder);
        described["reference"] = result.Reference.Frame.Info.Name;
        described["aperture"] = result.Curve?.Aperture;
        described["point_to_point_scatter"] =
            result.Curve is { } c && double.IsFinite(c.PointToPointScatter) ? c.PointToPointScatter : null;
        described["frames"] = new JsonArray([
            .. result.Fluxes.Frames.Select(f => Describe(f.Info, f.Sha256, "measured", f.StoppedBy, f.IsUnusable, f.Reason, f.Remarks)),
        ]);
        return described;
    }

    private static JsonObject Describe(
        FrameInfo info,
        string? sha256,
        string passed,
        string? stoppedBy,
        bool isUnusable,
        string? reason,
        IReadOnlyList<string> remarks
    ) =>
        new JsonObject
        {
            ["name"] = info.Name,
            ["path"] = info.Path,
            ["sha256"] = sha256,
            ["fate"] =
                stoppedBy is null ? passed
                : isUnusable ? "unusable"
                : "left_out",
            ["stage"] = stoppedBy,
            ["reason"] = reason,
            ["start_from"] = info.Start?.From,
            ["profile"] = info.Profile,
            ["remarks"] = new JsonArray([.. remarks.Concat(info.Warnings).Select(r => (JsonNode)r)]),
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
