using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Stages;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Products;

/// <summary>fit.json, and fit.csv with the model at each frame.</summary>
public sealed record FitFile
{
    private const string Json = "fit.json";
    private const string Csv = "fit.csv";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string? Planet { get; init; }

    /// <summary>tc in BJD_TDB, rp_rs, a_rs, inclination, …, baseline terms.</summary>
    public required IReadOnlyList<FittedValue> Values { get; init; }
    public required double ResidualScatter { get; init; }
    public required double BetaRed { get; init; }
    public required double Bic { get; init; }
    public required double BicNoTransit { get; init; }
    public required bool Converged { get; init; }
    public required int Points { get; init; }

    /// <summary>Observed minus calculated and its error in minutes, or null without an ephemeris.</summary>
    public (double Minutes, double ErrorMinutes, double Epoch)? Ephemeris { get; init; }
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>At each frame that was fitted: transit alone, baseline alone, residual.</summary>
    public IReadOnlyDictionary<string, (double Transit, double Baseline, double Residual)> Frames { get; init; } =
        new Dictionary<string, (double, double, double)>();

    /// <summary>A value by its name, or null.</summary>
    public FittedValue? this[string name] => Values.FirstOrDefault(v => v.Name == name);

    /// <summary>Writes a fit beside the lightcurve.csv that it was made of.</summary>
    public static void Write(string folder, FluxTable table, LightCurve curve, TransitOutcome fit)
    {
        TransitFitResult result = fit.Result;
        var root = new JsonObject { ["planet"] = fit.Planet, ["time_scale"] = "BJD_TDB" };
        foreach (FittedValue value in result.Values)
        {
            bool isTime = value.Name == "tc";
            root[value.Name] = new JsonObject
            {
                ["value"] = isTime ? (decimal)fit.Day + decimal.Round((decimal)value.Value, 10) : Number(value.Value),
                ["error_minus"] = Number(value.ErrorMinus),
                ["error_plus"] = Number(value.ErrorPlus),
                ["unit"] = value.Unit,
                ["prior"] = isTime ? fit.MidTransitPrior : value.Prior,
            };
        }
        root["residual_scatter"] = Number(result.ResidualScatter);
        root["beta_red"] = Number(result.BetaRed);
        root["bic"] = Number(result.Bic);
        root["bic_no_transit"] = Number(result.BicNoTransit);
        root["converged"] = result.Converged;
        root["points"] = result.Points;
        root["free_parameters"] = result.FreeParameters;
        root["error_scale"] = Number(result.ErrorScale);
        root["sampler_steps"] = result.Steps;
        root["autocorrelation_steps"] = Number(result.AutocorrelationSteps);
        root["accepted_fraction"] = Number(result.AcceptedFraction);
        if (fit.Ephemeris is { } compared)
        {
            root["ephemeris"] = new JsonObject
            {
                ["epoch"] = compared.Epoch,
                ["predicted"] = Number(compared.PredictedBjd),
                ["predicted_error"] = Number(compared.PredictedError),
                ["o_minus_c_minutes"] = Number(compared.Minutes),
                ["o_minus_c_error_minutes"] = Number(compared.ErrorMinutes),
            };
        }
        IEnumerable<string> doubts = fit.Ephemeris?.Doubt is { } doubt ? fit.Doubts.Append(doubt) : fit.Doubts;
        root["doubts"] = new JsonArray([.. doubts.Select(d => (JsonNode)d)]);
        root["curve_sha256"] = HashOf(Path.Combine(folder, "lightcurve.csv"));
        TextProduct.Write(Path.Combine(folder, Csv), Rows(table, curve, fit), flushToDisk: true);
        TextProduct.Write(
            Path.Combine(folder, Json),
            stream =>
            {
                using var writer = new Utf8JsonWriter(stream, Layout);
                root.WriteTo(writer);
            },
            flushToDisk: true
        );
    }

    /// <summary>The fit in a folder; null where there is none, or where the curve is another one since.</summary>
    public static FitFile? Read(string folder)
    {
        string path = Path.Combine(folder, Json);
        if (!File.Exists(path) || !File.Exists(Path.Combine(folder, Csv)))
        {
            return null;
        }
        JsonObject root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("not an object");
        }
        catch (JsonException e)
        {
            throw new AlbireoException(Failure.Input, $"{path} is not a fit: {e.Message}", e);
        }
        if ((string?)root["curve_sha256"] != HashOf(Path.Combine(folder, "lightcurve.csv")))
        {
            return null;
        }
        return new FitFile
        {
            Planet = (string?)root["planet"],
            Values =
            [
                .. root.Where(p => p.Value is JsonObject o && o.ContainsKey("error_minus"))
                    .Select(p => new FittedValue(
                        p.Key,
                        Real(p.Value!["value"]),
                        Real(p.Value["error_minus"]),
                        Real(p.Value["error_plus"]),
                        (string?)p.Value["unit"] ?? "",
                        (string?)p.Value["prior"] ?? ""
                    )),
            ],
            ResidualScatter = Real(root["residual_scatter"]),
            BetaRed = Real(root["beta_red"]),
            Bic = Real(root["bic"]),
            BicNoTransit = Real(root["bic_no_transit"]),
            Converged = (bool?)root["converged"] ?? false,
            Points = (int?)root["points"] ?? 0,
            Ephemeris = root["ephemeris"] is JsonObject compared
                ? (Real(compared["o_minus_c_minutes"]), Real(compared["o_minus_c_error_minutes"]), Real(compared["epoch"]))
                : null,
            Doubts = [.. (root["doubts"] as JsonArray ?? []).Select(d => (string?)d ?? "")],
            Frames = ReadRows(Path.Combine(folder, Csv)),
        };
    }

    private static string Rows(FluxTable table, LightCurve curve, TransitOutcome fit)
    {
        var text = new StringBuilder("frame,bjd_tdb_mid,relative_flux,model,transit,baseline,residual\n");
        for (int k = 0; k < fit.Frames.Count; k++)
        {
            int i = fit.Frames[k];
            text.AppendJoin(
                    ',',
                    CsvText.Cell(table.Frames[i].Info.Name),
                    CsvText.Date(table.Frames[i].MidBarycentric),
                    CsvText.Number(curve.RelativeFlux[i], "G10"),
                    CsvText.Number(fit.Result.Transit[k] * fit.Result.Baseline[k], "F9"),
                    CsvText.Number(fit.Result.Transit[k], "F9"),
                    CsvText.Number(fit.Result.Baseline[k], "F9"),
                    CsvText.Number(fit.Result.Residuals[k], "F9")
                )
                .Append('\n');
        }
        return text.ToString();
    }

    private static Dictionary<string, (double Transit, double Baseline, double Residual)> ReadRows(string path)
    {
        var rows = new Dictionary<string, (double, double, double)>(StringComparer.Ordinal);
        using var csv = new CsvHelper.CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        double Cell(string name) =>
            double.TryParse(csv[name], NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : double.NaN;
        while (csv.Read())
        {
            rows[csv["frame"] ?? ""] = (Cell("transit"), Cell("baseline"), Cell("residual"));
        }
        return rows;
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;

    private static double Real(JsonNode? node) => node is JsonValue value ? value.GetValue<double>() : double.NaN;

    private static string? HashOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
