using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>
/// IRAF's starfind as defined by photutils 1.6's IRAFStarFinder: peaks of the convolved picture, described by image moments. The
/// threshold is compared with the convolved picture as it is (not scaled by the kernel's noise), as in that version.
/// </summary>
public static class IrafStarFinder
{
    /// <summary>Finds stars.</summary>
    /// <param name="image">The picture, background taken off.</param>
    /// <param name="mask">Peaks on bad, cosmic-ray and undefined pixels are left out; their values still count, as in photutils.</param>
    /// <param name="options">Limits.</param>
    /// <param name="runner">Who runs the bands; the result does not depend on it.</param>
    /// <returns>Stars in row order, or the brightest first where a number is asked for; stars near undefined pixels are left out.</returns>
    public static IrafStar[] Find(Image image, PixelMask? mask, IrafOptions options, BandRunner? runner = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        var kernel = new StarFinderKernel(options.FwhmPixels, 1, 0, options.SigmaRadius);
        int separation = Math.Max(2, (int)((options.FwhmPixels * options.MinimumSeparationFwhm) + 0.5));
        var search = new PeakSearch(image, kernel, separation);
        var stars = new List<IrafStar>();
        foreach ((int x, int y) in search.Find(options.Threshold, mask, options.ExcludeBorder, runner ?? BandRunner.Serial))
        {
            if (Measure(image, search, kernel, x, y, options) is { } star)
            {
                stars.Add(star);
            }
        }
        return options.Brightest > 0 ? [.. stars.OrderByDescending(s => s.Flux).Take(options.Brightest)] : [.. stars];
    }

    private static IrafStar? Measure(Image image, PeakSearch search, StarFinderKernel kernel, int x, int y, IrafOptions options)
    {
        Span<double> box = new double[kernel.Width * kernel.Height];
        Fill(image, kernel, x, y, box);
        double sky = double.IsNaN(options.Sky) ? SkyAround(box, search, kernel, x, y) : options.Sky;
        (double sum, double sumX, double sumY, double peak, int count) = (0, 0, 0, 0, 0);
        for (int i = 0; i < box.Length; i++)
        {
            double value = kernel.Mask[i] ? Math.Max(0, box[i] - sky) : 0;
            box[i] = value;
            sum += value;
            sumX += value * (i % kernel.Width);
            sumY += value * (i / kernel.Width);
            peak = Math.Max(peak, value);
            count += value != 0 ? 1 : 0;
        }
        double centreX = sumX / sum;
        double centreY = sumY / sum;
        (double xx, double yy, double xy) = (0, 0, 0);
        for (int i = 0; i < box.Length; i++)
        {
            double dx = (i % kernel.Width) - centreX;
            double dy = (i / kernel.Width) - centreY;
            xx += box[i] * dx * dx;
            yy += box[i] * dy * dy;
            xy += box[i] * dx * dy;
        }
        (xx, yy, xy) = (xx / sum, yy / sum, xy / sum);
        double fwhm = 2 * Math.Sqrt(Math.Log(2) * (xx + yy));
        double sharpness = fwhm / kernel.Fwhm;
        double roundness = Math.Sqrt(((xx - yy) * (xx - yy)) + (4 * xy * xy)) / (xx + yy);
        bool accepted =
            count > 1
            && sharpness > options.SharpnessLow
            && sharpness < options.SharpnessHigh
            && roundness > options.RoundnessLow
            && roundness < options.RoundnessHigh
            && (double.IsNaN(options.PeakMaximum) || peak < options.PeakMaximum);
        if (!accepted)
        {
            return null;
        }
        double angle = 0.5 * Math.Atan2(2 * xy, xx - yy) * 180 / Math.PI;
        return new IrafStar(
            x - kernel.RadiusX + centreX,
            y - kernel.RadiusY + centreY,
            fwhm,
            sharpness,
            roundness,
            angle < 0 ? angle + 180 : angle,
            count,
            sky,
            peak,
            sum,
            -2.5 * Math.Log10(sum)
        );
    }

    // The kernel's box around a pixel; 0 outside the picture.
    internal static void Fill(Image image, StarFinderKernel kernel, int x, int y, Span<double> box)
    {
        for (int j = 0; j < kernel.Height; j++)
        {
            int row = y + j - kernel.RadiusY;
            for (int i = 0; i < kernel.Width; i++)
            {
                int column = x + i - kernel.RadiusX;
                bool inside = row >= 0 && row < image.Height && column >= 0 && column < image.Width;
                box[(j * kernel.Width) + i] = inside ? image[column, row] : 0;
            }
        }
    }

    // The mean of the box's corners that the kernel leaves free; where it leaves none, highest pixel less highest convolved pixel.
    private static double SkyAround(ReadOnlySpan<double> box, PeakSearch search, StarFinderKernel kernel, int x, int y)
    {
        double sum = 0;
        int count = 0;
        double highest = double.NegativeInfinity;
        double highestConvolved = double.NegativeInfinity;
        for (int i = 0; i < box.Length; i++)
        {
            if (!kernel.Mask[i])
            {
                sum += box[i];
                count++;
            }
            highest = Math.Max(highest, box[i]);
        }
        if (count > 0)
        {
            return sum / count;
        }
        for (int j = -kernel.RadiusY; j <= kernel.RadiusY; j++)
        {
            for (int i = -kernel.RadiusX; i <= kernel.RadiusX; i++)
            {
                highestConvolved = Math.Max(highestConvolved, search.Convolved(x + i, y + j));
            }
        }
        return highest - highestConvolved;
    }
}
