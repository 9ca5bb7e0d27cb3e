using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Products;
using Albireo.Science.Simulation;
using Albireo.Science.Time;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Stages;

/// <summary>A light curve with systematics and known truth, without frames: series.csv and truth.json.</summary>
public static class SimulateSeries
{
    /// <summary>Makes it. The same options give the same bytes.</summary>
    /// <param name="options">Times, transit, seed; the camera plays no part.</param>
    /// <param name="systematics">How much of what.</param>
    /// <param name="folder">Made if need be; otherwise empty, or an earlier series, which is replaced.</param>
    /// <returns>Path of series.csv.</returns>
    /// <exception cref="AlbireoException">The folder holds other things, or cannot be written.</exception>
    public static string Run(SimulateOptions options, SeriesSystematics systematics, string folder)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(systematics);
        string root = Path.GetFullPath(folder);
        string path = Path.Combine(root, "series.csv");
        try
        {
            Directory.CreateDirectory(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlbireoException(Failure.Usage, $"{folder} cannot be written: {e.Message}", e);
        }
        string[] ours = ["series.csv", "truth.json"];
        string? other = Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).FirstOrDefault(f => !ours.Contains(f));
        if (other is not null)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{folder} is not empty ({other} is in it); a simulated series needs a folder of its own."
            );
        }
        double day = Math.Floor(options.Plan.Start.Value);
        double[] times =
        [
            .. Enumerable
                .Range(0, options.Plan.LightFrames)
                .Select(i =>
                    options.Plan.Start.Value
                    - day
                    + (((i * options.Plan.CadenceSeconds) + (0.5 * options.Plan.ExposureSeconds)) / JulianDate.SecondsPerDay)
                ),
        ];
        Func<double, double> light = options.TargetFlux();
        SimulatedSeries series = SeriesSimulator.Make(times, [.. times.Select(t => light(t + day))], systematics, options.Plan.Seed);
        TextProduct.Write(path, Rows(series, day));
        TextProduct.Write(
            Path.Combine(root, "truth.json"),
            Truth(options, systematics).ToJsonString(new JsonSerializerOptions { WriteIndented = true })
        );
        return path;
    }

    private static string Rows(SimulatedSeries series, double day)
    {
        var text = new StringBuilder("jd_utc_mid,relative_flux,relative_flux_error,airmass,x,y,fwhm,sky,truth,trend\n");
        for (int i = 0; i < series.Times.Length; i++)
        {
            text.Append(((decimal)day + (decimal)series.Times[i]).ToString("F9", CultureInfo.InvariantCulture));
            double[] values =
            [
                series.Flux[i],
                series.Errors[i],
                series.Airmass[i],
                series.ShiftX[i],
                series.ShiftY[i],
                series.Fwhm[i],
                series.Sky[i],
                series.Truth[i],
                series.Trend[i],
            ];
            foreach (double value in values)
            {
                text.Append(',').Append(CsvText.Number(value, "G10"));
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    private static JsonObject Truth(SimulateOptions options, SeriesSystematics systematics)
    {
        var truth = new JsonObject
        {
            ["program"] = "albireo simulate --series",
            ["seed"] = options.Plan.Seed,
            ["white_noise"] = systematics.WhiteNoise,
            ["red_noise"] = systematics.RedNoise,
            ["red_period_days"] = systematics.RedPeriodDays,
            ["airmass"] = systematics.Airmass,
            ["shift_x"] = systematics.ShiftX,
            ["shift_y"] = systematics.ShiftY,
            ["fwhm"] = systematics.Fwhm,
            ["sky"] = systematics.Sky,
        };
        if (options.Planet() is { } planet)
        {
            truth["transit"] = new JsonObject
            {
                ["middle_jd_utc"] = planet.MidTransitDays,
                ["duration_days"] = planet.DurationDays,
                ["depth"] = planet.Depth,
                ["period_days"] = planet.PeriodDays,
                ["rp_rs"] = planet.RadiusRatio,
                ["a_rs"] = planet.ScaledSemiMajorAxis,
                ["inclination_degrees"] = planet.InclinationDegrees,
                ["u1"] = planet.LimbDarkening.U1,
                ["u2"] = planet.LimbDarkening.U2,
            };
        }
        return truth;
    }
}
