using Albireo.Science.Centroids;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Psf;
using Albireo.Tests.Support;

namespace Albireo.Tests.Centroids;

/// <summary>Centres and profile fits against photutils, scipy and SEP (reference/centroids.py).</summary>
public class CentroidReferenceTests
{
    private static readonly PixelPosition Middle = new(12, 12);

    [Fact]
    public void Quadratic_is_that_of_photutils()
    {
        foreach ((Image image, ReferenceRow row) in Stars())
        {
            Centroid c = QuadraticCentroid.Refine(image, Middle, 3, 3);
            Assert.True(c.Converged);
            Assert.Equal(row["quadratic_x"], c.X, 1e-9);
            Assert.Equal(row["quadratic_y"], c.Y, 1e-9);
        }
    }

    [Fact]
    public void Gaussian_is_that_of_scipy()
    {
        foreach ((Image image, ReferenceRow row) in Stars())
        {
            Centroid c = GaussianCentroid.Refine(image, Middle, 4, 9, 3);
            Assert.True(c.Converged);
            Assert.Equal(row["gauss_x"], c.X, 2e-6);
            Assert.Equal(row["gauss_y"], c.Y, 2e-6);
            PsfShapeFit fit = PsfFitter.FitGaussian(image, null, Middle, 4, new PsfFitOptions { RadiusPixels = 9 });
            Assert.Equal(1, fit.Amplitude / row["gauss_amplitude"], 1e-6);
            Assert.Equal(1, fit.Sky / row["gauss_sky"], 1e-6);
        }
    }

    [Fact]
    public void Moffat_is_that_of_scipy()
    {
        foreach ((Image image, ReferenceRow row) in Stars())
        {
            PsfShapeFit fit = PsfFitter.FitMoffat(image, null, Middle, 4, new PsfFitOptions { RadiusPixels = 9 });
            Assert.True(fit.Converged);
            Assert.Equal(row["moffat_x"], fit.X, 1e-5);
            Assert.Equal(row["moffat_y"], fit.Y, 1e-5);
            Assert.Equal(1, fit.Amplitude / row["moffat_amplitude"], 1e-5);
            Assert.Equal(1, fit.Sky / row["moffat_sky"], 1e-5);
            Assert.Equal(1, fit.Beta / row["moffat_beta"], 1e-4);
            // FWHM along the axes from the quadratic form, by eigenvalues.
            (double p, double t, double r) = (row["moffat_p"], row["moffat_t"], row["moffat_r"]);
            double half = Math.Sqrt((0.25 * (p - t) * (p - t)) + (r * r));
            double k = 2 * Math.Sqrt(Math.Pow(2, 1 / row["moffat_beta"]) - 1);
            Assert.Equal(1, fit.FwhmMajor / (k / Math.Sqrt(((p + t) / 2) - half)), 1e-5);
            Assert.Equal(1, fit.FwhmMinor / (k / Math.Sqrt(((p + t) / 2) + half)), 1e-5);
            // And the direction: along the long axis the form is smallest.
            double angle = fit.AngleDegrees * Math.PI / 180;
            (double c, double s) = (Math.Cos(angle), Math.Sin(angle));
            Assert.Equal(((p + t) / 2) - half, (p * c * c) + (2 * r * c * s) + (t * s * s), 1e-5);
        }
    }

    [Fact]
    public void Windowed_is_that_of_sep()
    {
        foreach ((Image image, ReferenceRow row) in Stars())
        {
            Centroid c = WindowedCentroid.Refine(image, 40, Middle, 1.8, 3);
            Assert.True(c.Converged);
            // SEP weighs the window's rim by overlap and stops at 1e-4 pixels.
            Assert.Equal(row["windowed_x"], c.X, 1e-3);
            Assert.Equal(row["windowed_y"], c.Y, 1e-3);
        }
    }

    private static IEnumerable<(Image Image, ReferenceRow Row)> Stars()
    {
        ReferenceRow[] pixels = [.. Reference.Rows("centroid_image.csv")];
        foreach (ReferenceRow row in Reference.Rows("centroids.csv"))
        {
            var image = new Image(25, 25);
            foreach (ReferenceRow line in pixels.Where(p => p["star"] == row["star"]))
            {
                for (int x = 0; x < 25; x++)
                {
                    image[x, (int)line["row"]] = (float)line[$"c{x}"];
                }
            }
            yield return (image, row);
        }
    }
}
