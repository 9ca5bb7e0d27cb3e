using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stages;
using Albireo.Science.Calibration;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Tests.Photometry;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>
/// The notebook of system 1 on one frame: recipe schmidt with compat against astropy and photutils 1.6, step by step
/// (reference/schmidt_frame.py).
/// </summary>
public class SchmidtFrameTests
{
    private const double Gain = 2;
    private static readonly int[] Radii = [3, 4, 5, 6, 8, 10, 12, 15, 20, 25];

    private static readonly Recipe Recipe = RecipeBinder.Bind([.. RecipeFile.Load("schmidt"), Setting.Parse("compat=true", "test")]);

    private static readonly (Image First, Image Second) Frames = Cut();

    [Fact]
    public void Source_mask_and_mesh_are_those_of_photutils()
    {
        string[] words = File.ReadLines(Path.Combine(Repository.Root, "reference", "schmidt_frame.csv")).First().Split(' ', ';');
        double Number(int fromEnd) => double.Parse(words[^fromEnd], System.Globalization.CultureInfo.InvariantCulture);
        bool[] mask = SourceMask.Make(Frames.First, Recipe.Detect.SourceMask);
        Assert.Equal(words[Array.IndexOf(words, "pixels") + 1], mask.Count(m => m).ToString());
        FoundStars found = Find(Frames.First);
        Assert.Equal(Number(2), found.Background!.MedianLevel, 1e-6 * Number(2));
        Assert.Equal(Number(1), found.Background.MedianRms, 1e-6 * Number(1));
    }

    [Fact]
    public void The_table_of_stars_is_that_of_IRAFStarFinder()
    {
        FoundStars found = Find(Frames.First);
        ReferenceRow[] rows = [.. Reference.Rows("schmidt_frame.csv")];
        Assert.Equal(rows.Length, found.Sources.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            Source star = found.Sources[i];
            Near(rows[i]["xcentroid"], star.X);
            Near(rows[i]["ycentroid"], star.Y);
            Near(rows[i]["fwhm"], star.Fwhm);
            Near(rows[i]["flux"], star.Flux);
            (string Ours, string Theirs)[] columns =
            [
                ("sharpness", "sharpness"),
                ("roundness", "roundness"),
                ("pa", "pa"),
                ("npix", "npix"),
                ("sky", "sky"),
                ("peak_above_sky", "peak"),
                ("mag", "mag"),
            ];
            foreach ((string ours, string theirs) in columns)
            {
                // The direction of an almost round star turns by a lot for the last bit of a pixel.
                double loose = ours == "pa" ? 0.3 / rows[i]["roundness"] : 1;
                Near(rows[i][theirs], found.Own.Single(c => c.Name == ours).Values[i], Math.Max(1, loose));
            }
        }
    }

    [Fact]
    public void Ten_apertures_and_their_errors_are_those_of_photutils()
    {
        FoundStars found = Find(Frames.First);
        ReferenceRow[] rows = [.. Reference.Rows("schmidt_frame.csv")];
        PixelPosition[] positions = [.. rows.Select(r => new PixelPosition(r["xcentroid"], r["ycentroid"]))];
        Assert.Equal(Radii.Select(r => (double)r), Recipe.Measure.Radii);
        var result = new FrameFluxes(positions.Length, [.. Recipe.Measure.Radii]);
        var sums = new ApertureSums
        {
            Image = Frames.First,
            Mask = null,
            Uncertainty = null,
            Raw = Frames.First,
            Background = found.Background,
            Detector = new DetectorParameters(Gain),
            Options = Recipe.Measure,
            Scratch = _ => new Image(Frames.First.Width, Frames.First.Height),
        };
        Assert.Null(sums.Annulus(1));
        sums.Measure(positions, null, result);
        int compared = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < Radii.Length; k++)
            {
                double flux = result.Flux[(i * Radii.Length) + k];
                // photutils sums what is left of an aperture at the border; here that is no flux.
                double border = Math.Min(Math.Min(positions[i].X, positions[i].Y) + 0.5, 255.5 - Math.Max(positions[i].X, positions[i].Y));
                Assert.Equal(border < Radii[k], double.IsNaN(flux));
                if (border >= Radii[k])
                {
                    double error = rows[i][$"error_{Radii[k]}"];
                    // Pixels less their sky are floats here, doubles there: 3e-5 of rounding at a sky of 1000, in each of them.
                    double rounding = 4e-5 * Math.Sqrt(Math.PI) * Radii[k];
                    Assert.Equal(rows[i][$"sum_{Radii[k]}"], flux, (1e-6 * Math.Max(Math.Abs(flux), error)) + rounding);
                    Assert.Equal(error, result.FluxError[(i * Radii.Length) + k], 1e-6 * error);
                    compared++;
                }
            }
        }
        Assert.True(compared > 300, $"{compared} compared");
    }

    [Fact]
    public void The_right_error_is_smaller_and_the_recipe_without_compat_has_it()
    {
        Recipe right = RecipeBinder.Bind([.. RecipeFile.Load("schmidt")]);
        Assert.Equal(Science.Photometry.FluxErrorRule.FractionSquared, right.Measure.ErrorRule);
        Assert.False(right.Match.Votes.IndependentAxes);
        Assert.Equal(Science.Photometry.FluxErrorRule.Fraction, Recipe.Measure.ErrorRule);
        Assert.True(Recipe.Match.Votes.IndependentAxes);
    }

    [Fact]
    public void The_shift_is_that_of_the_two_histograms()
    {
        ReferenceRow expected = Reference.Rows("schmidt_shift.csv").Single();
        PixelPosition[] first = [.. Find(Frames.First).Sources.Select(s => new PixelPosition(s.X, s.Y))];
        PixelPosition[] second = [.. Find(Frames.Second).Sources.Select(s => new PixelPosition(s.X, s.Y))];
        Assert.Equal(expected["stars"], second.Length);
        ShiftVote? vote = ShiftVoting.Find(first, second, Recipe.Match.Votes, out string reason);
        Assert.Equal("", reason);
        Assert.Equal(expected["coarse_x"], vote!.Value.CoarseX, 1e-9);
        Assert.Equal(expected["coarse_y"], vote.Value.CoarseY, 1e-9);
        Assert.Equal(expected["x"], vote.Value.X, 1e-6);
        Assert.Equal(expected["y"], vote.Value.Y, 1e-6);
        Assert.Equal(expected["pairs"], vote.Value.Votes);
    }

    private static FoundStars Find(Image image) =>
        FindStars.In(image, null, image, double.NaN, Recipe.Detect, () => new Image(image.Width, image.Height), BandRunner.Serial);

    private static (Image, Image) Cut()
    {
        (Image whole, _) = SyntheticField.Make(268, 270, 55, 21);
        return (Part(whole, 0, 0), Part(whole, 5, 7));
    }

    private static Image Part(Image whole, int x, int y)
    {
        var part = new Image(256, 256);
        for (int row = 0; row < 256; row++)
        {
            whole.Row(y + row).Slice(x, 256).CopyTo(part.Row(row));
        }
        return part;
    }

    private static void Near(double expected, double found, double loose = 1) =>
        Assert.Equal(expected, found, loose * 1e-6 * Math.Max(1, Math.Abs(expected)));
}
