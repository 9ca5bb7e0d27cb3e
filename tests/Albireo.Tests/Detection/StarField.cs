using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Detection;

/// <summary>Pictures with stars of known place and flux, for tests of finding, centring and fitting.</summary>
internal sealed class StarField
{
    private readonly SeededRandom random;

    public StarField(int width, int height, ulong seed, double sky = 0)
    {
        Seed = seed;
        random = new SeededRandom(seed);
        Image = new Image(width, height);
        Image.Pixels.Fill((float)sky);
    }

    public ulong Seed { get; }

    public Image Image { get; }

    public SeededRandom Random => random;

    public List<(double X, double Y, double Flux)> Stars { get; } = [];

    /// <summary>Adds a Gaussian star, integrated over pixels.</summary>
    public StarField Gaussian(double x, double y, double flux, double fwhm)
    {
        double sigma = fwhm / MatchedFilter.GaussianFwhm;
        int radius = (int)Math.Ceiling(6 * sigma) + 1;
        int left = (int)Math.Round(x) - radius;
        int top = (int)Math.Round(y) - radius;
        double[] columns = Profile(x - left, sigma, radius);
        double[] rows = Profile(y - top, sigma, radius);
        Add(left, top, (2 * radius) + 1, (i, j) => flux * columns[i] * rows[j]);
        Stars.Add((x, y, flux));
        return this;
    }

    /// <summary>Adds a Moffat star, elliptical and rotated, sampled 5 × 5 within each pixel.</summary>
    public StarField Moffat(double x, double y, double flux, double fwhmMajor, double fwhmMinor, double angleDegrees, double beta)
    {
        double k = 2 * Math.Sqrt(Math.Pow(2, 1 / beta) - 1);
        (double a, double b) = (fwhmMajor / k, fwhmMinor / k);
        double norm = flux * (beta - 1) / (Math.PI * a * b);
        (double c, double s) = (Math.Cos(angleDegrees * Math.PI / 180), Math.Sin(angleDegrees * Math.PI / 180));
        int radius = (int)Math.Ceiling(6 * fwhmMajor);
        int left = (int)Math.Round(x) - radius;
        int top = (int)Math.Round(y) - radius;
        Add(
            left,
            top,
            (2 * radius) + 1,
            (i, j) =>
            {
                double sum = 0;
                for (int v = -2; v <= 2; v++)
                {
                    for (int u = -2; u <= 2; u++)
                    {
                        double dx = left + i + (u / 5.0) - x;
                        double dy = top + j + (v / 5.0) - y;
                        double p = ((c * dx) + (s * dy)) / a;
                        double q = ((c * dy) - (s * dx)) / b;
                        sum += Math.Pow(1 + (p * p) + (q * q), -beta);
                    }
                }
                return norm * sum / 25;
            }
        );
        Stars.Add((x, y, flux));
        return this;
    }

    /// <summary>Adds Gaussian stars at random places, fluxes spread evenly in magnitude.</summary>
    public StarField Scatter(int count, double faintest, double brightest, double fwhm, double border = 8)
    {
        for (int i = 0; i < count; i++)
        {
            Gaussian(
                random.Uniform(border, Image.Width - 1 - border),
                random.Uniform(border, Image.Height - 1 - border),
                faintest * Math.Pow(brightest / faintest, random.Uniform()),
                fwhm
            );
        }
        return this;
    }

    /// <summary>Adds Gaussian noise; with a gain also the photon noise of what is above zero.</summary>
    public StarField Noise(double sigma, double gain = 0)
    {
        foreach (ref float pixel in Image.Pixels)
        {
            double variance = (sigma * sigma) + (gain > 0 ? Math.Max(0, pixel) / gain : 0);
            pixel += (float)(Math.Sqrt(variance) * random.Normal());
        }
        return this;
    }

    private void Add(int left, int top, int side, Func<int, int, double> value)
    {
        for (int j = Math.Max(0, -top); j < side && top + j < Image.Height; j++)
        {
            for (int i = Math.Max(0, -left); i < side && left + i < Image.Width; i++)
            {
                Image[left + i, top + j] += (float)value(i, j);
            }
        }
    }

    // Share of a unit Gaussian in each pixel, by 16 midpoints a pixel.
    private static double[] Profile(double centre, double sigma, int radius)
    {
        var shares = new double[(2 * radius) + 1];
        for (int i = 0; i < shares.Length; i++)
        {
            for (int k = 0; k < 16; k++)
            {
                double d = (i - 0.5 + ((k + 0.5) / 16) - centre) / sigma;
                shares[i] += Math.Exp(-0.5 * d * d) / (16 * sigma * Math.Sqrt(2 * Math.PI));
            }
        }
        return shares;
    }
}
