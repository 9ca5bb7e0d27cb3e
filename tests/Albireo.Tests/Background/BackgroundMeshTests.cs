using Albireo.Science.Background;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Tests.Photometry;
using Albireo.Tests.Support;

namespace Albireo.Tests.Background;

public class BackgroundMeshTests
{
    [Fact]
    public void Meshes_and_maps_agree_with_photutils()
    {
        string key = "";
        BackgroundMap? map = null;
        Image? level = null;
        Image? rms = null;
        int compared = 0;
        foreach (ReferenceRow row in Reference.Rows("background_mesh.csv"))
        {
            string[] names =
            [
                "width",
                "height",
                "stars",
                "box",
                "filter",
                "estimator",
                "spread",
                "clip",
                "exclude",
                "mask_above",
                "interpolation",
            ];
            string found = string.Join(' ', names.Select(row.Text));
            if (found != key)
            {
                (key, map) = (found, Measure(row));
                level = map.LevelImage();
                rms = map.RmsImage();
            }
            (double a, double b) = row.Text("what") switch
            {
                "median" => (map!.MedianLevel, map.MedianRms),
                "mesh" => (
                    map!.LevelMesh[((int)row["y"] * map.MeshColumns) + (int)row["x"]],
                    map.RmsMesh[((int)row["y"] * map.MeshColumns) + (int)row["x"]]
                ),
                _ => (level![(int)row["x"], (int)row["y"]], rms![(int)row["x"], (int)row["y"]]),
            };
            string where = $"{key}: {row.Text("what")} {row.Text("x")}, {row.Text("y")}";
            // Maps are floats (6e-8); meshes are doubles.
            double tolerance = row.Text("what") is "map" or "spline" ? 2e-7 : 1e-10;
            Assert.True(Math.Abs(a - row["level"]) <= tolerance * row["level"], $"{where}: {a} for {row["level"]}");
            Assert.True(Math.Abs(b - row["rms"]) <= tolerance * row["rms"], $"{where}: rms {b} for {row["rms"]}");
            if (row.Text("what") is "map" or "spline")
            {
                Assert.Equal(a, map!.LevelAt(row["x"], row["y"]), 1e-7 * a);
                Assert.Equal(b, map!.RmsAt(row["x"], row["y"]), 1e-7 * b);
            }
            compared++;
        }
        Assert.True(compared > 500);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_order_of_bands()
    {
        (Image image, _) = SyntheticField.Make(150, 130, 30, 5);
        var forth = BackgroundMesh.Measure(image, null, new BackgroundOptions { BoxSize = 20 });
        var back = BackgroundMesh.Measure(image, null, new BackgroundOptions { BoxSize = 20 }, new Backwards());
        Assert.Equal(forth.LevelMesh.ToArray(), back.LevelMesh.ToArray());
        Assert.Equal(forth.RmsMesh.ToArray(), back.RmsMesh.ToArray());
        Assert.Equal(forth.LevelImage().Pixels.ToArray(), back.LevelImage(new Backwards()).Pixels.ToArray());
    }

    [Theory]
    [InlineData(BackgroundInterpolation.Bicubic)]
    [InlineData(BackgroundInterpolation.InverseDistance)]
    public void A_constant_sky_comes_back_whatever_is_masked(BackgroundInterpolation interpolation)
    {
        var image = new Image(130, 70);
        image.Pixels.Fill(321.5f);
        var mask = new PixelMask(130, 70);
        var random = new SeededRandom(3);
        for (int i = 0; i < 3000; i++)
        {
            int at = random.Below(130 * 70);
            image.Pixels[at] = i % 2 == 0 ? float.NaN : 1e6f;
            mask.Flags[at] = PixelQuality.Saturated;
        }
        var options = new BackgroundOptions
        {
            BoxSize = 16,
            ExcludePercentile = 30,
            Interpolation = interpolation,
        };
        var map = BackgroundMesh.Measure(image, mask, options);
        Assert.Contains(false, map.Measured.ToArray());
        foreach (float level in map.LevelImage().Pixels)
        {
            Assert.Equal(321.5f, level);
        }
        Assert.Equal((321.5, 0.0), (map.MedianLevel, map.MedianRms));
        Image rest = map.Subtracted(image);
        Assert.True(rest.Pixels.ToArray().Zip(image.Pixels.ToArray()).All(p => p.First.Equals(p.Second - 321.5f)));
        Assert.Equal((321.5, 0.0), (map.LevelAt(129.4, -0.3), map.RmsAt(1e9, -1e9)));
    }

    [Fact]
    public void The_spline_runs_through_the_mesh_and_follows_a_gradient()
    {
        var image = new Image(320, 256);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = 500 + (0.5f * (i % 320)) - (0.25f * (i / 320));
        }
        var map = BackgroundMesh.Measure(image, null, new BackgroundOptions { BoxSize = 32, FilterSize = 1 });
        for (int row = 0; row < map.MeshRows; row++)
        {
            for (int column = 0; column < map.MeshColumns; column++)
            {
                double value = map.LevelMesh[(row * map.MeshColumns) + column];
                Assert.Equal(value, map.LevelAt((32 * column) + 15.5, (32 * row) + 15.5), 1e-9);
            }
        }
        // Away from the mirrored borders a plane is a plane.
        Assert.Equal(500 + (0.5 * 170) - (0.25 * 130), map.LevelAt(170, 130), 0.01);
    }

