using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>Stars of a fitted frame that may shape its profile, cut out with their neighbours taken off.</summary>
internal static class ProfileCutouts
{
    private const double LeastSignalToNoise = 30;
    private const int MostStars = 150;

    // So much of a neighbour's light stays when it is taken off.
    private const double Remainder = 0.05;

    /// <summary>Ranks stars by signal to noise, a part of their neighbours' light counted as noise; the first 150 shape the profile.</summary>
    public static PsfCutout[] Choose(PsfFrame frame, PsfModel psf, IReadOnlyList<PsfStar> stars, int radius)
    {
        (int width, int height) = (frame.Left.Width, frame.Left.Height);
        PsfStar[] byRow = [.. stars.Where(s => s.HasFlux).OrderBy(s => s.Y).ThenBy(s => s.X)];
        double[] rows = [.. byRow.Select(s => s.Y)];
        return
        [
            .. byRow
                .Where(s =>
                    s.Outcome == PsfOutcome.Fitted
                    && s.Flux > LeastSignalToNoise * s.FluxError
                    && s.X >= radius
                    && s.Y >= radius
                    && s.X <= width - 1 - radius
                    && s.Y <= height - 1 - radius
                    && IsWhole(frame, s, psf.Fwhm)
                )
                .Select(s => (Star: s, Merit: Merit(s, byRow, rows, radius)))
                .OrderByDescending(s => s.Merit)
                .ThenBy(s => s.Star.Y)
                .ThenBy(s => s.Star.X)
                .Take(MostStars)
                .Select(s => Cut(frame, psf, s.Star, radius)),
        ];
    }

    private static double Merit(PsfStar star, PsfStar[] byRow, double[] rows, double radius)
    {
        double neighbours = 0;
        int i = Array.BinarySearch(rows, star.Y - radius);
        for (i = i < 0 ? ~i : i; i < byRow.Length && rows[i] <= star.Y + radius; i++)
        {
            double square = Math.Pow(byRow[i].X - star.X, 2) + Math.Pow(byRow[i].Y - star.Y, 2);
            if (square > 0 && square <= radius * radius)
            {
                neighbours += Math.Max(0, byRow[i].Flux);
            }
        }
        double noise = (star.FluxError * star.FluxError) + (Remainder * Remainder * neighbours * neighbours);
        return star.Flux * star.Flux / noise;
    }

    // No saturated, bad or undefined pixel in its core.
    private static bool IsWhole(PsfFrame frame, PsfStar star, double fwhm)
    {
        for (int y = (int)Math.Ceiling(star.Y - fwhm); y <= star.Y + fwhm; y++)
        {
            for (int x = (int)Math.Ceiling(star.X - fwhm); x <= star.X + fwhm; x++)
            {
                if (x < 0 || y < 0 || x >= frame.Left.Width || y >= frame.Left.Height || !frame.Counts(x, y))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static PsfCutout Cut(PsfFrame frame, PsfModel psf, PsfStar star, int radius) =>
        PsfCutout.From(
            frame.Left,
            new PixelPosition(star.X, star.Y),
            radius,
            (x, y) => frame.Counts(x, y) ? (float)(frame.Residual(x, y) + (star.Flux * psf.At(x - star.X, y - star.Y))) : float.NaN
        );
}
