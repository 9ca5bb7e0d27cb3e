using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>Which stars may shape a point-spread function.</summary>
public static class PsfStars
{
    private const SourceFlags Unfit =
        SourceFlags.Saturated
        | SourceFlags.Blended
        | SourceFlags.Edge
        | SourceFlags.HotPixel
        | SourceFlags.CosmicRay
        | SourceFlags.Trailed
        | SourceFlags.BadPixels
        | SourceFlags.NoShape
        | SourceFlags.Bleeding
        | SourceFlags.Extended;

    /// <summary>The clean stars without a neighbour that matters.</summary>
    /// <param name="sources">All sources of the frame, brightest first.</param>
    /// <param name="image">The frame, for its borders.</param>
    /// <param name="radiusPixels">Half-width of what will be cut out round each star.</param>
    /// <param name="minimumSignalToNoise">Fainter stars are left out.</param>
    /// <param name="maximumStars">How many at most.</param>
    /// <param name="neighbourShare">A neighbour within 1.5 radii with more than this share of the star's flux spoils it.</param>
    public static Source[] Isolated(
        IReadOnlyList<Source> sources,
        Image image,
        double radiusPixels,
        double minimumSignalToNoise = 30,
        int maximumStars = 200,
        double neighbourShare = 0.02
    )
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(image);
        double reach = 1.5 * radiusPixels;
        Source[] byRow = [.. sources.OrderBy(s => s.Y)];
        double[] rows = [.. byRow.Select(s => s.Y)];
        var kept = new List<Source>();
        foreach (Source star in sources)
        {
            bool inside =
                star.X >= radiusPixels
                && star.Y >= radiusPixels
                && star.X <= image.Width - 1 - radiusPixels
                && star.Y <= image.Height - 1 - radiusPixels;
            bool fit = (star.Flags & Unfit) == SourceFlags.None && star.SignalToNoise >= minimumSignalToNoise && inside;
            if (fit && !HasNeighbour(star, byRow, rows, reach, neighbourShare))
            {
                kept.Add(star);
                if (kept.Count == maximumStars)
                {
                    break;
                }
            }
        }
        return [.. kept];
    }

    private static bool HasNeighbour(Source star, Source[] byRow, double[] rows, double reach, double share)
    {
        int i = Array.BinarySearch(rows, star.Y - reach);
        for (i = i < 0 ? ~i : i; i < byRow.Length && rows[i] <= star.Y + reach; i++)
        {
            Source other = byRow[i];
            double square = ((other.X - star.X) * (other.X - star.X)) + ((other.Y - star.Y) * (other.Y - star.Y));
            if (square > 0 && square <= reach * reach && other.Flux > share * star.Flux)
            {
                return true;
            }
        }
        return false;
    }
}
