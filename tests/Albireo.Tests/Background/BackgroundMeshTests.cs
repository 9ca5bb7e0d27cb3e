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
