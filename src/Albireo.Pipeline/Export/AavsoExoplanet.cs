using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Science.LightCurves;
using Albireo.Science.Sky;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Export;

/// <summary>
/// AAVSO's exoplanet format, as EXOTIC writes it: BJD_TDB, flux over its level, error, airmass and what the baseline makes of it. Needs a
/// fit. Am1 and Am2 stand for Am1·exp(Am2·airmass), the exponential that touches the fitted straight line at the mean airmass.
/// </summary>
public static class AavsoExoplanet
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Name, string Key)[] PriorNames =
    [
        ("Period", "period"),
        ("Rp/R*", "rp_rs"),
        ("a/R*", "a_rs"),
        ("inc", "inclination"),
        ("ecc", "eccentricity"),
        ("u0", "u1"),
        ("u1", "u2"),
    ];

    /// <exception cref="AlbireoException">Observer, names, filter, BJD_TDB or a fit are missing.</exception>
    public static string Write(ExportSource source)
    {
        string observer = AavsoExtended.Observer(source.Options);
        FitFile fit =
            source.Fit ?? throw ExportSource.Missing("a fitted transit of this very curve", "it by running albireo fit -o OUT first");
        FluxTable table = source.Table;
        int[] used = [.. source.Used];
        Exofast.RequireBarycentric(source, used);
        string filter = AavsoExtended.FilterCode(source);
        (FittedValue level, FittedValue slope) = AirmassFunction(source, fit, used);
        IEnumerable<FittedValue> given = fit.Values.Where(v => v.Prior.Length > 0 && v.Prior != "derived");
        var text = new StringBuilder();
        void Line(string key, string value) => text.Append($"#{key}={SafeText.OneLine(value)}\n");
        Line("TYPE", "EXOPLANET");
        Line("OBSCODE", observer);
        Line("SECONDARY_OBSCODES", string.Join(',', source.Options.SecondaryObservers));
        Line("SOFTWARE", ProgramVersion.Text);
        Line("DELIM", ",");
        Line("DATE_TYPE", "BJD_TDB");
        Line("OBSTYPE", "CCD");
        Line("STAR_NAME", source.StarName);
        Line("EXOPLANET_NAME", source.PlanetName);
        Line("BINNING", source.Stored.ReferenceInfo.Binning?.Value ?? "1x1");
        Line("EXPOSURE_TIME", source.ExposureSeconds.ToString("0.######", CultureInfo.InvariantCulture));
        Line("COMP_STAR-XC", Comparisons(source).ToJsonString(Plain));
        Line("NOTES", source.Options.Notes ?? "na");
        Line("DETREND_PARAMETERS", "AIRMASS, AIRMASS CORRECTION FUNCTION");
        Line("MEASUREMENT_TYPE", "Rnflux");
        Line("FILTER", filter);
        Line("FILTER-XC", new JsonObject { ["name"] = source.FilterName }.ToJsonString(Plain));
        var priors = PriorNames.Select(p => (p.Name, Value: Prior(given, p.Key))).Where(p => p.Value is not null).ToList();
        Line("PRIORS", string.Join(',', priors.Select(p => $"{p.Name}={p.Value}")));
        Line("PRIORS-XC", Json(given.Select(AsGiven).OfType<FittedValue>()).ToJsonString(Plain));
        var results = new List<string> { $"Tc={WithError(fit["tc"]!, 8)}" };
        results.Add($"Rp/R*={WithError(fit["rp_rs"]!, 7)}");
        results.Add($"inc={WithError(fit["inclination"]!, 7)}");
        results.Add($"Am1={WithError(level, 7)}");
        results.Add($"Am2={WithError(slope, 7)}");
        Line("RESULTS", string.Join(',', results));
        Line("RESULTS-XC", Json([fit["tc"]!, fit["rp_rs"]!, fit["inclination"]!, level, slope]).ToJsonString(Plain));
        text.Append("#DATE,DIFF,ERR,DETREND_1,DETREND_2\n");
        foreach (int i in used)
        {
            bool isFitted = fit.Frames.TryGetValue(table.Frames[i].Info.Name, out var model);
            text.Append(table.Frames[i].MidBarycentric!.Value.ToDecimal(8));
            foreach (
                double value in (double[])
                    [
                        source.Light.RelativeFlux[i],
                        source.Error(i),
                        table.Frames[i].Airmass ?? double.NaN,
                        isFitted ? model.Baseline : double.NaN,
                    ]
            )
            {
                text.Append(',').Append(double.IsFinite(value) ? value.ToString("F7", CultureInfo.InvariantCulture) : "na");
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>
    /// EXOTIC, whose extension this is, knows one comparison and reads ra, dec, x and y: those of the first. Of an ensemble all stars follow
    /// under a key of their own, each with its part of the ensemble.
    /// </summary>
    private static JsonObject Comparisons(ExportSource source)
    {
        LightCurve light = source.Light;
        JsonObject first = Comparison(source, light.Comparisons[0]);
        if (light.Comparisons.Count > 1)
        {
            var all = new JsonArray();
            foreach (int index in light.Comparisons)
            {
                JsonObject star = Comparison(source, index);
                star.Insert(0, "name", source.Table.Stars[index].Name ?? $"#{index}");
                double weight = light.Verdicts.First(v => v.Star == index).Weight;
                star["weight"] = weight.ToString("F4", CultureInfo.InvariantCulture);
                all.Add(star);
            }
            first["ensemble"] = all;
        }
        return first;
    }

    private static JsonObject Comparison(ExportSource source, int index)
    {
        SkyCoordinate? sky = source.PositionOf(index);
        return new()
        {
            ["ra"] = sky?.RightAscensionText(),
            ["dec"] = sky?.DeclinationText(),
            ["x"] = source.Table.Stars[index].X.ToString("F2", CultureInfo.InvariantCulture),
            ["y"] = source.Table.Stars[index].Y.ToString("F2", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The airmass baseline as Am1·exp(Am2·X); Am2 is 0 where the baseline does not depend on airmass.</summary>
    private static (FittedValue Level, FittedValue Slope) AirmassFunction(ExportSource source, FitFile fit, int[] used)
    {
        FittedValue constant =
            fit["baseline_constant"] ?? throw ExportSource.Missing("the baseline of the fit", "it by running albireo fit -o OUT again");
        if (fit["baseline_airmass"] is not { } line)
        {
            return (constant with { Name = "Am1" }, new FittedValue("Am2", 0, 0, 0, "", "derived"));
        }
        double mean = SeriesStatistics.Mean([.. used.Select(i => source.Table.Frames[i].Airmass ?? double.NaN)]);
        double slope = line.Value / constant.Value;
        double slopeError = line.Error / constant.Value;
        double level = constant.Value * Math.Exp(-slope * mean);
        double levelError = level * Math.Sqrt(Math.Pow(constant.Error / constant.Value, 2) + Math.Pow(mean * slopeError, 2));
        return (
            new FittedValue("Am1", level, levelError, levelError, "", "derived"),
            new FittedValue("Am2", slope, slopeError, slopeError, "", "derived")
        );
    }

    /// <summary>A held value or a normal prior as <c>v +/- e</c>; null where neither was given.</summary>
    private static string? Prior(IEnumerable<FittedValue> values, string key) =>
        values.FirstOrDefault(v => v.Name == key) is { } value && AsGiven(value) is { } given
            ? string.Create(CultureInfo.InvariantCulture, $"{given.Value:R} +/- {given.Error:R}")
            : null;

    /// <summary>What was known of a value before the fit, instead of what the fit made of it; null where that is not a number and its error.</summary>
    private static FittedValue? AsGiven(FittedValue value)
    {
        static double? Number(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
        return value.Prior == "held" ? value with { ErrorMinus = 0, ErrorPlus = 0 }
            : value.Prior.Split(" ± ") is [var middle, var sigma] && Number(middle) is { } v && Number(sigma) is { } e
                ? value with
                {
                    Value = v,
                    ErrorMinus = e,
                    ErrorPlus = e,
                }
            : null;
    }

    private static string WithError(FittedValue value, int decimals)
    {
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return value.Value.ToString(format, CultureInfo.InvariantCulture)
            + " +/- "
            + value.Error.ToString(format, CultureInfo.InvariantCulture);
    }

    private static JsonObject Json(IEnumerable<FittedValue> values)
    {
        var json = new JsonObject();
        foreach (FittedValue value in values)
        {
            json[value.Name] = new JsonObject
            {
                ["value"] = value.Value.ToString("R", CultureInfo.InvariantCulture),
                ["uncertainty"] = value.Error.ToString("R", CultureInfo.InvariantCulture),
                ["units"] = value.Unit.Length > 0 ? value.Unit : null,
            };
        }
        return json;
    }
}