    [Fact]
    public void Sources_that_are_masked_do_not_raise_the_sky()
    {
        (Image image, _) = SyntheticField.Make(128, 128, 0, 2);
        var clean = BackgroundMesh.Measure(image, null, new BackgroundOptions { BoxSize = 32 });
        bool[] sources = new bool[128 * 128];
        for (int i = 0; i < sources.Length; i++)
        {
            // A galaxy that fills a third of the picture.
            int square = (((i % 128) - 64) * ((i % 128) - 64)) + (((i / 128) - 64) * ((i / 128) - 64));
            sources[i] = square < 40 * 40;
            image.Pixels[i] += sources[i] ? 300 : 0;
        }
        var masked = BackgroundMesh.Measure(image, null, sources, new BackgroundOptions { BoxSize = 32, ExcludePercentile = 60 });
        Assert.InRange(masked.MedianLevel - clean.MedianLevel, -3, 3);
        Assert.True(
            BackgroundMesh.Measure(image, null, new BackgroundOptions { BoxSize = 32 }).LevelAt(64, 64) > clean.LevelAt(64, 64) + 100
        );
    }

    [Fact]
    public void A_frame_without_sky_is_refused_in_a_sentence()
    {
        var image = new Image(100, 100);
        image.Pixels.Fill(float.NaN);
        var refused = Assert.Throws<EmptyBackgroundException>(() => BackgroundMesh.Measure(image, null, new BackgroundOptions()));
        Assert.Contains("No sky", refused.Message);
        var mask = new PixelMask(100, 100);
        mask.Flags.Fill(PixelQuality.Saturated);
        image.Pixels.Fill(65535);
        Assert.Throws<EmptyBackgroundException>(() =>
            BackgroundMesh.Measure(image, mask, new BackgroundOptions { ExcludePercentile = 100 })
        );
        Assert.Throws<ArgumentException>(() => BackgroundMesh.Measure(image, new PixelMask(100, 99), new BackgroundOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundOptions { FilterSize = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundOptions { BoxSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundOptions { ExcludePercentile = 101 });
    }

    [Fact]
    public void A_picture_smaller_than_a_box_is_one_box()
    {
        var image = new Image(5, 3);
        image.Pixels.Fill(2);
        var map = BackgroundMesh.Measure(image, null, new BackgroundOptions());
        Assert.Equal((1, 1, 5, 3), (map.MeshColumns, map.MeshRows, map.BoxWidth, map.BoxHeight));
        Assert.Equal(2, map.LevelAt(4, 2));
        Assert.Throws<ArgumentException>(() => map.LevelRow(0, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.RmsRow(3, new float[5]));
    }

    private sealed class Backwards : BandRunner
    {
        protected override void RunBands(int count, Action<int> band)
        {
            for (int i = count - 1; i >= 0; i--)
            {
                band(i);
            }
        }
    }

    private static BackgroundMap Measure(ReferenceRow row)
    {
        (Image image, _) = SyntheticField.Make((int)row["width"], (int)row["height"], (int)row["stars"], 7);
        PixelMask? mask = null;
        if (row["mask_above"] > 0)
        {
            mask = new PixelMask(image.Width, image.Height);
            for (int i = 0; i < image.Pixels.Length; i++)
            {
                mask.Flags[i] = image.Pixels[i] > row["mask_above"] ? PixelQuality.BadPixel : PixelQuality.None;
            }
        }
        var options = new BackgroundOptions
        {
            BoxSize = (int)row["box"],
            FilterSize = (int)row["filter"],
            Estimator = Enum.Parse<BackgroundEstimator>(row.Text("estimator")),
            Spread = Enum.Parse<BackgroundSpread>(row.Text("spread")),
            Clip =
                row["clip"] > 0
                    ? new ClipOptions
                    {
                        SigmaLow = row["clip"],
                        SigmaHigh = row["clip"],
                        MaxIterations = 10,
                    }
                    : null,
            ExcludePercentile = row["exclude"],
            Interpolation = Enum.Parse<BackgroundInterpolation>(row.Text("interpolation")),
        };
        return BackgroundMesh.Measure(image, mask, options);
    }
}
