using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>Calibrated frames of a small night in every recipe with <c>compat</c>, through the whole program, against numpy.</summary>
public sealed class RecipeCalibratedTests : IDisposable
{
    private static readonly string Frames = Path.Combine(Repository.Root, "reference", "recipes");
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("schmidt")]
    [InlineData("prose")]
    [InlineData("mcdonald")]
    [InlineData("photlib")]
    [InlineData("lulin")]
    public void Calibrated_frames_equal_numpy(string recipe)
    {
        ReferenceRow[] rows = [.. Reference.Rows("recipe_calibrated.csv").Where(r => r.Text("recipe") == recipe)];
        Assert.NotEmpty(rows);
        foreach (bool isPart in new[] { false, true })
        {
            ReferenceRow[] wanted = [.. rows.Where(r => r.Text("frame").StartsWith("part", StringComparison.Ordinal) == isPart)];
            if (wanted.Length == 0)
            {
                continue;
            }
            // The frames are not a complete night, which lulin would ask for.
            string output = Calibrate(recipe, isPart, "compat=true", "inventory.strict=false");
            foreach (ReferenceRow row in wanted)
            {
                Check(row, Picture(Path.Combine(output, "calibrated", row.Text("frame") + ".fits")));
            }
        }
    }

    [Fact]
    public void Without_compat_a_dark_sky_stays_what_it_is()
    {
        Image right = Picture(Path.Combine(Calibrate("prose", false, "compat=false"), "calibrated", "light-2.fits"));
        Image original = Picture(Path.Combine(Calibrate("prose", false, "compat=true"), "calibrated", "light-2.fits"));
        // 2 ADU of sky under a noise of 3: system 2 sets the lower half to −1 and finds a brighter sky.
        Assert.InRange(right.Pixels.ToArray().Average(), 1.5, 2.5);
        Assert.True(original.Pixels.ToArray().Average() > right.Pixels.ToArray().Average() + 0.4);
        Assert.Contains(right.Pixels.ToArray(), v => v < -1);
        Assert.DoesNotContain(original.Pixels.ToArray(), v => v < -1);
    }

    [Fact]
    public void Without_compat_the_coordinates_of_a_turned_frame_are_those_of_its_middle()
    {
        string[] known = ["calibrate.nominal-wcs.target=30,40", "calibrate.nominal-wcs.pixel-scale=1.37"];
        FitsHeader right = Header(Path.Combine(Calibrate("schmidt", true, known), "calibrated", "part-1.fits"));
        FitsHeader original = Header(Path.Combine(Calibrate("schmidt", true, [.. known, "compat=true"]), "calibrated", "part-1.fits"));
        Assert.Equal((6.5, 5.5), (right.Real("CRPIX1"), right.Real("CRPIX2"))); // 12 × 10 pixels, counted from 1
        Assert.Equal((6.0, 5.0), (original.Real("CRPIX1"), original.Real("CRPIX2"))); // system 1: half a pixel off both ways
        Assert.Equal((-1.37 / 3600, 1.37 / 3600), (right.Real("CDELT1"), right.Real("CDELT2")));
    }

    [Fact]
    public void Without_compat_each_frame_keeps_its_own_header()
    {
        string output = Calibrate("mcdonald", false);
        foreach (string name in (string[])["light-1", "light-2"])
        {
            FitsHeader raw = Header(Path.Combine(Frames, "night", name + ".fits"));
            FitsHeader calibrated = Header(Path.Combine(output, "calibrated", name + ".fits"));
            foreach (string keyword in (string[])["DATE-OBS", "IMAGETYP", "EXPTIME", "OBJECT"])
            {
                Assert.Equal(raw.Find(keyword)!.Value, calibrated.Find(keyword)!.Value); // system 3 wrote the flat's
            }
        }
    }

    private string Calibrate(string recipe, bool isPart, params string[] settings)
    {
        string output = scratch.At(Guid.NewGuid().ToString("N"));
        string[] lights = isPart ? [Path.Combine(Frames, "subframe")] : [];
        string[] night = isPart
            ?
            [
                .. Directory
                    .GetFiles(Path.Combine(Frames, "night"))
                    .Where(f => !Path.GetFileName(f).StartsWith("light", StringComparison.Ordinal)),
            ]
            : [Path.Combine(Frames, "night")];
        AlbireoRun run = AlbireoRun.Of([
            "calibrate",
            .. night,
            .. lights,
            "-o",
            output,
            "--recipe",
            recipe,
            // The night has a light without a dark of its exposure, which lulin would not begin with.
            "--set",
            "inventory.strict=false",
            .. settings.SelectMany(s => (string[])["--set", s]),
        ]);
        Assert.True(run.Code == 0, run.ToString());
        return output;
    }

    /// <summary>
    /// 1e-6 of the value, or of the noise of a frame where it is near 0 (3 ADU), and what float32 leaves of a master of some 300 ADU that
    /// is subtracted: half a unit in its last place.
    /// </summary>
    private static void Check(ReferenceRow row, Image found)
    {
        double[] expected = [.. row.Text("values").Split(';').Select(double.Parse)];
        Assert.Equal(expected.Length, found.Pixels.Length);
        const double rounding = 400 * 6e-8;
        for (int p = 0; p < expected.Length; p++)
        {
            double limit = (1e-6 * Math.Max(Math.Abs(expected[p]), 3)) + rounding;
            Assert.True(
                Math.Abs(found.Pixels[p] - expected[p]) <= limit,
                $"{row.Text("recipe")} {row.Text("frame")}, pixel {p}: {found.Pixels[p]}, numpy {expected[p]}"
            );
        }
    }

    private static Image Picture(string path)
    {
        using FitsFile file = FitsFile.Open(path);
        var hdu = (FitsImage)file.Hdu(0);
        var image = new Image(hdu.Width, hdu.Height);
        hdu.ReadRows(0, hdu.Height, image.Pixels);
        return image;
    }

    private static FitsHeader Header(string path)
    {
        using FitsFile file = FitsFile.Open(path);
        return file.Hdu(0).Header.Clone();
    }
}
