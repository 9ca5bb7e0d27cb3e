using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Psf;

namespace Albireo.Tests.Psf;

public class PsfPhotometryTests
{
    private static readonly GaussianPsf Profile = new(3, 2.6, 20);

    [Fact]
    public void Fluxes_of_a_crowded_field_are_true_within_their_errors_and_only_noise_is_left()
    {
        var random = new SeededRandom(51);
        (Image image, List<(double X, double Y, double Flux)> truth) = Field(random, 180, 160, 5, 2);
        PixelPosition[] starts =
        [
            .. truth.Select(t => new PixelPosition(t.X + random.Uniform(-0.3, 0.3), t.Y + random.Uniform(-0.3, 0.3))),
        ];
        PsfPhotometryResult result = Measure(image, starts, new PsfPhotometryOptions { Gain = 2 });
        var pulls = new List<double>();
        for (int i = 0; i < truth.Count; i++)
        {
            PsfStar star = result.Stars[i];
            if (star.HasFlux)
            {
                pulls.Add((star.Flux - truth[i].Flux) / star.FluxError);
            }
        }
        Assert.True(pulls.Count >= 0.97 * truth.Count, $"{pulls.Count} of {truth.Count}, seed 51");
        pulls.Sort();
        double middle = (pulls[(int)(0.8413 * pulls.Count)] - pulls[(int)(0.1587 * pulls.Count)]) / 2;
        Assert.InRange(middle, 0.8, 1.2);
        Assert.InRange(pulls[pulls.Count / 2], -0.25, 0.25);
        Assert.True(result.Stars.Count(s => s.Group == result.Stars[0].Group) <= 8);
        Assert.True(truth.Count > result.Stars.Select(s => s.Group).Distinct().Count(), "no star has a neighbour");

        // Away from the brightest cores, whose photon noise is larger, the residual is the background's noise.
        float[] left = [.. result.Residual.Pixels];
        Array.Sort(left);
        double sigma = (left[(int)(0.8413 * left.Length)] - left[(int)(0.1587 * left.Length)]) / 2;
        Assert.InRange(sigma, 4.7, 6.5);
        Assert.Equal(0, left[left.Length / 2], 0.3);
    }

    [Fact]
    public void A_close_pair_is_taken_apart()
    {
        var image = new Image(60, 60);
        Draw(image, 30, 30, 10_000);
        Draw(image, 32.4, 30.5, 4000);
        PsfPhotometryResult result = Measure(image, [new(30.2, 29.8), new(32.2, 30.7)], new PsfPhotometryOptions());
        Assert.Equal(10_000, result.Stars[0].Flux, 2.0);
        Assert.Equal(4000, result.Stars[1].Flux, 2.0);
        Assert.Equal(32.4, result.Stars[1].X, 1e-3);
        Assert.Equal(result.Stars[0].Group, result.Stars[1].Group);
        Assert.True(result.Residual.Pixels.ToArray().Max(Math.Abs) < 0.5);
    }

    [Fact]
    public void Stars_that_cannot_be_fitted_say_so_and_harm_no_other()
    {
        var image = new Image(60, 60);
        Draw(image, 30, 30, 10_000);
        image[10, 10] = float.NaN;
        PixelPosition[] starts = [new(30, 30), new(-20, 5), new(double.NaN, 4), new(30.1, 30.1)];
        PsfPhotometryResult result = Measure(image, starts, new PsfPhotometryOptions { GroupSeparationPixels = 0.01 });
        Assert.False(result.Stars[1].HasFlux);
        Assert.False(result.Stars[2].HasFlux);
        Assert.Equal(4, result.Stars.Count);
        Assert.Empty(Measure(image, [], new PsfPhotometryOptions()).Stars);
        var nan = new Image(20, 20);
        nan.Pixels.Fill(float.NaN);
        Assert.False(Measure(nan, [new(10, 10)], new PsfPhotometryOptions()).Stars[0].HasFlux);
    }

    private static PsfPhotometryResult Measure(Image image, PixelPosition[] starts, PsfPhotometryOptions options) =>
        PsfPhotometry.Measure(image, (_, row) => row.Clear(), (_, row) => row.Fill(5), null, Profile, starts, options);

    private static (Image Image, List<(double X, double Y, double Flux)> Truth) Field(
        SeededRandom random,
        int side,
        int count,
        double noise,
        double gain
    )
    {
        var image = new Image(side, side);
        var truth = new List<(double X, double Y, double Flux)>();
        while (truth.Count < count)
        {
            (double x, double y) = (random.Uniform(5, side - 6), random.Uniform(5, side - 6));
            // Closer than 0.8 FWHM two stars are one.
            if (truth.TrueForAll(t => Math.Pow(t.X - x, 2) + Math.Pow(t.Y - y, 2) > 5.5))
            {
                truth.Add((x, y, 1500 * Math.Pow(20, random.Uniform())));
            }
        }
        foreach ((double x, double y, double flux) in truth)
        {
            Draw(image, x, y, flux);
        }
        foreach (ref float pixel in image.Pixels)
        {
            pixel += (float)(Math.Sqrt((noise * noise) + (pixel / gain)) * random.Normal());
        }
        return (image, truth);
    }

    private static void Draw(Image image, double x, double y, double flux)
    {
        for (int row = 0; row < image.Height; row++)
        {
            for (int column = 0; column < image.Width; column++)
            {
                image[column, row] += (float)(flux * Profile.At(column - x, row - y));
            }
        }
    }
}
