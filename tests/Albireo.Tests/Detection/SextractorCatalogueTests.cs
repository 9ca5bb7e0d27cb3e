using System.Globalization;
using Albireo.Fits;
using Albireo.Science.Background;
using Albireo.Science.Centroids;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Detection;

/// <summary>The picture and the catalogue that SExtractor made of it, from SEP's test suite.</summary>
public class SextractorCatalogueTests
{
    [Fact]
    public void Stars_of_the_catalogue_are_found_where_it_says()
    {
        string folder = Repository.Shared("fits-zoo", "sep_ref", "data");
        Image image = Read(Path.Combine(folder, "image.fits"));
        Image level = Read(Path.Combine(folder, "back.fits"));
        Image noise = Read(Path.Combine(folder, "rms.fits"));
        Source[] found = SegmentFinder.Find(
            image,
            (y, row) => level.Row(y).CopyTo(row),
            (y, row) => noise.Row(y).CopyTo(row),
            null,
            null,
            double.NaN,
            new DetectionOptions()
        );
        int stars = 0;
        int windowed = 0;
        foreach (string line in File.ReadLines(Path.Combine(folder, "image.cat")).Where(l => !l.StartsWith('#')))
        {
            double[] v =
            [
                .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => double.Parse(t, CultureInfo.InvariantCulture)),
            ];
            (double x, double y, double flux, double error, double flags) = (v[3] - 1, v[4] - 1, v[15], v[16], v[^1]);
            // Only a quarter of SExtractor's sources are told from their neighbours (its catalogue was made without deblending).
            if (flags != 0 || flux < 15 * error || v[18] <= 0.5)
            {
                continue;
            }
            stars++;
            Source nearest = found.MinBy(s => Math.Pow(s.X - x, 2) + Math.Pow(s.Y - y, 2));
            double far = Math.Sqrt(Math.Pow(nearest.X - x, 2) + Math.Pow(nearest.Y - y, 2));
            Assert.True(far < 1.0, $"({x:F2}, {y:F2}), flux {flux}: nearest at {far:F2}");
            // Its window is the half-light radius / 1.17; ours the same width here.
            double sigma = v[18] * 2 / MatchedFilter.GaussianFwhm;
            Centroid c = WindowedCentroid.Refine(image, level[(int)x, (int)y], new PixelPosition(nearest.X, nearest.Y), sigma, 2);
            windowed += c.Converged && Math.Abs(c.X - x) < 0.06 && Math.Abs(c.Y - y) < 0.06 ? 1 : 0;
        }
        Assert.True(stars >= 15, $"{stars} stars");
        Assert.True(windowed >= 0.9 * stars, $"{windowed} of {stars} windowed centres agree");
    }

    private static Image Read(string path)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage hdu = file.FirstImage();
        var image = new Image(hdu.Width, hdu.Height);
        hdu.ReadRows(0, hdu.Height, image.Pixels);
        return image;
    }
}
