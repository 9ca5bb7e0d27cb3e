using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>What becomes of a light: masters and their parts, units, masks, mirror images, coordinates.</summary>
public sealed class CalibrateFrameTests : IDisposable
{
    private const int Side = 40;

    private readonly RawNight night = new();

    public void Dispose() => night.Dispose();

    [Theory]
    [InlineData("XORGSUBF", "YORGSUBF", 1)]
    [InlineData("LTV1", "LTV2", -1)]
    [InlineData("CRVAL1", "CRVAL2", 1)]
    public void A_sub_frame_takes_its_part_of_full_frame_masters(string columnKey, string rowKey, int sign)
    {
        AddCalibrations();
        night.Add("light", "light", 30, 16, 12, (x, y) => Raw(x + 9, y + 14, 4000), (columnKey, sign * 9), (rowKey, sign * 14));
        AlbireoRun run = night.Calibrate("calibrate.keep-steps=true");

        Assert.True(run.Code == 0, run.ToString());
        Image found = night.Picture("calibrated/light.fits");
        Image before = night.Picture("calibrated/steps/light_dark-subtracted.fits");
        Image bias = night.Picture("masters/bias_16x12_at_9_14.fits");
        Image flat = night.Picture("masters/flat_R_16x12_at_9_14.fits");
        for (int y = 0; y < 12; y++)
        {
            for (int x = 0; x < 16; x++)
            {
                Assert.Equal(300 + x + 9, bias[x, y]);
                Assert.Equal(4000 * Response(x + 9, y + 14), before[x, y], 0.6);
                Assert.True(
                    flat[x, y] <= 0 ? float.IsNaN(found[x, y]) : Math.Abs((found[x, y] * flat[x, y] / before[x, y]) - 1) < 1e-6,
                    $"{x}, {y}: {before[x, y]} / {flat[x, y]} = {found[x, y]}"
                );
            }
        }
        Assert.Contains("bias bias.fits[10:25,15:26] sha256", night.History("calibrated/light.fits"));
        Assert.DoesNotContain("flat ", night.History("calibrated/steps/light_dark-subtracted.fits"));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("calibrate.keep-uncertainty=false", 2)]
    [InlineData("calibrate.keep-mask=false", 2)]
    [InlineData("calibrate.keep-uncertainty=false calibrate.keep-mask=false", 1)]
    public void Uncertainty_and_mask_can_be_left_out_and_the_pixels_are_the_same(string settings, int hdus)
    {
        AddCalibrations();
        night.Add("light", "light", 30, Side, Side, (x, y) => Raw(x, y, 4000));
        string[] detector = ["detector.gain=1.5", "detector.read-noise=8"];
        Assert.Equal(0, night.Calibrate(detector).Code);
        float[] whole = night.Picture("calibrated/light.fits").Pixels.ToArray();
        Assert.Contains(whole, float.IsFinite);

        Assert.Equal(0, night.Calibrate([.. detector, .. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Code);
        Assert.Equal(whole, night.Picture("calibrated/light.fits").Pixels.ToArray());
        Assert.Equal(hdus, night.Hdus("calibrated/light.fits"));
    }

    [Fact]
    public void A_smaller_frame_that_does_not_say_where_it_lies_is_not_calibrated_by_guess()
    {
        AddCalibrations();
        night.Add("light", "light", 30, 16, 12, (_, _) => 4000);
        AlbireoRun run = night.Calibrate();
        Assert.Equal(0, run.Code);
        Assert.All(night.Picture("calibrated/light.fits").Pixels.ToArray(), v => Assert.Equal(4000, v));
        Assert.Contains("no bias fits 16 × 12 pixels", run.Error);
        Assert.Contains("no dark fits 16 × 12 pixels", run.Error);
        Assert.Contains("no flat", run.Error);
    }

    [Theory]
    [InlineData("up-down")]
    [InlineData("left-right")]
    public void Mirrored_frames_keep_each_star_at_its_place_on_the_sky(string flip)
    {
        AddCalibrations();
        (string, object)[] world =
        [
            ("CTYPE1", "RA---TAN"),
            ("CTYPE2", "DEC--TAN"),
            ("CRVAL1", 150.0),
            ("CRVAL2", 20.0),
            ("CRPIX1", 12.0),
            ("CRPIX2", 31.0),
            ("CD1_1", -2e-4),
            ("CD1_2", 3e-5),
            ("CD2_1", 2.5e-5),
            ("CD2_2", 2.1e-4),
        ];
        night.Add("light", "light", 30, Side, Side, (x, y) => (x, y) == (7, 30) ? 30000 : Raw(x, y, 1000), world);
        Assert.Equal(0, night.Calibrate().Code);
        var plainHeader = night.Header("calibrated/light.fits");
        Assert.Equal(0, night.Calibrate("calibrate.flip=" + flip).Code);

        Image found = night.Picture("calibrated/light.fits");
        (int x, int y) = flip == "up-down" ? (7, Side - 1 - 30) : (Side - 1 - 7, 30);
        Assert.True(found[x, y] > 20000);
        var sky = HeaderWcs.Of(plainHeader).ToSky(new PixelPosition(7, 30));
        var moved = HeaderWcs.Of(night.Header("calibrated/light.fits")).ToSky(new PixelPosition(x, y));
        Assert.Equal(sky.RightAscensionDegrees, moved.RightAscensionDegrees, 1e-10);
        Assert.Equal(sky.DeclinationDegrees, moved.DeclinationDegrees, 1e-10);
    }

    [Fact]
    public void Nominal_coordinates_put_the_target_in_the_middle_north_up()
    {
        night.Add("light", "light", 30, Side, Side, (x, y) => 100, ("CRVAL1", 3.0), ("CRVAL2", 4.0));
        string[] settings =
        [
            "calibrate.nominal-wcs.enabled=true",
            "calibrate.nominal-wcs.target=02:04:10.278,+46:41:16.2",
            "calibrate.nominal-wcs.pixel-scale=1.5",
            "calibrate.flip=up-down",
        ];
        Assert.Equal(0, night.Calibrate(settings).Code);

        var header = night.Header("calibrated/light.fits");
        var wcs = HeaderWcs.Of(header);
        var middle = wcs.ToSky(new PixelPosition((Side - 1) / 2.0, (Side - 1) / 2.0));
        Assert.Equal(31.042825, middle.RightAscensionDegrees, 1e-9);
        Assert.Equal(46.687833333, middle.DeclinationDegrees, 1e-8);
        Assert.Equal(1.5, wcs.PixelScaleArcsec, 1e-9);
        Assert.False(wcs.IsMirrored);
        Assert.True(wcs.ToSky(new PixelPosition(20, 30)).DeclinationDegrees > middle.DeclinationDegrees);
        Assert.Equal((-3.0, -4.0), (header.Real("LTV1"), header.Real("LTV2"))); // where the sub-frame began is not lost

        AlbireoRun unknown = night.Calibrate("calibrate.nominal-wcs.enabled=true");
        Assert.Equal(0, unknown.Code);
        Assert.Contains("--set calibrate.nominal-wcs.target=RA,DEC", unknown.Error);
        Assert.False(night.Header("calibrated/light.fits").Contains("CTYPE1"));
    }

    [Fact]
    public void Nominal_coordinates_are_those_of_the_target_that_the_user_names()
    {
        night.Add("light", "light", 30, Side, Side, (_, _) => 100, ("RA", 10.0), ("DEC", 20.0));
        string[] settings = ["--set", "calibrate.nominal-wcs.enabled=true", "--set", "calibrate.nominal-wcs.pixel-scale=1.5"];
        AlbireoRun run = AlbireoRun.Of(["calibrate", night.Folder, "-o", night.Output, .. settings, "--sky", "02:04:10.278,+46:41:16.2"]);
        Assert.True(run.Code == 0, run.ToString());
        FitsHeader header = night.Header("calibrated/light.fits");
        Assert.Equal(31.042825, header.Real("CRVAL1")!.Value, 1e-9);
        Assert.Equal(46.687833333, header.Real("CRVAL2")!.Value, 1e-8);
        // The setting of its own name goes before it, the pointing behind.
        string[] own = ["--set", "calibrate.nominal-wcs.target=30,40", "--sky", "02:04:10.278,+46:41:16.2"];
        Assert.Equal(0, AlbireoRun.Of(["calibrate", night.Folder, "-o", night.Output, .. settings, .. own]).Code);
        Assert.Equal(30, night.Header("calibrated/light.fits").Real("CRVAL1")!.Value, 1e-9);
    }

    [Fact]
    public void Gain_and_read_noise_that_the_header_does_not_tell_are_told()
    {
        night.Add("light", "light", 30, Side, Side, (_, _) => 100);
        night.Add("knows", "light", 30, Side, Side, (_, _) => 100, ("EGAIN", 1.6), ("RDNOISE", 5.0));
        Assert.Equal(0, night.Calibrate().Code);
        Assert.False(night.Header("calibrated/light.fits").Contains("EGAIN"));
        Assert.Equal(0, night.Calibrate("detector.gain=2.5", "detector.read-noise=5").Code);
        foreach (string name in (string[])["light", "knows"])
        {
            FitsHeader header = night.Header($"calibrated/{name}.fits");
            Assert.Equal((2.5, 5.0), (header.Real("EGAIN"), header.Real("RDNOISE")));
            Assert.Equal("[e-/adu] detector.gain", header.Find("EGAIN")!.Comment);
            Assert.Equal(name == "light" ? "[e-] detector.read-noise" : null, header.Find("RDNOISE")!.Comment);
        }
    }

    [Fact]
    public void Electrons_are_counts_times_gain_and_the_gain_cards_become_one()
    {
        AddCalibrations(("EGAIN", 1.6), ("RDNOISE", 5.0));
        night.Add("light", "light", 30, Side, Side, (x, y) => Raw(x, y, 1000), ("EGAIN", 1.6), ("RDNOISE", 5.0));
        Assert.Equal(0, night.Calibrate().Code);
        Image counts = night.Picture("calibrated/light.fits");
        Image deviation = night.Picture("calibrated/light.fits", "UNCERT");
        Assert.Equal(0, night.Calibrate("calibrate.electrons=true").Code);
        Image electrons = night.Picture("calibrated/light.fits");
        Image inElectrons = night.Picture("calibrated/light.fits", "UNCERT");

        for (int i = 0; i < counts.Pixels.Length; i++)
        {
            if (float.IsNaN(counts.Pixels[i]))
            {
                Assert.True(float.IsNaN(electrons.Pixels[i]));
                continue; // the flat's dead pixel
            }
            Assert.Equal(1.6 * counts.Pixels[i], electrons.Pixels[i], 1e-6 * Math.Abs(electrons.Pixels[i]));
            Assert.Equal(1.6 * deviation.Pixels[i], inElectrons.Pixels[i], 1e-6 * inElectrons.Pixels[i]);
        }
        var header = night.Header("calibrated/light.fits");
        Assert.Equal("electron", header.Text("BUNIT"));
        Assert.Equal(1, header.Real("EGAIN"));
        Assert.Equal(5, header.Real("RDNOISE"));
    }

    [Fact]
    public void Electrons_without_a_gain_are_refused_in_a_sentence()
    {
        night.Add("light", "light", 30, Side, Side, (_, _) => 100);
        AlbireoRun run = night.Calibrate("calibrate.electrons=true");
        Assert.Equal(2, run.Code);
        Assert.Contains("needs the gain", Assert.Single(run.Complaints));
        Assert.Equal(0, night.Calibrate("calibrate.electrons=true", "detector.gain=2").Code);
        Assert.All(night.Picture("calibrated/light.fits").Pixels.ToArray(), v => Assert.Equal(200, v));
    }

    [Fact]
    public void A_linearity_polynomial_works_above_the_bias_and_on_flats_too()
    {
        const double bend = 2e-6;
        double Seen(double v) => (Math.Sqrt(1 + (4 * bend * v)) - 1) / (2 * bend); // so that seen + bend · seen² = v
        for (int i = 1; i <= 2; i++)
        {
            night.Add($"bias-{i}", "bias", 0, Side, Side, (_, _) => 300);
            night.Add($"flat-{i}", "flat", 1, Side, Side, (x, y) => 300 + Seen(30000 * Response(x, y)));
        }
        night.Add("light", "light", 30, Side, Side, (x, y) => 300 + Seen(20000 * Response(x, y)));
        Assert.Equal(0, night.Calibrate("calibrate.linearity=1,2e-6").Code);
        float[] found = [.. night.Picture("calibrated/light.fits").Pixels.ToArray().Where(float.IsFinite)];
        Assert.Equal((Side * Side) - 1, found.Length); // the flat's dead pixel
        Assert.All(found, v => Assert.Equal(found[0], v, 1e-4 * found[0]));
        Assert.Contains("linearity 1 2E-06", night.History("calibrated/light.fits"));
    }

    [Fact]
    public void Linearity_without_a_bias_to_count_from_is_refused()
    {
        night.Add("light", "light", 30, Side, Side, (_, _) => 100);
        AlbireoRun run = night.Calibrate("calibrate.linearity=1,2e-6");
        Assert.Equal(2, run.Code);
        Assert.Contains("neither bias frames nor overscan", Assert.Single(run.Complaints));
    }

    [Fact]
    public void Bad_pixels_come_from_a_table_a_picture_the_dark_and_the_flat()
    {
        AddCalibrations();
        night.Add("light", "light", 30, Side, Side, (x, y) => Raw(x, y, 1000));
        Assert.Equal(0, night.Calibrate("calibrate.bad-pixels.from-darks=true", "calibrate.bad-pixels.from-flats=true").Code);
        Assert.Equal([(5, 6), (20, 21)], Flagged()); // the hot pixel, the dead one
        Assert.Contains("bad pixels: 2 of dark_30s.fits", night.History("calibrated/light.fits"));

        File.WriteAllText(night.At("bad.csv"), "x,y\n3,4\n39,39\n");
        Assert.Equal(0, night.Calibrate("calibrate.bad-pixels.file=" + night.At("bad.csv")).Code);
        Assert.Equal([(3, 4), (39, 39)], Flagged());

        using (FitsOutput output = FitsOutput.Create(night.At("bad.fits")))
        {
            var map = new byte[Side * Side];
            map[(7 * Side) + 2] = 1;
            output.AddImage(null, [Side, Side], (ReadOnlySpan<byte>)map);
            output.Commit();
        }
        Assert.Equal(0, night.Calibrate("calibrate.bad-pixels.file=" + night.At("bad.fits")).Code);
        Assert.Equal([(2, 7)], Flagged());

        AlbireoRun missing = night.Calibrate("calibrate.bad-pixels.file=nowhere.csv");
        Assert.Equal(2, missing.Code);
        Assert.Contains("calibrate.bad-pixels.file = nowhere.csv: there is no such file", missing.Error);
    }

    [Fact]
    public void Cosmic_rays_are_flagged_and_can_be_filled_and_need_gain_and_read_noise()
    {
        var noise = new Random(3);
        night.Add("light", "light", 30, Side, Side, (x, y) => (x, y) == (11, 8) ? 900 : 200 + noise.Next(-10, 11));
        AlbireoRun unknown = night.Calibrate("calibrate.cosmic-rays.reject=true");
        Assert.Equal(0, unknown.Code);
        Assert.Contains("no cosmic rays were looked for", unknown.Error);

        string[] known = ["calibrate.cosmic-rays.reject=true", "detector.gain=1.5", "detector.read-noise=4"];
        Assert.Equal(0, night.Calibrate(known).Code);
        Assert.Equal([(11, 8)], Flagged());
        Assert.Equal(900, night.Picture("calibrated/light.fits")[11, 8]);
        Assert.Equal((float)PixelQuality.CosmicRay, night.Picture("calibrated/light.fits", "MASK")[11, 8]);
        Assert.Contains("L.A.Cosmic: 1 pixels flagged", night.History("calibrated/light.fits"));

        Assert.Equal(0, night.Calibrate([.. known, "calibrate.cosmic-rays.replace=true"]).Code);
        Assert.InRange(night.Picture("calibrated/light.fits")[11, 8], 190, 210);
        Assert.Equal((float)(PixelQuality.CosmicRay | PixelQuality.Interpolated), night.Picture("calibrated/light.fits", "MASK")[11, 8]);
    }

    [Theory]
    [InlineData("keep", -50f, 0)]
    [InlineData("undefined", float.NaN, 16)]
    [InlineData("minus-one", -1f, 16)]
    public void Negative_pixels_stay_unless_a_setting_says_otherwise(string choice, float expected, int flags)
    {
        night.Add("bias-1", "bias", 0, Side, Side, (_, _) => 150);
        night.Add("light", "light", 30, Side, Side, (x, y) => (x, y) == (1, 2) ? 100 : 400);
        Assert.Equal(0, night.Calibrate("calibrate.negative=" + choice).Code);
        Assert.Equal(expected, night.Picture("calibrated/light.fits")[1, 2]);
        Assert.Equal(flags, night.Picture("calibrated/light.fits", "MASK")[1, 2]);
        Assert.Equal(250, night.Picture("calibrated/light.fits")[2, 2]);
    }

    [Fact]
    public void A_calibrated_frame_is_valid_FITS_with_extensions_as_ccdproc_writes_them_and_its_own_header()
    {
        AddCalibrations(("EGAIN", 1.6), ("RDNOISE", 5.0), ("OBSERVER", "of the flats"));
        night.Add("light", "light", 30, Side, Side, (x, y) => Raw(x, y, 1000), ("EGAIN", 1.6), ("RDNOISE", 5.0), ("OBSERVER", "mine"));
        Assert.Equal(0, night.Calibrate().Code);
        string path = Path.Combine(night.Output, "calibrated/light.fits");
        AlbireoRun verified = AlbireoRun.Of("verify", path);
        Assert.True(verified.Code == 0, verified.ToString());
        using FitsFile file = FitsFile.Open(path);
        Assert.Equal(["UNCERT", "MASK"], file.Hdus.Skip(1).Select(h => h.Name));
        Assert.Equal("StdDevUncertainty", file.Hdu(1).Header.Text("UTYPE"));
        Assert.Equal("adu", file.Hdu(0).Header.Text("BUNIT"));
        Assert.Equal("mine", file.Hdu(0).Header.Text("OBSERVER")); // system 3 wrote the flat's header to every frame
        Assert.Equal(FitsPixelType.Single, ((FitsImage)file.Hdu(0)).PixelType);
        Assert.True(float.IsNaN(night.Picture("calibrated/light.fits")[20, 21])); // the flat is dead there
        Assert.Equal((float)PixelQuality.Undefined, night.Picture("calibrated/light.fits", "MASK")[20, 21]);
    }

    private (int X, int Y)[] Flagged()
    {
        Image mask = night.Picture("calibrated/light.fits", "MASK");
        const int faults = (int)(PixelQuality.BadPixel | PixelQuality.CosmicRay);
        return
        [
            .. Enumerable
                .Range(0, Side * Side)
                .Where(i => ((int)mask.Pixels[i] & faults) != 0)
                .Select(i => (i % Side, i / Side))
                .OrderBy(p => p),
        ];
    }

    private void AddCalibrations(params (string, object)[] cards)
    {
        for (int i = 1; i <= 3; i++)
        {
            night.Add($"bias-{i}", "bias", 0, Side, Side, (x, y) => 300 + x, cards);
            night.Add($"dark-{i}", "dark", 30, Side, Side, (x, y) => Raw(x, y, 0), cards);
            night.Add($"flat-{i}", "flat", 1, Side, Side, (x, y) => 300 + x + (20000 * Response(x, y)), cards);
        }
    }

    private static double Raw(int x, int y, double light) =>
        300 + x + ((x, y) == (5, 6) ? 900 : 30 + ((x + y) % 3)) + (light * Response(x, y));

    private static double Response(int x, int y) => (x, y) == (20, 21) ? 0 : 1.1 - (0.002 * x) - (0.001 * y);
}
