using System.Text.Json;
using Albireo.Fits;
using Albireo.Tests.Report;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Hatp32;

/// <summary>A real night from raw frames to light curve and report: 142 frames, no calibration, trailed stars, large drift.</summary>
public sealed class Hatp32Tests(Hatp32Night night) : IClassFixture<Hatp32Night>
{
    private const int FrameCount = 142;
    private const string ContractColumns =
        "frame, jd_utc_mid, bjd_tdb_mid, hjd_utc_mid, exposure_s, filter, relative_flux, relative_flux_error, relative_magnitude, "
        + "relative_magnitude_error, target_flux, target_flux_error, ensemble_flux, check_relative_flux, x, y, fwhm, sky, airmass, "
        + "airmass_from, aperture_radius, used, flags";

    [Fact]
    public void All_frames_are_measured_and_used()
    {
        AlbireoRun run = night.Reduced.Run;
        Assert.True(run.Code == 0, run.ToString());
        CsvTable curve = night.Reduced.Curve;
        Assert.Equal(FrameCount, curve.Rows.Count);
        Assert.All(curve.Texts("used"), used => Assert.Equal("true", used));
        Assert.All(curve.Reals("relative_flux"), flux => Assert.True(flux > 0));
        Assert.Equal(Raw().Select(Path.GetFileNameWithoutExtension), curve.Texts("frame"));
    }

    [Fact]
    public void Mid_exposures_are_right_to_a_millisecond()
    {
        AssertTimes(night.Reduced.Curve, "jd_utc_mid");
        AssertTimes(night.ReducedWithSky.Curve, "jd_utc_mid");
    }

    [Fact]
    public void Barycentric_times_for_the_target_and_site_are_right_to_a_millisecond() =>
        AssertTimes(night.ReducedWithSky.Curve, "bjd_tdb_mid");

    [Fact]
    public void Scatter_from_point_to_point_is_that_of_the_noise()
    {
        double[] flux = night.Reduced.Curve.Reals("relative_flux");
        double[] steps = [.. flux.Skip(1).Zip(flux, (later, earlier) => later - earlier)];
        double mean = steps.Average();
        double deviation = Math.Sqrt(steps.Sum(s => (s - mean) * (s - mean)) / (steps.Length - 1));
        double scatter = deviation / Math.Sqrt(2) / Median(flux);
        Assert.True(scatter <= 0.0056, $"point-to-point scatter {scatter:F5}");
    }

    [Fact]
    public void The_transit_is_plainly_there()
    {
        (double Time, double Flux)[] points =
        [
            .. night.Reduced.Curve.Reals("jd_utc_mid").Select(t => t - 2458107).Zip(night.Reduced.Curve.Reals("relative_flux")),
        ];
        double inside = Median([.. points.Where(p => p.Time is > 0.67 and < 0.75).Select(p => p.Flux)]);
        double outside = Median([.. points.Where(p => p.Time is < 0.64 or > 0.78).Select(p => p.Flux)]);
        Assert.InRange(1 - (inside / outside), 0.020, 0.028);
    }

    [Fact]
    public void Every_product_of_the_contract_is_there()
    {
        string output = night.Reduced.Output;
        string[] expected =
        [
            "inventory.csv",
            "observation.fits",
            "lightcurve.csv",
            "plots/lightcurve.svg",
            "plots/finder.svg",
            "plots/finder.png",
            "plots/frames.svg",
            "report.html",
            "run.json",
            "albireo.log",
            .. Raw().Select(f => $"calibrated/{Path.GetFileNameWithoutExtension(f)}.fits"),
            .. Raw().Select(f => $"sources/{Path.GetFileNameWithoutExtension(f)}.fits"),
        ];
        Assert.All(expected, name => Assert.True(new FileInfo(Path.Combine(output, name)) is { Exists: true, Length: > 0 }, name));
        Assert.Empty(Directory.EnumerateFiles(output, "*.part", SearchOption.AllDirectories));
        Assert.Equal(ContractColumns.Split(", "), night.Reduced.Curve.Columns);
        Assert.Equal(
            "frame, path, kind, kind_from, exposure_s, filter, start_utc, start_from, width, height, binning, temperature_c, gain, status, reason".Split(
                ", "
            ),
            CsvTable.Read(Path.Combine(output, "inventory.csv")).Columns
        );
        Assert.Equal(FrameCount, CsvTable.Read(Path.Combine(output, "inventory.csv")).Rows.Count);
    }

