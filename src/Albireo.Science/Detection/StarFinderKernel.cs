using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>
/// The density-enhancement kernel of DAOFIND (Stetson 1987, PASP 99, 191) as photutils 1.6 builds it: a truncated elliptical
/// Gaussian with its mean taken off, scaled so that the convolved picture is the amplitude of the best-fitting Gaussian.
/// </summary>
internal sealed class StarFinderKernel
{
    public StarFinderKernel(double fwhm, double ratio, double angleDegrees, double sigmaRadius)
    {
        Require.Positive(fwhm);
        Require.Positive(sigmaRadius);
        Fwhm = fwhm;
        SigmaX = fwhm / MatchedFilter.GaussianFwhm;
        SigmaY = SigmaX * ratio;
        double angle = angleDegrees * Math.PI / 180;
        (double c, double s) = (Math.Cos(angle), Math.Sin(angle));
        (double xx, double yy) = (SigmaX * SigmaX, SigmaY * SigmaY);
        double a = (c * c / (2 * xx)) + (s * s / (2 * yy));
        double b = 0.5 * c * s * ((1 / xx) - (1 / yy));
        double d = (s * s / (2 * xx)) + (c * c / (2 * yy));
        double limit = sigmaRadius * sigmaRadius / 2;
        double determinant = (a * d) - (b * b);
        RadiusX = (int)Math.Max(2, Math.Sqrt(d * limit / determinant));
        RadiusY = (int)Math.Max(2, Math.Sqrt(a * limit / determinant));
        Gaussian = new double[Width * Height];
        Mask = new bool[Width * Height];
        Weights = new double[Width * Height];
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < Height; j++)
        {
            for (int i = 0; i < Width; i++)
            {
                double x = i - RadiusX;
                double y = j - RadiusY;
                double ellipse = (a * x * x) + (2 * b * x * y) + (d * y * y);
                int at = (j * Width) + i;
                Mask[at] = ellipse <= limit || Math.Sqrt((x * x) + (y * y)) <= 2;
                Gaussian[at] = Math.Exp(-ellipse);
                if (Mask[at])
                {
                    PixelCount++;
                    sum += Gaussian[at];
                    squares += Gaussian[at] * Gaussian[at];
                }
            }
        }
        double denominator = squares - (sum * sum / PixelCount);
        RelativeError = 1 / Math.Sqrt(denominator);
        for (int i = 0; i < Weights.Length; i++)
        {
            Weights[i] = Mask[i] ? (Gaussian[i] - (sum / PixelCount)) / denominator : 0;
        }
    }

    public double Fwhm { get; }

    public double SigmaX { get; }

    public double SigmaY { get; }

    public int RadiusX { get; }

    public int RadiusY { get; }

    public int Width => (2 * RadiusX) + 1;

    public int Height => (2 * RadiusY) + 1;

    /// <summary>Pixels inside the truncation.</summary>
    public int PixelCount { get; }

    /// <summary>Noise of the convolved picture in units of a pixel's.</summary>
    public double RelativeError { get; }

    /// <summary>Which pixels of the box the kernel covers.</summary>
    public bool[] Mask { get; }

    /// <summary>The Gaussian of peak 1 over the whole box.</summary>
    public double[] Gaussian { get; }

    /// <summary>The kernel of zero sum.</summary>
    public double[] Weights { get; }
}
