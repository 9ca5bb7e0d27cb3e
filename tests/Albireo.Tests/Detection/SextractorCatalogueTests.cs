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
            new DetectionOptions { Deblend = false } // the catalogue was made without: DEBLEND_MINCONT 1
        );
        int stars = 0;
        int apart = 0;
        foreach (string line in File.ReadLines(Path.Combine(folder, "image.cat")).Where(l => !l.StartsWith('#')))
        {
            double[] v =
            [
                .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => double.Parse(t, CultureInfo.InvariantCulture)),
            ];
            (double x, double y, double flux, double error, double halfLight) = (v[3] - 1, v[4] - 1, v[15], v[16], v[18]);
            // Unflagged, well measured, neither noise nor one of the two sources that cover half of the picture.
            if (v[^1] != 0 || flux < 15 * error || halfLight < 1 || halfLight > 5)
            {
                continue;
            }
            stars++;
            double nearest = found.Min(s => Math.Sqrt(Math.Pow(s.X - x, 2) + Math.Pow(s.Y - y, 2)));
            apart += nearest > 0.5 ? 1 : 0;
            // SExtractor's window has the half-light radius for its half width at half maximum.
            var start = new PixelPosition(v[1] - 1, v[2] - 1);
            Centroid c = WindowedCentroid.Refine(image, level[(int)x, (int)y], start, 2 * halfLight / MatchedFilter.GaussianFwhm, 3);
            Assert.True(c.Converged && Math.Abs(c.X - x) < 0.006 && Math.Abs(c.Y - y) < 0.006, $"({x}, {y}) became {c}");
        }
        Assert.Equal(18, stars);
        // One of a close pair is one source with its neighbour here.
        Assert.True(apart <= 1, $"{apart} are not where the catalogue has them");
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
