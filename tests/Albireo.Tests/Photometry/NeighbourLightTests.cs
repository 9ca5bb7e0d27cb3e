using Albireo.Science.Images;
using Albireo.Science.Photometry;

namespace Albireo.Tests.Photometry;

public class NeighbourLightTests
{
    [Theory]
    [InlineData(0, 3, 3, 2.5)]
    [InlineData(2, 3, 3, 2.5)]
    [InlineData(3, 3, 3, 4)]
    [InlineData(5, 4, 3, double.PositiveInfinity)]
    [InlineData(1, 6, 3, double.PositiveInfinity)]
    [InlineData(8, 2, 5, 3)]
    public void The_share_is_the_profiles_integral_over_the_circle(double distance, double radius, double fwhm, double beta)
    {
        // Sum over a fine grid: steps of 0.02 within the circle.
        const double Step = 0.02;
        double sum = 0;
        double alpha = double.IsInfinity(beta) ? 0 : fwhm / (2 * Math.Sqrt(Math.Pow(2, 1 / beta) - 1));
        for (double y = -radius + (Step / 2); y < radius; y += Step)
        {
            for (double x = -radius + (Step / 2); x < radius; x += Step)
            {
                if ((x * x) + (y * y) < radius * radius)
                {
                    double square = ((x - distance) * (x - distance)) + (y * y);
                    sum += double.IsInfinity(beta)
                        ? 4 * Math.Log(2) / (Math.PI * fwhm * fwhm) * Math.Pow(2, -4 * square / (fwhm * fwhm))
                        : (beta - 1) / (Math.PI * alpha * alpha) * Math.Pow(1 + (square / (alpha * alpha)), -beta);
                }
            }
        }
        sum *= Step * Step;
        Assert.Equal(sum, NeighbourLight.Share(distance, radius, fwhm, beta), 1e-3 * sum);
    }

    [Fact]
    public void A_close_companion_contaminates_and_is_flagged()
    {
        PixelPosition[] stars = [new(50, 50), new(56, 50), new(90, 50), new(double.NaN, 50), new(50, 50.5)];
        double[] fluxes = [1000, 4000, 500, 100, double.NaN];
        double[] contamination = new double[10];
        NeighbourLight.Estimate(stars, fluxes, [3, 8], 3, 4, contamination);
        double expected = 4 * NeighbourLight.Share(6, 3, 3, 4) / NeighbourLight.Share(0, 3, 3, 4);
        Assert.Equal(expected, contamination[0], 1e-12);
        Assert.Equal(expected / 16, contamination[2], 1e-12);
        Assert.True(contamination[1] > 3.5 && contamination[0] < 0.2);
        Assert.Equal(0, contamination[4]);
        Assert.True(double.IsNaN(contamination[6]) && double.IsNaN(contamination[8]));
        var flags = new FluxQuality[10];
        NeighbourLight.Flag(contamination, 0.02, flags);
        Assert.Equal([FluxQuality.Neighbour, FluxQuality.Neighbour, FluxQuality.None, FluxQuality.Neighbour, FluxQuality.None], flags[..5]);
    }

    [Fact]
    public void The_estimate_matches_a_picture_of_both_stars()
    {
        var image = new Image(80, 80);
        double alpha = 3 / (2 * Math.Sqrt(Math.Pow(2, 1 / 3.0) - 1));
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            double square = Math.Pow((i % 80) - 45.3, 2) + Math.Pow((i / 80) - 38.2, 2);
            image.Pixels[i] = (float)(10000 * 2 / (Math.PI * alpha * alpha) * Math.Pow(1 + (square / (alpha * alpha)), -3));
        }
        var target = new PixelPosition(39.3, 38.2);
        double light = ApertureSum.Measure(image, null, null, target, new CircularAperture(5)).Flux;
        Assert.Equal(light / 10000, NeighbourLight.Share(6, 5, 3, 3), 0.01);
    }
}
