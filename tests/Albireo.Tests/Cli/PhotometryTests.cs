using System.Globalization;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Tests.Detection;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

public sealed class PhotometryTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Sums_and_errors_on_a_level_picture_are_closed_forms()
    {
        const double level = 400;
        const double gain = 1.6;
        const double readNoise = 8;
        string file = Level(level);
        CsvTable table = Run(file, [(40, 30), (51.37, 44.81)], "--radii", "3,4.5", "--gain", "1.6", "--read-noise", "8");
        Assert.Equal(["id", "x", "y", "sum_3", "error_3", "sum_4.5", "error_4.5", "sky", "sky_rms", "flags"], table.Columns.Take(10));
        double sigma = Math.Sqrt((level / gain) + Math.Pow(readNoise / gain, 2));
        foreach ((string name, double radius) in ((string, double)[])[("3", 3), ("4.5", 4.5)])
        {
            Assert.All(table.Reals("sum_" + name), s => Assert.Equal(level * Math.PI * radius * radius, s, 1e-6 * level));
            for (int i = 0; i < 2; i++)
            {
                (double x, double y) = i == 0 ? (40, 30) : (51.37, 44.81);
                double squares = 0;
                for (int v = 20; v < 60; v++)
                {
                    for (int u = 20; u < 65; u++)
                    {
                        squares += Math.Pow(CircleOverlap.OfPixel(u - x, v - y, radius), 2);
                    }
                }
                Assert.Equal(sigma * Math.Sqrt(squares), table.Reals("error_" + name)[i], 1e-6 * sigma);
            }
        }
        // Without a ring no sky is taken off, and none is claimed.
        Assert.All(table.Texts("sky"), s => Assert.Equal("", s));
    }

    [Fact]
    public void Star_sky_error_and_magnitude_are_what_was_put_in()
    {
        const double flux = 30_000;
        const double gain = 2;
        string file = Picture(f => f.Gaussian(60.3, 50.8, flux, 2.5).Noise(4, gain: 2));
        CsvTable table = Run(
            file,
            [(60.3, 50.8)],
            "--radii",
            "8",
            "--annulus",
            "15,25",
            "--gain",
            "2",
            "--read-noise",
            "8",
            "--zero-point",
            "25"
        );
        double sum = table.Reals("sum_8")[0];
        double error = table.Reals("error_8")[0];
        double area = Math.PI * 64;
        double variance = (flux / gain) + (area * ((200 / gain) + 16)) + (area * area / (Math.PI * (625 - 225)) * ((200 / gain) + 16));
        Assert.Equal(Math.Sqrt(variance), error, 0.04 * error);
        Assert.True(Math.Abs(sum - flux) < 4 * error, $"{sum} ± {error}");
        Assert.Equal(200, table.Reals("sky")[0], 2.0);
        Assert.Equal(25 - (2.5 * Math.Log10(sum)), table.Reals("mag_8")[0], 1e-12);
        Assert.Equal(2.5 / Math.Log(10) * error / sum, table.Reals("mag_error_8")[0], 1e-12);
    }

    [Fact]
    public void Without_a_gain_there_are_no_errors_and_it_says_so()
    {
        string file = Picture(f => f.Noise(4));
        string at = Positions([(60, 50)]);
        AlbireoRun run = AlbireoRun.Of("photometry", file, "--at", at, "--radii", "5", "-o", scratch.At("t.csv"));
        Assert.Equal(0, run.Code);
        Assert.Contains("--gain", run.Error);
        Assert.Equal("", CsvTable.Read(scratch.At("t.csv")).Texts("error_5")[0]);
    }

    [Theory]
    [InlineData("ellipse", 0.5, Math.PI * 0.5)]
    [InlineData("rectangle", 0.4, 4 * 0.4)]
    public void Other_shapes_have_their_areas(string shape, double ratio, double areaOfOne)
    {
        string[] options = ["--radii", "6,9", "--shape", shape, "--ratio", ratio.ToString(CultureInfo.InvariantCulture), "--angle", "33"];
        CsvTable table = Run(Level(7), [(50.2, 45.9)], options);
        Assert.Equal(7 * areaOfOne * 36, table.Reals("sum_6")[0], 1e-4);
        Assert.Equal(7 * areaOfOne * 81, table.Reals("sum_9")[0], 1e-4);
        CsvTable ringed = Run(Level(7), [(50.2, 45.9)], [.. options, "--annulus", "12,20"]);
        Assert.Equal(0, ringed.Reals("sum_6")[0], 1e-4);
        Assert.Equal(7, ringed.Reals("sky")[0], 1e-6);
    }

    [Fact]
    public void Saturated_and_neighbouring_stars_are_flagged_with_how_much_falls_in()
    {
        string file = Picture(f =>
            f.Gaussian(40, 50, 20_000, 3)
                .Gaussian(47, 50, 10_000, 3)
                .Gaussian(90, 60, 300_000, 3)
                .Gaussian(70, 20, 9000, 3)
                .Noise(4, gain: 2)
        );
        CsvTable table = Run(file, [(40, 50), (90, 60)], "--radii", "3,6", "--gain", "2", "--set", "detector.saturation=20000");
        Assert.Equal("neighbour", table.Texts("flags")[0]);
        Assert.Equal("saturated", table.Texts("flags")[1]);
        // Half as bright, with its centre one pixel outside the circle of 6: a third of it falls in, a few per cent beyond 4 pixels.
        Assert.InRange(table.Reals("contamination_6")[0], 0.1, 0.25);
        Assert.InRange(table.Reals("contamination_3")[0], 0.0, 0.03);
        Assert.InRange(table.Reals("contamination_6")[1], 0.0, 0.001);
    }

    [Fact]
    public void Impossible_positions_keep_their_row_and_are_flagged()
    {
        string at = scratch.At("odd.csv");
        File.WriteAllText(at, "name,x,y\na,nan,nan\nb,,3\nc,-40,20\nd,0,0\ne,60,50\nf,60,50\ng,500,50\n");
        AlbireoRun run = AlbireoRun.Of("photometry", Picture(f => f.Noise(4)), "--at", at, "--radii", "5", "-o", scratch.At("t.csv"));
        Assert.True(run.Code == 0, run.ToString());
        CsvTable table = CsvTable.Read(scratch.At("t.csv"));
        Assert.Equal(["no_centroid", "no_centroid", "edge", "edge", "", "", "edge"], table.Texts("flags"));
        Assert.Equal(["", "", "", ""], table.Texts("sum_5")[..4]);
        Assert.Equal(table.Texts("sum_5")[4], table.Texts("sum_5")[5]);
        Assert.Contains("positions 4 and 5 are the same", run.Error);
    }

    [Fact]
    public void A_radius_larger_than_the_picture_gives_no_flux_but_a_flag()
    {
        CsvTable table = Run(Level(10), [(60, 50)], "--radii", "4,500");
        Assert.Equal("", table.Texts("sum_500")[0]);
        Assert.Equal(10 * Math.PI * 16, table.Reals("sum_4")[0], 1e-5);
        Assert.Equal("edge", table.Texts("flags")[0]);
    }

    [Fact]
    public void A_ring_inside_the_aperture_is_measured_and_remarked()
    {
        string at = Positions([(60, 50)]);
        AlbireoRun run = AlbireoRun.Of(
            "photometry",
            Picture(f => f.Noise(4)),
            "--at",
            at,
            "--radii",
            "12",
            "--annulus",
            "5,8",
            "-o",
            scratch.At("t.csv")
        );
        Assert.Equal(0, run.Code);
        Assert.Contains("inside the aperture of 12", run.Error);
    }

    [Theory]
    [InlineData("--annulus", "8,5")]
    [InlineData("--annulus", "8")]
    [InlineData("--radii", "0")]
    [InlineData("--radii", "3,x")]
    [InlineData("--gain", "-1")]
    [InlineData("--ratio", "0.5")]
    [InlineData("--residual", "r.fits")]
    public void A_wrong_option_is_one_sentence(string option, string value)
    {
        AlbireoRun run = AlbireoRun.Of("photometry", Level(1), "--at", Positions([(60, 50)]), "-o", scratch.At("t.csv"), option, value);
        Assert.Equal(2, run.Code);
        Assert.Contains(option, Assert.Single(run.Complaints));
    }

    [Fact]
    public void The_profile_of_a_picture_measures_touching_stars_and_leaves_nothing()
    {
        var field = new StarField(220, 220, seed: 83, sky: 200);
        for (int i = 0; i < 25; i++)
        {
            field.Gaussian(25 + (42 * (i % 5)) + (0.21 * i), 25 + (42 * (i / 5)) + (0.37 * (i % 7)), 30_000, 3);
        }
        field.Gaussian(47, 47, 20_000, 3).Gaussian(51, 47.5, 10_000, 3).Noise(4, gain: 2);
        string file = PictureFiles.Write(scratch.At("crowd.fits"), field.Image);
        string residual = scratch.At("left.fits");
        AlbireoRun run = AlbireoRun.Of("photometry", file, "--psf", "--gain", "2", "-o", scratch.At("psf.csv"), "--residual", residual);
        Assert.True(run.Code == 0, run.ToString());
        CsvTable table = CsvTable.Read(scratch.At("psf.csv"));
        Assert.Equal(27, table.Rows.Count);
        (double[] x, double[] y, double[] flux, double[] error) = (
            table.Reals("x"),
            table.Reals("y"),
            table.Reals("flux"),
            table.Reals("flux_error")
        );
        foreach ((double sx, double sy, double truth) in field.Stars)
        {
            int i = Enumerable.Range(0, x.Length).MinBy(k => Math.Abs(x[k] - sx) + Math.Abs(y[k] - sy));
            Assert.True(Math.Abs(x[i] - sx) < 0.1 && Math.Abs(y[i] - sy) < 0.1, $"({sx}, {sy}) became ({x[i]}, {y[i]})");
            // The profile is made of 25 stars of 30 000: its own error is about 1 % of a flux.
            Assert.True(Math.Abs(flux[i] - truth) < (4 * error[i]) + (0.02 * truth), $"{truth} became {flux[i]} ± {error[i]}");
        }
        Image left = PictureFiles.Read(residual);
        double rms = Math.Sqrt(left.Pixels.ToArray().Average(v => (double)v * v));
        Assert.InRange(rms, 9, 20); // the sky's own noise is 10.8
    }

    [Fact]
    public void A_profile_at_impossible_places_keeps_the_rows_and_says_why()
    {
        var field = new StarField(200, 200, seed: 84, sky: 200);
        for (int i = 0; i < 16; i++)
        {
            field.Gaussian(25 + (48 * (i % 4)) + (0.21 * i), 25 + (48 * (i / 4)), 30_000, 3);
        }
        string file = PictureFiles.Write(scratch.At("odd.fits"), field.Noise(4, gain: 2).Image);
        File.WriteAllText(scratch.At("odd.csv"), "x,y\n25,25\n25,25\n-30,5\nnan,3\n,\n1e300,2\n100,100\n");
        AlbireoRun run = AlbireoRun.Of(
            "photometry",
            file,
            "--psf",
            "--gain",
            "2",
            "--at",
            scratch.At("odd.csv"),
            "-o",
            scratch.At("odd.t.csv")
        );
        Assert.True(run.Code == 0, run.ToString());
        CsvTable table = CsvTable.Read(scratch.At("odd.t.csv"));
        Assert.Equal(["", "", "edge|no_centroid", "no_centroid", "no_centroid", "edge|no_centroid", ""], table.Texts("flags"));
        (double[] flux, double[] error) = (table.Reals("flux"), table.Reals("flux_error"));
        Assert.Equal(30_000, flux[0], 600.0);
        Assert.Equal(flux[0], flux[1]);
        Assert.All(flux[2..6], f => Assert.True(double.IsNaN(f)));
        Assert.InRange(flux[6], -4 * error[6], 4 * error[6]); // nothing is there
    }

    private string Level(double level)
    {
        var image = new Image(120, 100);
        image.Pixels.Fill((float)level);
        return PictureFiles.Write(scratch.At("level.fits"), image);
    }

    private string Picture(Action<StarField> paint)
    {
        var field = new StarField(120, 100, seed: 82, sky: 200);
        paint(field);
        return PictureFiles.Write(scratch.At("picture.fits"), field.Image);
    }

    private string Positions(IEnumerable<(double X, double Y)> positions)
    {
        string path = scratch.At("at.csv");
        File.WriteAllLines(path, ["x,y", .. positions.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X},{p.Y}"))]);
        return path;
    }

    private CsvTable Run(string file, IEnumerable<(double X, double Y)> positions, params string[] options)
    {
        string table = scratch.At("table.csv");
        AlbireoRun run = AlbireoRun.Of(["photometry", file, "--at", Positions(positions), "-o", table, .. options]);
        Assert.True(run.Code == 0, run.ToString());
        return CsvTable.Read(table);
    }
}
