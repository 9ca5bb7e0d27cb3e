using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Matching;

/// <summary>
/// Finds a pure shift between two lists of stars: every pair of a reference star and a frame star votes for its difference. No
/// rotation, scale or reflection: <see cref="FrameMatcher"/> finds those and says how sure it is.
/// </summary>
public static class ShiftVoting
{
    /// <summary>Takes the vote.</summary>
    /// <param name="reference">Stars of the reference.</param>
    /// <param name="frame">Stars of the frame.</param>
    /// <param name="options">How.</param>
    /// <param name="reason">Empty, or a sentence that says why there is no shift.</param>
    /// <returns>Null where no pair of stars lies within the largest shift.</returns>
    public static ShiftVote? Find(
        ReadOnlySpan<PixelPosition> reference,
        ReadOnlySpan<PixelPosition> frame,
        ShiftVoteOptions options,
        out string reason
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var pairs = new List<(double X, double Y)>();
        foreach (PixelPosition r in reference)
        {
            foreach (PixelPosition f in frame)
            {
                (double dx, double dy) = (f.X - r.X, f.Y - r.Y);
                if (double.IsFinite(dx) && double.IsFinite(dy))
                {
                    pairs.Add((dx, dy));
                }
            }
        }
        (double X, double Y)? coarse = options.IndependentAxes ? Apart(pairs, options) : Together(pairs, options);
        reason = "";
        if (coarse is not (double x0, double y0))
        {
            reason = $"No star of the frame lies within {options.MaximumShiftPixels} pixels of one of the reference.";
            return null;
        }
        List<(double X, double Y)> near =
        [
            .. pairs.Where(p => Math.Abs(p.X - x0) < options.TolerancePixels && Math.Abs(p.Y - y0) < options.TolerancePixels),
        ];
        if (near.Count == 0)
        {
            reason = "The shifts that most pairs vote for along x and along y belong to different pairs.";
            return null;
        }
        return new ShiftVote(Medians.Of([.. near.Select(p => p.X)]), Medians.Of([.. near.Select(p => p.Y)]), x0, y0, near.Count);
    }

    // The bin as numpy.histogram counts it: half-open, the last one closed; −1 outside.
    private static int BinOf(double shift, ShiftVoteOptions options)
    {
        double maximum = options.MaximumShiftPixels;
        if (!(shift >= -maximum) || shift > maximum)
        {
            return -1;
        }
        return Math.Min(options.Bins - 1, (int)((shift + maximum) / (2 * maximum) * options.Bins));
    }

    private static double Centre(int bin, ShiftVoteOptions options) =>
        -options.MaximumShiftPixels + ((bin + 0.5) * 2 * options.MaximumShiftPixels / options.Bins);

    private static (double, double)? Apart(List<(double X, double Y)> pairs, ShiftVoteOptions options)
    {
        var votesX = new int[options.Bins];
        var votesY = new int[options.Bins];
        foreach ((double dx, double dy) in pairs)
        {
            (int x, int y) = (BinOf(dx, options), BinOf(dy, options));
            if (x >= 0)
            {
                votesX[x]++;
            }
            if (y >= 0)
            {
                votesY[y]++;
            }
        }
        (int bestX, int bestY) = (Array.IndexOf(votesX, votesX.Max()), Array.IndexOf(votesY, votesY.Max()));
        return votesX[bestX] > 0 && votesY[bestY] > 0 ? (Centre(bestX, options), Centre(bestY, options)) : null;
    }

    // A pair's vote counts in its own bin and the eight around it, so that a peak astride a boundary is not split.
    private static (double, double)? Together(List<(double X, double Y)> pairs, ShiftVoteOptions options)
    {
        var votes = new Dictionary<int, int>();
        foreach ((double dx, double dy) in pairs)
        {
            (int x, int y) = (BinOf(dx, options), BinOf(dy, options));
            if (x < 0 || y < 0)
            {
                continue;
            }
            for (int j = Math.Max(0, y - 1); j <= Math.Min(options.Bins - 1, y + 1); j++)
            {
                for (int i = Math.Max(0, x - 1); i <= Math.Min(options.Bins - 1, x + 1); i++)
                {
                    int key = (j * options.Bins) + i;
                    votes[key] = votes.GetValueOrDefault(key) + (i == x && j == y ? 2 : 1);
                }
            }
        }
        if (votes.Count == 0)
        {
            return null;
        }
        int most = votes.Values.Max();
        int best = votes.Where(v => v.Value == most).Min(v => v.Key);
        return (Centre(best % options.Bins, options), Centre(best / options.Bins, options));
    }
}
