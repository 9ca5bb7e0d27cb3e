using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>DAOFIND (Stetson 1987, PASP 99, 191) as defined by photutils 1.6's DAOStarFinder.</summary>
public static class DaoStarFinder
{
    /// <summary>Finds stars.</summary>
    /// <param name="image">The picture, background taken off.</param>
    /// <param name="mask">Peaks on bad, cosmic-ray and undefined pixels are left out; their values still count, as in photutils.</param>
    /// <param name="options">Limits.</param>
    /// <param name="runner">Who runs the bands; the result does not depend on it.</param>
    /// <returns>Stars in row order, or the brightest first where a number is asked for; stars near undefined pixels are left out.</returns>
    public static DaoStar[] Find(Image image, PixelMask? mask, DaoOptions options, BandRunner? runner = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        var kernel = new StarFinderKernel(options.FwhmPixels, options.Ratio, options.AngleDegrees, options.SigmaRadius);
        double threshold = options.Threshold * kernel.RelativeError;
        var search = new PeakSearch(image, kernel, 0);
        var stars = new List<DaoStar>();
        var along = new MarginalFit(kernel, true);
        var across = new MarginalFit(kernel, false);
        double[] box = new double[kernel.Width * kernel.Height];
        foreach ((int x, int y) in search.Find(threshold, mask, options.ExcludeBorder, runner ?? BandRunner.Serial))
        {
            IrafStarFinder.Fill(image, kernel, x, y, box);
            (double dx, double hx) = along.Fit(box);
            (double dy, double hy) = across.Fit(box);
            double convolvedPeak = search.Convolved(x, y);
            double centre = box[box.Length / 2];
            double sharpness = Sharpness(box, kernel, centre, convolvedPeak);
            double roundness1 = Roundness1(search, kernel, x, y);
            double roundness2 = 2 * (hx - hy) / (hx + hy);
            double peak = centre - options.Sky;
            bool accepted =
                !double.IsNaN(dx + dy + hx + hy)
                && sharpness > options.SharpnessLow
                && sharpness < options.SharpnessHigh
                && roundness1 > options.RoundnessLow
                && roundness1 < options.RoundnessHigh
                && roundness2 > options.RoundnessLow
                && roundness2 < options.RoundnessHigh
                && (double.IsNaN(options.PeakMaximum) || peak < options.PeakMaximum);
            if (accepted)
            {
                double flux = (convolvedPeak / threshold) - (options.Sky * box.Length);
                double magnitude = flux > 0 ? -2.5 * Math.Log10(flux) : double.NaN;
                stars.Add(new DaoStar(x + dx, y + dy, sharpness, roundness1, roundness2, box.Length, options.Sky, peak, flux, magnitude));
            }
        }
        return options.Brightest > 0 ? [.. stars.OrderByDescending(s => s.Flux).Take(options.Brightest)] : [.. stars];
    }

    private static double Sharpness(ReadOnlySpan<double> box, StarFinderKernel kernel, double centre, double convolvedPeak)
    {
        double sum = 0;
        for (int i = 0; i < box.Length; i++)
        {
            sum += kernel.Mask[i] ? box[i] : 0;
        }
        return (centre - ((sum - centre) / (kernel.PixelCount - 1))) / convolvedPeak;
    }

    // Quadrants of the convolved box, each with one of the half-axes: twofold against fourfold symmetry.
    private static double Roundness1(PeakSearch search, StarFinderKernel kernel, int x, int y)
    {
        (double two, double four) = (0, 0);
        for (int j = -kernel.RadiusY; j <= kernel.RadiusY; j++)
        {
            for (int i = -kernel.RadiusX; i <= kernel.RadiusX; i++)
            {
                if (i == 0 && j == 0)
                {
                    continue;
                }
                double value = search.Convolved(x + i, y + j);
                four += Math.Abs(value);
                two += j <= 0 && i > 0 ? -value : 0;
                two += j < 0 && i <= 0 ? value : 0;
                two += j >= 0 && i < 0 ? -value : 0;
                two += j > 0 && i >= 0 ? value : 0;
            }
        }
        return 2 * two / four;
    }

    // A one-dimensional Gaussian of the kernel's shape, fitted to the box summed along one axis under triangular weights.
    private sealed class MarginalFit
    {
        private readonly StarFinderKernel kernel;
        private readonly bool alongX;
        private readonly int size;
        private readonly int centre;
        private readonly double sigma;
        private readonly double[] kernelSums;
        private readonly double weightSum;
        private readonly double kernelSum;
        private readonly double kernelSquares;
        private readonly double slopeSum;
        private readonly double slopeSquares;
        private readonly double kernelSlope;

        public MarginalFit(StarFinderKernel kernel, bool alongX)
        {
            this.kernel = kernel;
            this.alongX = alongX;
            size = alongX ? kernel.Width : kernel.Height;
            centre = size / 2;
            sigma = alongX ? kernel.SigmaX : kernel.SigmaY;
            kernelSums = Marginal(kernel.Gaussian);
            for (int i = 0; i < size; i++)
            {
                double slope = kernelSums[i] * (centre - i);
                weightSum += Weight(i);
                kernelSum += kernelSums[i] * Weight(i);
                kernelSquares += kernelSums[i] * kernelSums[i] * Weight(i);
                slopeSum += slope * Weight(i);
                slopeSquares += slope * slope * Weight(i);
                kernelSlope += kernelSums[i] * slope * Weight(i);
            }
        }

        /// <summary>Shift of the centre from the central pixel and height; NaN where the height is not positive.</summary>
        public (double Shift, double Height) Fit(double[] box)
        {
            double[] data = Marginal(box);
            (double sum, double dataKernel, double dataSlope, double moment) = (0, 0, 0, 0);
            for (int i = 0; i < size; i++)
            {
                double weighted = data[i] * Weight(i);
                sum += weighted;
                dataKernel += weighted * kernelSums[i];
                dataSlope += weighted * kernelSums[i] * (centre - i);
                moment += weighted * (alongX ? centre - i : i - centre);
            }
            double numerator = dataKernel - (sum * kernelSum / weightSum);
            double denominator = kernelSquares - (kernelSum * kernelSum / weightSum);
            if (!(numerator > 0) || !(denominator > 0))
            {
                return (double.NaN, double.NaN);
            }
            double height = numerator / denominator;
            double shift = (kernelSlope - (dataSlope - (slopeSum * sum))) / (height * slopeSquares / (sigma * sigma));
            double half = size / 2.0;
            if (Math.Abs(shift) > half)
            {
                shift = sum == 0 ? 0 : moment / sum;
                shift = Math.Abs(shift) > half ? 0 : shift;
            }
            return (shift, height);
        }

        private double Weight(int i) => centre - Math.Abs(i - centre) + 1;

        private double[] Marginal(double[] box)
        {
            var sums = new double[size];
            int otherCentre = alongX ? kernel.RadiusY : kernel.RadiusX;
            for (int j = 0; j < kernel.Height; j++)
            {
                for (int i = 0; i < kernel.Width; i++)
                {
                    int other = alongX ? j : i;
                    sums[alongX ? i : j] += box[(j * kernel.Width) + i] * (otherCentre - Math.Abs(other - otherCentre) + 1);
                }
            }
            return sums;
        }
    }
}
