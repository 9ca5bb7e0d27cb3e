using Albireo.Science.Images;
using Albireo.Science.Simulation;

namespace Albireo.Tests.Simulation;

public sealed class StarPainterTests
{
    public static TheoryData<PsfShape, double, double, double> Profiles =>
        new()
        {
            { PsfShape.Gaussian, 2.0, 1, 3 },
            { PsfShape.Gaussian, 4.5, 0.7, 3 },
            { PsfShape.Moffat, 2.2, 1, 3 },
            { PsfShape.Moffat, 3.5, 0.8, 2.5 },
            { PsfShape.Moffat, 3.5, 1, 4 },
            { PsfShape.Moffat, 5, 1, 3.3 },
        };

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_pixel_holds_the_integral_over_its_area(PsfShape shape, double fwhm, double ratio, double beta)
    {
        var psf = new PointSpread
        {
            Shape = shape,
            FwhmPixels = fwhm,
            AxisRatio = ratio,
            AngleDegrees = 30,
            MoffatBeta = beta,
        };
        var painter = new StarPainter(psf);
        var picture = new Image(61, 61);
        var centre = new PixelPosition(30.31, 29.77);
        painter.Add(picture, centre, 1, 40);
        const int fine = 160;
        foreach ((int x, int y) in new[] { (30, 30), (31, 28), (27, 33), (36, 30), (30, 40), (48, 44), (55, 30) })
        {
            double sum = 0;
            for (int j = 0; j < fine; j++)
            {
                for (int i = 0; i < fine; i++)
                {
                    sum += painter.At(x - centre.X + ((i + 0.5) / fine) - 0.5, y - centre.Y + ((j + 0.5) / fine) - 0.5);
                }
            }
            Assert.True(
                Math.Abs((sum / fine / fine) - picture[x, y]) < 2e-5 * painter.Peak,
                $"({x}, {y}): {picture[x, y]}, integral {sum / fine / fine}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Flux_is_that_of_the_plane_and_the_width_is_the_fwhm(PsfShape shape, double fwhm, double ratio, double beta)
    {
        var psf = new PointSpread
        {
            Shape = shape,
            FwhmPixels = fwhm,
            AxisRatio = ratio,
            MoffatBeta = beta,
        };
        var painter = new StarPainter(psf);
        Assert.Equal(painter.Peak / 2, painter.At(fwhm / 2, 0), 1e-12);
        Assert.Equal(painter.Peak / 2, painter.At(0, ratio * fwhm / 2), 1e-12);
        Assert.Equal(painter.Peak * 1000 / 7, painter.At(painter.RadiusTo(1000, painter.Peak * 1000 / 7), 0) * 1000, 1e-9);
        var picture = new Image(401, 401);
        painter.Add(picture, new PixelPosition(200.2, 199.6), 1000, 200);
        double sum = 0;
        foreach (float value in picture.Pixels)
        {
            sum += value;
        }
        // What a Moffat profile keeps outside of the radius: (1 + r²/α²)^(1 − β).
        double alpha = fwhm / 2 / Math.Sqrt(Math.Pow(2, 1 / beta) - 1);
        double outside = shape == PsfShape.Gaussian ? 0 : Math.Pow(1 + (200 * 200 / (alpha * alpha)), 1 - beta);
        Assert.InRange(sum / 1000, 1 - (1.01 * outside) - 3e-5, 1 - (0.3 * outside) + 3e-5);
    }
}
