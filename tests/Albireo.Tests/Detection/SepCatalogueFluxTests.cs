using System.Globalization;
using System.Numerics.Tensors;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Tests.Support;

namespace Albireo.Tests.Detection;

/// <summary>Aperture fluxes of the picture and the catalogue that SExtractor made of it, from SEP's test suite.</summary>
public class SepCatalogueFluxTests
{
    private const double Radius = 5; // PHOT_APERTURES 10 is a diameter

    [Fact]
    public void Fluxes_in_apertures_are_those_of_the_catalogue_well_within_its_errors()
    {
        string folder = Repository.Shared("fits-zoo", "sep_ref", "data");
        Image image = PictureFiles.Read(Path.Combine(folder, "image.fits"));
        TensorPrimitives.Subtract(image.Pixels, PictureFiles.Read(Path.Combine(folder, "back.fits")).Pixels, image.Pixels);
        double[][] rows =
        [
            .. File.ReadLines(Path.Combine(folder, "image.cat"))
                .Where(l => !l.StartsWith('#'))
                .Select(l =>
                    l.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray()
                ),
        ];
        PixelPosition[] positions = [.. rows.Select(r => new PixelPosition(r[1] - 1, r[2] - 1))];
        double[] flux = new double[rows.Length];
        AperturePhotometry.Measure(
            image,
            null,
            PictureFiles.Read(Path.Combine(folder, "rms.fits")),
            null,
            positions,
            [Radius],
            null,
            flux,
            new double[rows.Length],
            new float[rows.Length],
            new float[rows.Length],
            new float[rows.Length],
            new FluxQuality[rows.Length]
        );
        int compared = 0;
        double worst = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            // Unflagged: no neighbour's pixels were put out, nothing lies beyond the border.
            if (rows[i][^1] == 0 && double.IsFinite(flux[i]))
            {
                worst = Math.Max(worst, Math.Abs(flux[i] - rows[i][12]) / rows[i][13]);
                compared++;
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} fluxes, the worst off by {worst:F3} of its error");
        Assert.True(compared >= 25, $"{compared} compared");
        Assert.True(worst < 0.5, $"worst {worst} of the catalogue's error");
    }
}
