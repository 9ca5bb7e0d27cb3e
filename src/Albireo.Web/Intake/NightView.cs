using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Inventory;

namespace Albireo.Web.Intake;

/// <summary>An inventory in the form that pages get.</summary>
/// <param name="Inventory">Null before the first look.</param>
/// <param name="Frames">Every file by its id.</param>
/// <param name="Json">Frames with each value and where it came from, observations with the calibration frames that fit them.</param>
/// <param name="Problem">Why the folder could not be looked at the last time, or null.</param>
/// <param name="Version">Counts the looks.</param>
public sealed record NightView(
    NightInventory? Inventory,
    IReadOnlyDictionary<string, FrameInfo> Frames,
    string Json,
    string? Problem,
    int Version
)
{
    public static NightView Empty { get; } =
        new(
            null,
            new Dictionary<string, FrameInfo>(StringComparer.Ordinal),
            """{"notices":[],"frames":[],"ignored":[],"observations":[]}""",
            null,
            0
        );

    internal static NightView Of(NightInventory night, NightEdits edits, int version)
    {
        var frames = night
            .Frames.Concat(night.Problems)
            .Concat(night.LeftOut)
            .GroupBy(f => FrameId.Of(f.Path))
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        JsonObject root = JsonNode.Parse(InventoryJson.Write(night))!.AsObject();
        foreach (JsonObject frame in root["frames"]!.AsArray().OfType<JsonObject>())
        {
            string path = (string)frame["path"]!;
            frame["id"] = FrameId.Of(path);
            frame["edits"] = edits.Of(path);
        }
        root["observations"] = new JsonArray([.. night.Observations().Select(o => (JsonNode)Describe(o, night))]);
        return new NightView(night, frames, root.ToJsonString(), null, version);
    }

    private static JsonObject Describe(Observation observation, NightInventory night)
    {
        CalibrationSet fitting = CalibrationMatcher.For(observation, night.Frames, night.NightOf, CalibrationWindow.SameNight);
        JsonArray Groups(IReadOnlyList<FrameInfo> frames) =>
            [
                .. frames
                    .GroupBy(f => f.ExposureSeconds?.Value)
                    .OrderBy(g => g.Key)
                    .Select(g => (JsonNode)new JsonObject { ["exposure_s"] = g.Key, ["frames"] = g.Count() }),
            ];
        return new JsonObject
        {
            ["label"] = observation.Label,
            ["object"] = observation.Target,
            ["filter"] = observation.Filter,
            ["instrument"] = observation.Instrument,
            ["night"] = observation.Night?.ToString("O", CultureInfo.InvariantCulture),
            ["lights"] = new JsonArray([.. observation.Lights.Select(l => (JsonNode)FrameId.Of(l.Path))]),
            ["bias"] = Groups(fitting.Bias),
            ["darks"] = Groups(fitting.Darks),
            ["flats"] = Groups(fitting.Flats),
            ["dark_flats"] = Groups(fitting.DarkFlats),
            ["notes"] = new JsonArray([.. fitting.Notes.Select(n => (JsonNode)n)]),
        };
    }
}
