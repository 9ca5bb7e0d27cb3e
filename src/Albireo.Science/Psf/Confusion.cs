using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>
/// What stars too faint or too near to others to be told apart add to the noise of a flux. Where no star was found the profile is
/// fitted all the same: the fluxes should scatter about 0 as the pixels' noise says; by how much they scatter more is the noise of
/// what nobody sees.
/// </summary>
internal static class Confusion
{
    private const double StepFwhm = 0.7;
    private const double ClearFwhm = 0.7;
    private const int FewestPlaces = 100;
    private const int MostPlaces = 20_000;

    /// <summary>Variance of a flux beyond its pixels' noise, counts²; 0 where too few places are empty to tell.</summary>
    public static double Variance(PsfFrame frame, PsfModel psf, IReadOnlyList<PsfStar> stars, double fitRadius)
    {
        double area = (double)frame.Left.Width * frame.Left.Height;
        double step = Math.Max(Math.Max(1, StepFwhm * psf.Fwhm), Math.Sqrt(area / MostPlaces));
        (int columns, int rows) = ((int)(frame.Left.Width / step), (int)(frame.Left.Height / step));
        var taken = new bool[columns * rows];
        double clear = ClearFwhm * psf.Fwhm;
        foreach (PsfStar star in stars.Where(s => s.HasFlux))
        {
            for (int row = (int)Math.Ceiling((star.Y - clear) / step); row <= (star.Y + clear) / step; row++)
            {
                for (int column = (int)Math.Ceiling((star.X - clear) / step); column <= (star.X + clear) / step; column++)
                {
                    double square = Math.Pow((column * step) - star.X, 2) + Math.Pow((row * step) - star.Y, 2);
                    if (square < clear * clear && column >= 0 && row >= 0 && column < columns && row < rows)
                    {
                        taken[(row * columns) + column] = true;
                    }
                }
            }
        }
        var pulls = new List<double>();
        var variances = new List<double>();
        for (int k = 0; k < taken.Length; k++)
        {
            if (!taken[k] && Flux(frame, psf, Math.Round(k % columns * step), Math.Round(k / columns * step), fitRadius) is { } found)
            {
                pulls.Add(found.Flux);
                variances.Add(found.Variance);
            }
        }
        if (pulls.Count < FewestPlaces)
        {
            return 0;
        }
        double[] sorted = [.. pulls.Order()];
        double width = (sorted[(int)(0.8413 * sorted.Length)] - sorted[(int)(0.1587 * sorted.Length)]) / 2;
        return Math.Max(0, (width * width) - Medians.Of([.. variances]));
    }

    // The profile's flux at a place, nothing else fitted.
    private static (double Flux, double Variance)? Flux(PsfFrame frame, PsfModel psf, double atX, double atY, double radius)
    {
        (double sum, double weights) = (0, 0);
        int reach = (int)radius;
        for (int y = (int)atY - reach; y <= atY + reach; y++)
        {
            for (int x = (int)atX - reach; x <= atX + reach; x++)
            {
                if (x < 0 || y < 0 || x >= frame.Left.Width || y >= frame.Left.Height || !frame.Counts(x, y))
                {
                    return null;
                }
                double profile = psf.At(x - atX, y - atY);
                double weight = 1 / frame.Variance(x, y);
                sum += weight * profile * frame.Residual(x, y);
                weights += weight * profile * profile;
            }
        }
        return weights > 0 ? (sum / weights, 1 / weights) : null;
    }
}
