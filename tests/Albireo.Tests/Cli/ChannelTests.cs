using System.Text.Json;
using Albireo.Fits;
using Albireo.Tests.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>
/// <c>--channel</c>: a night whose every frame is hidden in one colour of a mosaic gives the same curve as the night itself, to the bit.
/// </summary>
public sealed class ChannelTests(SmallNight small) : IClassFixture<SmallNight>, IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("R", "RGGB", "RGGB", "TOP-DOWN", 0, 0)]
    [InlineData("B", "RGGB", "RGGB", "TOP-DOWN", 0, 0)]
    [InlineData("r", "GBRG", "RGGB", "BOTTOM-UP", 0, 0)]
    [InlineData("R", "GRBG", "RGGB", "TOP-DOWN", 1, 0)]
    [InlineData("B", "GBRG", "RGGB", "TOP-DOWN", 0, 1)]
    public void One_colour_is_measured_as_if_it_were_a_camera_of_its_own(
        string channel,
        string cell,
        string pattern,
        string order,
        int columnOffset,
        int rowOffset
    )
    {
        string mono = scratch.At("mono");
        Assert.Equal(0, AlbireoRun.Of([.. small.Command(small.Night.Folder, mono), "--no-calibrated"]).Code);
        string night = Mosaic(cell, channel.ToUpperInvariant()[0], pattern, order, columnOffset, rowOffset);
        string colour = scratch.At("colour");
        AlbireoRun run = AlbireoRun.Of([.. small.Command(night, colour), "--channel", channel]);
        Assert.True(run.Code == 0, run.ToString());
        CsvTable expected = CsvTable.Read(Path.Combine(mono, "lightcurve.csv"));
        CsvTable found = CsvTable.Read(Path.Combine(colour, "lightcurve.csv"));
        foreach (string column in (string[])["relative_flux", "relative_flux_error", "target_flux", "x", "y", "fwhm", "bjd_tdb_mid"])
        {
            Assert.Equal(expected.Texts(column), found.Texts(column));
        }
        using FitsFile calibrated = FitsFile.Open(Path.Combine(colour, "calibrated", SmallNight.Light(1)));
        Assert.Equal((160, 120), (calibrated.FirstImage().Width, calibrated.FirstImage().Height));
        Assert.False(calibrated.FirstImage().Header.Contains("BAYERPAT"));
        using FitsFile flat = FitsFile.Open(Directory.GetFiles(Path.Combine(colour, "masters"), "flat*.fits").Single());
        Assert.Equal((160, 120), (flat.FirstImage().Width, flat.FirstImage().Height));
        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(Path.Combine(colour, "run.json")));
        Assert.Equal(
            channel.Equals("R", StringComparison.OrdinalIgnoreCase) ? "red" : "blue",
            record.RootElement.GetProperty("options").GetProperty("inventory").GetProperty("channel").GetString()
        );
    }

    [Fact]
    public void Green_is_the_mean_of_two_pixels_and_its_errors_know_it()
    {
        // Both green pixels are the same frame: the counts are those of the night, the electrons twice as many.
        string mono = scratch.At("mono");
        Assert.Equal(0, AlbireoRun.Of([.. small.Command(small.Night.Folder, mono), "--no-calibrated"]).Code);
        string night = Mosaic("GRBG", 'G', "GRBG", "TOP-DOWN", 0, 0);
        string colour = scratch.At("colour");
        AlbireoRun run = AlbireoRun.Of([.. small.Command(night, colour), "--channel", "G", "--no-calibrated"]);
        Assert.True(run.Code == 0, run.ToString());
        CsvTable expected = CsvTable.Read(Path.Combine(mono, "lightcurve.csv"));
        CsvTable found = CsvTable.Read(Path.Combine(colour, "lightcurve.csv"));
        Assert.Equal(expected.Texts("relative_flux"), found.Texts("relative_flux"));
        double[] ratio = [.. found.Reals("target_flux_error").Zip(expected.Reals("target_flux_error"), (a, b) => a / b)];
        // Poisson and read noise fall by √2; the sky's own scatter, which the pictures share, does not.
        Assert.All(ratio, r => Assert.InRange(r, 0.70, 0.95));
    }

    [Fact]
    public void Without_a_channel_it_is_refused_and_mono_frames_have_none()
    {
        string night = Mosaic("RGGB", 'R', "RGGB", "TOP-DOWN", 0, 0);
        AlbireoRun refused = AlbireoRun.Of(small.Command(night, scratch.At("a")));
        Assert.Equal(3, refused.Code);
        Assert.Contains("--channel R, G or B measures one colour", Assert.Single(refused.Complaints), StringComparison.Ordinal);
        AlbireoRun mono = AlbireoRun.Of([.. small.Command(small.Night.Folder, scratch.At("b")), "--channel", "G"]);
        Assert.Equal(3, mono.Code);
        AlbireoRun wrong = AlbireoRun.Of([.. small.Command(night, scratch.At("c")), "--channel", "Y"]);
        Assert.Equal(2, wrong.Code);
        Assert.Equal("--channel Y: expected R, G or B.", Assert.Single(wrong.Complaints));
    }

    [Fact]
    public void The_inventory_shows_the_plane()
    {
        TinyFits.Write(
            scratch.At("n", "a.fits"),
            1,
            "IMAGETYP= 'LIGHT'",
            "EXPTIME = 5.0",
            "BAYERPAT= 'BGGR'",
            "ROWORDER= 'TOP-DOWN'",
            "XPIXSZ = 3.76",
            "FOCALLEN= 500.0"
        );
        TinyFits.Write(scratch.At("n", "d.fits"), 2, "IMAGETYP= 'DARK'", "EXPTIME = 5.0");
        TinyFits.Write(scratch.At("n", "m.fits"), 3, 6, 6, "IMAGETYP= 'LIGHT'", "EXPTIME = 5.0");
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("n"), "--channel", "B", "--json");
        Assert.Equal(1, run.Code);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Dictionary<string, JsonElement> frames = json
            .RootElement.GetProperty("frames")
            .EnumerateArray()
            .ToDictionary(f => f.GetProperty("frame").GetString()!);
        Assert.Equal(
            (4, 3, "B", "B"),
            (
                frames["a"].GetProperty("width").GetInt32(),
                frames["a"].GetProperty("height").GetInt32(),
                frames["a"].GetProperty("channel").GetString(),
                frames["a"].GetProperty("filter").GetString()
            )
        );
        Assert.Equal(2 * 206.26480624709636 * 3.76 / 500, frames["a"].GetProperty("pixel_scale_arcsec").GetDouble(), 1e-12);
        Assert.Equal((4, "B"), (frames["d"].GetProperty("width").GetInt32(), frames["d"].GetProperty("channel").GetString()));
        Assert.Contains("BGGR is taken, as the lights have it", frames["d"].GetProperty("reason").GetString()!, StringComparison.Ordinal);
        Assert.Contains("not the frame of a colour camera", frames["m"].GetProperty("reason").GetString()!, StringComparison.Ordinal);
    }

    /// <summary>The small night with each frame in the pixels of one letter of the file's 2 × 2 cells; the other pixels hold other counts.</summary>
    private string Mosaic(string cell, char letter, string pattern, string order, int columnOffset, int rowOffset)
    {
        string folder = Directory.CreateDirectory(scratch.At("mosaic")).FullName;
        foreach (string path in Directory.GetFiles(small.Night.Folder, "*.fits"))
        {
            using FitsFile file = FitsFile.Open(path);
            FitsImage picture = file.FirstImage();
            (int width, int height) = (picture.Width, picture.Height);
            var mono = new float[width * height];
            picture.ReadRows(0, height, mono);
            var mosaic = new ushort[4 * width * height];
            for (int i = 0; i < mosaic.Length; i++)
            {
                (int x, int y) = (i % (2 * width), i / (2 * width));
                float own = mono[((y / 2) * width) + (x / 2)];
                mosaic[i] = (ushort)(cell[(2 * (y % 2)) + (x % 2)] == letter ? own : 40000 - (i % 7919));
            }
            FitsHeader header = picture.Header.Clone();
            header.Set("BAYERPAT", pattern);
            header.Set("ROWORDER", order);
            header.Set("XBAYROFF", columnOffset);
            header.Set("YBAYROFF", rowOffset);
            using FitsOutput output = FitsOutput.Create(Path.Combine(folder, Path.GetFileName(path)));
            output.AddImage<ushort>(header, [2 * height, 2 * width], mosaic);
            output.Commit();
        }
        return folder;
    }
}