    [Fact]
    public void Every_fits_product_carries_right_checksums()
    {
        string[] files = [.. Directory.EnumerateFiles(night.Reduced.Output, "*.fits", SearchOption.AllDirectories)];
        Assert.Equal((2 * FrameCount) + 1, files.Length);
        Assert.All(files, FitsSums.Check);
    }

    [Fact]
    public void Calibrated_frames_keep_the_raw_header()
    {
        string raw = Raw()[70];
        using FitsFile before = FitsFile.Open(raw);
        using FitsFile after = FitsFile.Open(
            Path.Combine(night.Reduced.Output, "calibrated", Path.GetFileNameWithoutExtension(raw) + ".fits")
        );
        string[] rewritten = ["SIMPLE", "BITPIX", "NAXIS", "BSCALE", "BZERO", "BUNIT", "CHECKSUM", "DATASUM", "EXTEND"];
        FitsHeader kept = after.Hdu(0).Header;
        Assert.All(
            before.Hdu(0).Header.Where(c => !rewritten.Contains(c.Keyword)),
            card => Assert.Contains(kept, k => k.Keyword == card.Keyword && k.Value == card.Value)
        );
        Assert.Equal("adu", kept.Text("BUNIT"));
        Assert.Contains(kept, c => c.Keyword == "HISTORY" && c.Image.Contains("albireo", StringComparison.Ordinal));
        // Nothing was there to be removed: the counts are the raw ones.
        float[] counts = Pixels(before);
        Assert.Equal(counts, Pixels(after));
    }

    [Fact]
    public void Observation_holds_all_that_later_steps_need()
    {
        using FitsFile file = FitsFile.Open(Path.Combine(night.Reduced.Output, "observation.fits"));
        Assert.Equal(
            [
                "FRAMES",
                "STARS",
                "APERTURES",
                "FLUX",
                "FLUX_ERROR",
                "CONTAMINATION",
                "X",
                "Y",
                "SKY",
                "SKY_RMS",
                "PEAK",
                "FLAGS",
                "MAGNITUDES",
            ],
            file.Hdus.Skip(1).Select(h => h.Name)
        );
        Assert.Equal(1, file.Hdu(0).Header.Integer("SCHEMA"));
        Assert.Equal([500, 650], ((FitsImage)file.Hdu(0)).Shape);
        FitsTable frames = Table(file, "FRAMES");
        FitsTable stars = Table(file, "STARS");
        FitsTable apertures = Table(file, "APERTURES");
        Assert.Equal(FrameCount, frames.RowCount);
        string[] roles = stars.Texts("ROLE");
        Assert.Equal(["target", "comparison", "comparison"], roles[..3]);
        foreach (string name in (string[])["FLUX", "FLUX_ERROR"])
        {
            Assert.Equal([FrameCount, apertures.RowCount, stars.RowCount], Image(file, name).Shape);
        }
        foreach (string name in (string[])["X", "Y", "SKY", "SKY_RMS", "PEAK", "FLAGS"])
        {
            Assert.Equal([FrameCount, stars.RowCount], Image(file, name).Shape);
        }
        // The light curve can be had from this file alone.
        var flux = new double[FrameCount * apertures.RowCount * stars.RowCount];
        FitsImage stored = Image(file, "FLUX");
        stored.ReadRows(0, (int)stored.RowCount, flux);
        double[] target = night.Reduced.Curve.Reals("target_flux");
        double[] ensemble = night.Reduced.Curve.Reals("ensemble_flux");
        int aperture = Enumerable.Range(0, apertures.RowCount).Single(a => Math.Abs((flux[a * stars.RowCount] / target[0]) - 1) < 1e-9);
        for (int i = 0; i < FrameCount; i++)
        {
            int at = ((i * apertures.RowCount) + aperture) * stars.RowCount;
            Assert.Equal(1, flux[at] / target[i], 1e-9);
            Assert.Equal(1, (flux[at + 1] + flux[at + 2]) / ensemble[i], 1e-9);
        }
        double[] time = [.. frames.Reals("JD_INT").Zip(frames.Reals("JD_FRAC"), (day, part) => day + part)];
        Assert.All(time.Zip(night.Reduced.Curve.Reals("jd_utc_mid")), t => Assert.Equal(t.Second, t.First, 1e-8));
    }

