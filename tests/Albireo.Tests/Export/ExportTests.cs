using System.Globalization;
using System.Text.Json.Nodes;
using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Export;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Sky;
using Albireo.Science.Transits;
using Albireo.Tests.Products;
using Albireo.Tests.Support;

namespace Albireo.Tests.Export;

public sealed class ExportTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    [Fact]
    public void Aavso_extended_has_its_header_and_standard_magnitudes()
    {
        string[] lines = Lines("aavso", new ExportOptions { Observer = "ABC", Star = "HAT-P-32" });
        Assert.Equal(
            [
                "#TYPE=EXTENDED",
                "#OBSCODE=ABC",
                "#SOFTWARE=" + ProgramVersion.Text,
                "#DELIM=,",
                "#DATE=JD",
                "#OBSTYPE=CCD",
                "#NAME,DATE,MAG,MERR,FILT,TRANS,MTYPE,CNAME,CMAG,KNAME,KMAG,AMASS,GROUP,CHART,NOTES",
            ],
            lines[..7]
        );
        Assert.Equal(5, lines.Length - 7);
        string[] row = lines[7].Split(',');
        // 10000 counts against 25000 that are as bright as magnitudes 11.2 and 12.7 together.
        double ensemble = -2.5 * Math.Log10(Math.Pow(10, -0.4 * 11.2) + Math.Pow(10, -0.4 * 12.7));
        Assert.Equal((ensemble - (2.5 * Math.Log10(10000.0 / 25000))).ToString("F4", CultureInfo.InvariantCulture), row[2]);
        Assert.Equal(["HAT-P-32", "2458107.58383469"], row[..2]);
        Assert.Equal(["V", "NO", "STD", "ENSEMBLE", "na", "#3"], row[4..10]);
        Assert.All(lines[7..], l => Assert.Equal(15, l.Split(',').Length));
    }

    [Fact]
    public void Aavso_without_catalogue_magnitudes_is_differential()
    {
        FluxTable table = MadeUpObservation.Table();
        table = table.With(
            table.Frames,
            [.. table.Stars.Select(s => s with { Magnitudes = StarMagnitudes.None })],
            table.Target,
            table.Site
        );
        string row = Lines("aavso", new ExportOptions { Observer = "ABC", Star = "HAT-P-32" }, table)[7];
        Assert.Equal((-2.5 * Math.Log10(0.4)).ToString("F4", CultureInfo.InvariantCulture), row.Split(',')[2]);
        Assert.Equal("DIF", row.Split(',')[6]);
    }

    [Fact]
    public void Aavso_exoplanet_is_written_as_exotic_does_and_names_the_whole_ensemble()
    {
        FluxTable table = MadeUpObservation.Table();
        var frames = table.Frames.Where(f => f.IsMeasured).ToDictionary(f => f.Info.Name, _ => (1.0, 0.98, 0.02));
        var fit = new FitFile
        {
            Planet = "HAT-P-32 b",
            Values =
            [
                new FittedValue("tc", 2458107.7125, 0.001, 0.0012, "BJD_TDB", "2458107.710900 ± 30 min, all equally likely"),
                new FittedValue("period", 2.1500082, 0, 0, "d", "held"),
                new FittedValue("rp_rs", 0.15, 0.003, 0.003, "", ""),
                new FittedValue("a_rs", 6.07, 0.03, 0.035, "", "6.05 ± 0.04"),
                new FittedValue("inclination", 88.9, 0.4, 0.4, "deg", "88.9 ± 0.4"),
                new FittedValue("eccentricity", 0, 0, 0, "", "held"),
                new FittedValue("u1", 0.35, 0.1, 0.1, "", "0.35 ± 0.1"),
                new FittedValue("u2", 0.28, 0.1, 0.1, "", "0.28 ± 0.1"),
                new FittedValue("baseline_constant", 1.02, 0.001, 0.001, "", "baseline"),
                new FittedValue("baseline_airmass", -0.0102, 0.002, 0.002, "", "baseline"),
            ],
            ResidualScatter = 0.005,
            BetaRed = 1,
            Bic = 0,
            BicNoTransit = 0,
            Converged = true,
            Points = 5,
            Frames = frames,
        };
        string[] lines = Lines(
            "aavso-exoplanet",
            new ExportOptions
            {
                Observer = "ABC",
                SecondaryObservers = ["DEF", "GHI"],
                Star = "HAT-P-32",
            },
            table,
            fit
        );
        string[] keys = [.. lines.Where(l => l[0] == '#').Select(l => l.Split('=')[0])];
        Assert.Equal(
            "#TYPE #OBSCODE #SECONDARY_OBSCODES #SOFTWARE #DELIM #DATE_TYPE #OBSTYPE #STAR_NAME #EXOPLANET_NAME #BINNING #EXPOSURE_TIME"
                + " #COMP_STAR-XC #NOTES #DETREND_PARAMETERS #MEASUREMENT_TYPE #FILTER #FILTER-XC #PRIORS #PRIORS-XC #RESULTS #RESULTS-XC"
                + " #DATE,DIFF,ERR,DETREND_1,DETREND_2",
            string.Join(' ', keys)
        );
        string Value(string key) => lines.Single(l => l.StartsWith($"#{key}=", StringComparison.Ordinal))[(key.Length + 2)..];
        Assert.Equal(["EXOPLANET", "ABC", "DEF,GHI", ","], new[] { "TYPE", "OBSCODE", "SECONDARY_OBSCODES", "DELIM" }.Select(Value));
        Assert.Equal(
            ["HAT-P-32 b", "60", "V", "Rnflux"],
            new[] { "EXOPLANET_NAME", "EXPOSURE_TIME", "FILTER", "MEASUREMENT_TYPE" }.Select(Value)
        );
        Assert.Equal(
            "Period=2.1500082 +/- 0,a/R*=6.05 +/- 0.04,inc=88.9 +/- 0.4,ecc=0 +/- 0,u0=0.35 +/- 0.1,u1=0.28 +/- 0.1",
            Value("PRIORS")
        );
        Assert.StartsWith(
            "Tc=2458107.71250000 +/- 0.00110000,Rp/R*=0.1500000 +/- 0.0030000,inc=88.9",
            Value("RESULTS"),
            StringComparison.Ordinal
        );
        Assert.Contains(",Am2=-0.0100000 +/- 0.0019608", Value("RESULTS"), StringComparison.Ordinal);
        Assert.All(new[] { "PRIORS-XC", "RESULTS-XC", "FILTER-XC" }, k => Assert.NotEmpty(JsonNode.Parse(Value(k))!.AsObject()));

        // Priors are what was given, not what the fit made of it.
        JsonObject priors = JsonNode.Parse(Value("PRIORS-XC"))!.AsObject();
        Assert.Equal(["period", "a_rs", "inclination", "eccentricity", "u1", "u2"], priors.Select(p => p.Key));
        Assert.Equal(("6.05", "0.04"), ((string?)priors["a_rs"]!["value"], (string?)priors["a_rs"]!["uncertainty"]));

        // EXOTIC reads one star, the first; the ensemble follows, each star with its part of it.
        JsonObject comparisons = JsonNode.Parse(Value("COMP_STAR-XC"))!.AsObject();
        Assert.Equal(("60.00", "20.00"), ((string?)comparisons["x"], (string?)comparisons["y"]));
        JsonArray ensemble = comparisons["ensemble"]!.AsArray();
        Assert.Equal(["#1", "comp, the \\u00e9 one"], ensemble.Select(s => (string?)s!["name"]));
        Assert.Equal(["0.8000", "0.2000"], ensemble.Select(s => (string?)s!["weight"]));
        Assert.Equal("15.00", (string?)ensemble[1]!["x"]);

        // Time with 8 decimals, everything else with 7.
        Assert.All(lines[^5..], l => Assert.Matches(@"^2458107\.\d{8}(,\d+\.\d{7}){4}$", l));
        Assert.EndsWith(",0.9800000", lines[^1], StringComparison.Ordinal);

        // A single comparison is what EXOTIC writes, no more.
        table = table.With(
            table.Frames,
            [.. table.Stars.Select(s => s.Id == 2 ? s with { Role = StarRole.Field } : s)],
            table.Target,
            table.Site
        );
        lines = Lines("aavso-exoplanet", new ExportOptions { Observer = "ABC", Star = "HAT-P-32" }, table, fit);
        Assert.Equal("""{"ra":null,"dec":null,"x":"60.00","y":"20.00"}""", Value("COMP_STAR-XC"));
    }

    [Theory]
    [InlineData("aavso", "observer code")]
    [InlineData("aavso-exoplanet", "observer code")]
    [InlineData("exoclock", "planet's name")]
    [InlineData("etd", "planet's name")]
    public void What_is_missing_is_named_and_nothing_is_written(string format, string what)
    {
        var e = Assert.Throws<AlbireoException>(() => Lines(format, new ExportOptions()));
        Assert.Equal(Failure.Usage, e.Failure);
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
        Assert.Contains("--set export.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_that_the_aavso_does_not_know_is_refused()
    {
        var e = Assert.Throws<AlbireoException>(() => Lines("aavso", new ExportOptions { Observer = "ABC", Filter = "Clear" }));
        Assert.Contains("'Clear' is not a code of the AAVSO", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exoclock_times_are_starts_of_exposures()
    {
        string[] lines = Lines("exoclock", new ExportOptions { Planet = "HAT-P-32 b" });
        Assert.Equal(
            [
                "#Planet: HAT-P-32 b",
                "#Time format: JD_UTC",
                "#Time stamp: Exposure start",
                "#Flux format: Flux",
                "#Filter: V",
                "#Exposure time in seconds: 60",
                "#Time\tFlux\tFlux uncertainty",
            ],
            lines[..7]
        );
        Assert.Equal("2458107.5834874653", lines[7].Split('\t')[0]); // 2017-12-20T02:00:13.317
        Assert.Equal("1.0000000000", lines[7].Split('\t')[1]);
    }

    [Fact]
    public void Etd_times_are_middles_of_exposures()
    {
        string[] lines = Lines("etd", new ExportOptions { Planet = "HAT-P-32 b" });
        Assert.Equal(["#Time format: JD_UTC (geocentric)", "#Time stamp: Mid-exposure", "#Flux format: Flux (in flux)"], lines[1..4]);
        Assert.Equal("2458107.5838346875", lines[7].Split('\t')[0]);
    }

    [Fact]
    public void Exofast_takes_barycentric_times_and_whole_columns()
    {
        string[] lines = Lines("exofast", new ExportOptions());
        Assert.Equal("#BJD_TDB flux error airmass x y fwhm sky", lines[0]);
        FluxTable table = MadeUpObservation.Table();
        Assert.StartsWith(table.Frames[0].MidBarycentric!.Value.ToDecimal(9) + " 1.00000000 ", lines[1], StringComparison.Ordinal);
        var e = Assert.Throws<AlbireoException>(() => Lines("exofast", new ExportOptions(), MadeUpObservation.Table(withSky: false)));
        Assert.Contains("--sky", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ds9_counts_from_one()
    {
        string[] lines = Lines("ds9", new ExportOptions());
        Assert.Equal("# Region file format: DS9 version 4.1", lines[0]);
        Assert.StartsWith("image; circle(41.250,31.500,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("# color=red text={T1 HAT-P-32}", lines[1], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void Radec_needs_the_place_of_every_star()
    {
        var e = Assert.Throws<AlbireoException>(() => Lines("radec", new ExportOptions()));
        Assert.Contains("star #1", e.Message, StringComparison.Ordinal);
        FluxTable table = MadeUpObservation.Table();
        table = table.With(
            table.Frames,
            [.. table.Stars.Select(s => s with { Position = s.Position ?? new(31 + s.Id, 46.5) })],
            table.Target,
            table.Site
        );
        string[] lines = Lines("radec", new ExportOptions(), table);
        Assert.Equal("#RA, Dec, Ref Star, Centroid, Magnitude", lines[6]);
        Assert.Equal("02:04:10.278, +46:41:16.20, 0, 1, 99.999", lines[7]);
        Assert.Equal("02:08:00.000, +46:30:00.00, 1, 1, 11.200", lines[8]);
    }

    [Fact]
    public void Radec_takes_places_from_the_wcs_and_the_target_from_the_sky_given()
    {
        FluxTable table = MadeUpObservation.Table();
        table = table.With(table.Frames, [.. table.Stars.Select(s => s with { Position = null })], table.Target, table.Site);
        StoredObservation stored = MadeUpObservation.Stored(folder.At("observation.fits"), table);
        LightCurve curve = BuildLightCurve.Run(stored.Fluxes, new Recipe(), RunLog.None)!;
        var source = new ExportSource(stored, curve, null, new ExportOptions(), "a.radec");
        Assert.Equal(MadeUpObservation.Target, source.PositionOf(0)!.Value);
        Assert.Null(source.PositionOf(1)); // nobody knows where it is: a sentence, not a guess
        Assert.Contains("star #1", Assert.Throws<AlbireoException>(() => AstroImageJRadec.Write(source)).Message, StringComparison.Ordinal);
        Assert.True(
            Wcs.TryRead(
                k =>
                    k switch
                    {
                        "CRPIX1" => 41.25,
                        "CRPIX2" => 31.5,
                        "CRVAL1" => MadeUpObservation.Target.RightAscensionDegrees,
                        "CRVAL2" => MadeUpObservation.Target.DeclinationDegrees,
                        "CD1_1" => -0.001,
                        "CD2_2" => 0.001,
                        "CD1_2" or "CD2_1" => 0,
                        _ => null,
                    },
                k =>
                    k switch
                    {
                        "CTYPE1" => "RA---TAN",
                        "CTYPE2" => "DEC--TAN",
                        _ => null,
                    },
                out Wcs? wcs,
                out string? why
            ),
            why
        );
        source = source with { Stored = stored with { Wcs = wcs } };
        // Comparison #1 lies 19.75 columns to the right of the target: 0.01975 degrees of arc to the west, 10.5 rows below it.
        Assert.Equal(MadeUpObservation.Target.DeclinationDegrees - 0.0105, source.PositionOf(1)!.Value.DeclinationDegrees, 1e-5);
        Assert.Equal(11, AstroImageJRadec.Write(source).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Astroimagej_names_columns_by_star()
    {
        string[] lines = Lines("astroimagej", new ExportOptions());
        string[] names = lines[0].Split('\t');
        Assert.Equal([" ", "Label", "slice", "Saturated", "J.D.-2400000", "JD_UTC", "BJD_TDB", "AIRMASS"], names[..8]);
        string[] row = lines[1].Split('\t');
        string Cell(string name) => row[Array.IndexOf(names, name)];
        Assert.Equal("f0.fits", Cell("Label"));
        Assert.Equal("0.400000000", Cell("rel_flux_T1"));
        Assert.Equal("4.000000000", Cell("rel_flux_C2"));
        Assert.Equal("58107.583834688", Cell("J.D.-2400000"));
        Assert.Equal("10000.0000", Cell("Source-Sky_T1"));
        Assert.Equal("41.3735", Cell("X(FITS)_T1"));
        Assert.Equal("40.8735", Cell("X(IJ)_T1"));
        Assert.Equal("29.0000", Cell("Y(IJ)_T1"));
        Assert.Equal("31.5000", Cell("Y(FITS)_T1"));
        Assert.Contains("rel_flux_SNR_T4", names);
        Assert.All(lines, l => Assert.Equal(names.Length, l.Split('\t').Length));
    }

    [Fact]
    public void The_curve_as_a_table_is_lightcurve_csv_in_any_clothes()
    {
        StoredObservation stored = MadeUpObservation.Stored(folder.At("observation.fits"));
        LightCurve curve = BuildLightCurve.Run(stored.Fluxes, new Recipe(), RunLog.None)!;
        string Written(string name)
        {
            ExportFormats.Write("table", new ExportSource(stored, curve, null, new ExportOptions(), folder.At(name)));
            return folder.At(name);
        }
        string csv = LightCurveCsv.Text(stored.Fluxes, curve);
        Assert.Equal(csv, File.ReadAllText(Written("a.csv")));

        string[] ecsv = File.ReadAllLines(Written("a.ecsv"));
        Assert.Equal("# %ECSV 1.0", ecsv[0]);
        Assert.Contains("# - {name: bjd_tdb_mid, unit: d, datatype: float64}", ecsv);
        Assert.Contains("# - {name: used, datatype: bool}", ecsv);
        string[] rows = [.. ecsv.Where(l => l[0] != '#')];
        Assert.Equal(
            csv.Replace(",true,", ",True,", StringComparison.Ordinal).Replace(",false,", ",False,", StringComparison.Ordinal),
            string.Join('\n', rows) + "\n"
        );

        using FitsFile file = FitsFile.Open(Written("a.fits"));
        FitsTable table = file.Hdus.OfType<FitsTableHdu>().Single(h => h.Name == "LIGHTCURVE").Read();
        Assert.Equal(stored.Fluxes.Frames.Select(f => f.Info.Name), table.Texts("frame"));
        Assert.Equal(curve.RelativeFlux, table.Reals("relative_flux"));
        Assert.Equal(curve.Used, table.Logicals("used"));
        Assert.Equal(2458107.58383468, table.Reals("jd_utc_mid")[0], 1e-8);

        AlbireoException e = Assert.Throws<AlbireoException>(() => Written("a.xls"));
        Assert.Contains("expected a name that ends in .csv, .fits, .ecsv", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_format_lists_the_known_ones()
    {
        var e = Assert.Throws<AlbireoException>(() => ExportFormats.Find("vizier"));
        Assert.Contains(
            "aavso, aavso-exoplanet, exoclock, etd, astroimagej, radec, exofast, ds9, table",
            e.Message,
            StringComparison.Ordinal
        );
    }

    private string[] Lines(string format, ExportOptions options, FluxTable? table = null, FitFile? fit = null)
    {
        StoredObservation stored = MadeUpObservation.Stored(folder.At("observation.fits"), table);
        var recipe = new Recipe { Curve = new CurveOptions { Aperture = 1 } };
        LightCurve curve = BuildLightCurve.Run(stored.Fluxes, recipe, RunLog.None)!;
        string text = ExportFormats.Find(format)(new ExportSource(stored, curve, fit, options, "out.tbl"));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }

    public void Dispose() => folder.Dispose();
}