    [Fact]
    public void The_report_is_one_well_formed_page()
    {
        string html = File.ReadAllText(Path.Combine(night.Reduced.Output, "report.html"));
        HtmlChecker.Check(html);
        Assert.Contains("142 of 142", html);
    }

    [Fact]
    public void The_record_names_every_frame_with_its_hash_and_fate()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(night.Reduced.Output, "run.json")));
        JsonElement root = json.RootElement;
        Assert.Equal("done", root.GetProperty("state").GetString());
        JsonElement observation = root.GetProperty("observations").EnumerateArray().Single();
        JsonElement[] frames = [.. observation.GetProperty("frames").EnumerateArray()];
        SortedDictionary<string, string> raw = ProductTree.Files(Repository.Shared("hatp32"));
        Assert.Equal(Raw().Select(Path.GetFullPath), frames.Select(f => f.GetProperty("path").GetString()!));
        Assert.All(
            frames,
            f =>
            {
                Assert.Equal("measured", f.GetProperty("fate").GetString());
                Assert.Equal(raw[Path.GetFileName(f.GetProperty("path").GetString()!)], f.GetProperty("sha256").GetString());
            }
        );
    }

    [Fact]
    public void A_second_run_gives_the_same_bytes_whatever_the_number_of_threads()
    {
        using var scratch = new ScratchFolder();
        string output = scratch.At("out");
        string[] command = Hatp32Night.Command(output);
        Assert.Equal(0, AlbireoRun.Of([.. command, "--threads", "2"]).Code);
        SortedDictionary<string, string> first = ProductTree.Products(output);
        // Only the record of the run stays: everything else has to be made again.
        foreach (string folder in Directory.GetDirectories(output))
        {
            Directory.Delete(folder, recursive: true);
        }
        foreach (string file in Directory.GetFiles(output).Where(f => Path.GetFileName(f) != "run.json"))
        {
            File.Delete(file);
        }
        Assert.Equal(0, AlbireoRun.Of([.. command, "--threads", "1"]).Code);
        ProductTree.AssertSame(first, ProductTree.Products(output));
        // And over the products that are there.
        Assert.Equal(0, AlbireoRun.Of([.. command, "--threads", "2"]).Code);
        ProductTree.AssertSame(first, ProductTree.Products(output));
    }

    private static string[] Raw() => [.. Directory.GetFiles(Repository.Shared("hatp32"), "*.FITS").Order(StringComparer.Ordinal)];

    private static void AssertTimes(CsvTable curve, string column)
    {
        CsvTable truth = CsvTable.Read(Repository.Shared("hatp32", "times.csv"));
        Assert.Equal(FrameCount, truth.Rows.Count);
        var times = truth
            .Texts("frame")
            .Zip(truth.Dates(column))
            .ToDictionary(t => Path.GetFileNameWithoutExtension(t.First), t => t.Second);
        Assert.All(
            curve.Texts("frame").Zip(curve.Dates(column)),
            row =>
            {
                decimal seconds = 86400 * (row.Second - times[row.First]);
                Assert.True(Math.Abs(seconds) < 0.001m, $"{row.First}: {column} is off by {seconds} s");
            }
        );
    }

    private static float[] Pixels(FitsFile file)
    {
        FitsImage image = file.FirstImage();
        var pixels = new float[image.Width * image.Height];
        image.ReadRows(0, image.Height, pixels);
        return pixels;
    }

    private static FitsTable Table(FitsFile file, string name) => file.Hdus.OfType<FitsTableHdu>().Single(h => h.Name == name).Read();

    private static FitsImage Image(FitsFile file, string name) => file.Hdus.OfType<FitsImage>().Single(h => h.Name == name);

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
