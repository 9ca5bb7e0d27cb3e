using System.Buffers;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Matching;

/// <summary>The search for one frame: proposals from triangles, decided by the stars that did not propose. Used by one thread; its memory is rented.</summary>
internal sealed class MatchSearch : IDisposable
{
    private const int FirstLook = 12;

    private readonly StarList reference;
    private readonly StarList frame;
    private readonly MatchOptions options;
    private readonly StarGrid grid;
    private readonly double density;
    private readonly double logLimit;

    // Used again for every proposal.
    private readonly Claim[] claims;
    private readonly PooledList<(int Reference, int Frame)> pairs;
    private readonly PooledList<PixelPosition> fitFrom;
    private readonly PooledList<PixelPosition> fitTo;

    private PlaneTransform best;
    private double bestLog;
    private bool bestReflected;

    public MatchSearch(StarList reference, StarList frame, MatchOptions options)
    {
        this.reference = reference;
        this.frame = frame;
        this.options = options;
        grid = new StarGrid(frame.Positions, 2 * options.TolerancePixels);
        double area = Math.Max(1, (grid.Right - grid.Left) * (grid.Bottom - grid.Top));
        density = Math.Max(frame.Count / area, NeighbourDensity());
        logLimit = Math.Log(options.MaximumFalseMatchProbability);
        claims = ArrayPool<Claim>.Shared.Rent(frame.Count);
        pairs = new PooledList<(int Reference, int Frame)>(frame.Count);
        fitFrom = new PooledList<PixelPosition>(frame.Count);
        fitTo = new PooledList<PixelPosition>(frame.Count);
    }

    // The reference star that a star of the frame is nearest to; −1 where there is none.
    private readonly record struct Claim(int Reference, double Distance);

    /// <summary>Transforms that were looked at.</summary>
    public int Hypotheses { get; private set; }

    /// <summary>Stars that the best transform brings onto stars.</summary>
    public int BestHits { get; private set; }

    /// <summary>Stars that it brings into the frame.</summary>
    public int BestTrials { get; private set; }

    /// <summary>Whether a match moves no star of the frame by more than a pixel.</summary>
    public bool StaysPut(FrameMatch match)
    {
        ReadOnlySpan<PixelPosition> corners =
        [
            new(grid.Left, grid.Top),
            new(grid.Right, grid.Top),
            new(grid.Left, grid.Bottom),
            new(grid.Right, grid.Bottom),
        ];
        foreach (PixelPosition corner in corners)
        {
            PixelPosition moved = match.Transform.Apply(corner);
            if (Math.Abs(moved.X - corner.X) > 1 || Math.Abs(moved.Y - corner.Y) > 1)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Tries every triangle of the frame's brightest stars against the reference's.</summary>
    public FrameMatch? Try(Asterisms candidates, int brightest)
    {
        double scaleLimit = 1 / (1 - options.MaximumScaleChange);
        FrameMatch? match = null;
        (best, bestLog) = (default, 0);
        foreach (Asterism own in Asterisms.Of(frame.Positions, 0, brightest, options.TolerancePixels))
        {
            double tolerance = Math.Min(0.02, options.TolerancePixels / own.Longest);
            candidates.Visit(
                own.Middle,
                own.Shortest,
                tolerance,
                other =>
                {
                    double scale = own.Longest / other.Longest;
                    bool reflected = own.Sign != other.Sign;
                    if (scale > scaleLimit || scale * scaleLimit < 1 || (reflected && !options.AllowReflection))
                    {
                        return true;
                    }
                    match = Propose(own, other, reflected);
                    return match is null;
                }
            );
            if (match is not null)
            {
                return match;
            }
        }
        return bestLog < 0 ? Settle(best, bestReflected) : null;
    }

    /// <summary>A transform that was found otherwise, as it is, if it brings together what chance would not.</summary>
    /// <param name="transform">Reference position → frame position.</param>
    /// <param name="proposals">How many it was chosen from.</param>
    public FrameMatch? Accept(PlaneTransform transform, double proposals)
    {
        Pair(transform, options.TolerancePixels);
        double probability = FalseMatchProbability(transform, options.TolerancePixels, proposals);
        if (pairs.Count < 4 || !(probability <= options.MaximumFalseMatchProbability))
        {
            return null;
        }
        double squares = 0;
        foreach ((int Reference, int Frame) pair in pairs.Items)
        {
            squares += Math.Pow(Residual(transform, pair), 2);
        }
        return Found(transform, Math.Sqrt(squares / pairs.Count), probability);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        grid.Dispose();
        ArrayPool<Claim>.Shared.Return(claims);
        pairs.Dispose();
        fitFrom.Dispose();
        fitTo.Dispose();
    }

    private FrameMatch? Propose(Asterism own, Asterism other, bool reflected)
    {
        ReadOnlySpan<PixelPosition> from = [reference.Positions[other.A], reference.Positions[other.B], reference.Positions[other.C]];
        ReadOnlySpan<PixelPosition> to = [frame.Positions[own.A], frame.Positions[own.B], frame.Positions[own.C]];
        Hypotheses++;
        if (TransformFit.Similarity(from, to, reflected) is not { } transform || Farthest(transform, from, to) > options.TolerancePixels)
        {
            return null;
        }
        double log = Weigh(transform, other, options.TolerancePixels, out int hits, out int trials);
        if (log < bestLog)
        {
            (best, bestLog, bestReflected, BestHits, BestTrials) = (transform, log, reflected, hits, trials);
        }
        // So far below the limit that no number of proposals could lift it above: no need to look on.
        return log < logLimit - 16 ? Settle(transform, reflected) : null;
    }

    private static double Farthest(PlaneTransform transform, ReadOnlySpan<PixelPosition> from, ReadOnlySpan<PixelPosition> to)
    {
        double farthest = 0;
        for (int i = 0; i < from.Length; i++)
        {
            PixelPosition p = transform.Apply(from[i]);
            farthest = Math.Max(farthest, Math.Abs(p.X - to[i].X) + Math.Abs(p.Y - to[i].Y));
        }
        return farthest;
    }

    // log P(chance does as well) from the stars that are not corners of the proposing triangle.
    private double Weigh(PlaneTransform transform, Asterism proposer, double radius, out int hits, out int trials)
    {
        hits = 0;
        trials = 0;
        for (int i = 0; i < reference.Count; i++)
        {
            if (i == proposer.A || i == proposer.B || i == proposer.C)
            {
                continue;
            }
            PixelPosition p = transform.Apply(reference.Positions[i]);
            if (p.X < grid.Left || p.X > grid.Right || p.Y < grid.Top || p.Y > grid.Bottom)
            {
                continue;
            }
            trials++;
            hits += grid.Nearest(p.X, p.Y, radius, out _) >= 0 ? 1 : 0;
            if (trials == FirstLook && hits == 0)
            {
                return 0;
            }
        }
        return MatchOdds.LogTail(hits, trials, Chance(radius));
    }

    // Stars around a star, per pixel²: in an even field the mean density, in a clustered one what chance meets when cluster falls on
    // cluster.
    private double NeighbourDensity()
    {
        double radius = 10 * options.TolerancePixels;
        long around = 0;
        foreach (PixelPosition star in frame.Positions)
        {
            around += grid.CountWithin(star.X, star.Y, radius) - 1;
        }
        return around / (frame.Count * Math.PI * radius * radius);
    }

    private double Chance(double radius) => 1 - Math.Exp(-density * Math.PI * radius * radius);

    // Fits the transform to all stars that it brings together, again and again, and asks whether the outcome is beyond chance.
    private FrameMatch? Settle(PlaneTransform transform, bool reflected)
    {
        double radius = 2 * options.TolerancePixels;
        for (int round = 0; round < 6; round++)
        {
            Pair(transform, radius);
            if (Fit(reflected, -1) is not { } fitted)
            {
                return null;
            }
            transform = fitted;
            // From the third round on the radius follows the scatter, so that chance neighbours do not bend the fit.
            radius =
                round < 2
                    ? options.TolerancePixels
                    : Math.Clamp(4 * MedianResidual(transform), 0.25 * options.TolerancePixels, options.TolerancePixels);
        }
        Pair(transform, radius);
        double probability = FalseMatchProbability(transform, options.TolerancePixels, Hypotheses);
        if (pairs.Count < 4 || !(probability <= options.MaximumFalseMatchProbability) || !InScale(transform))
        {
            return null;
        }
        double residual = HeldOutResidual(reflected);
        if (!(residual <= options.TolerancePixels))
        {
            return null;
        }
        return Found(transform, residual, probability);
    }

    private FrameMatch Found(PlaneTransform transform, double residual, double probability)
    {
        var found = new StarPair[pairs.Count];
        for (int i = 0; i < found.Length; i++)
        {
            (int own, int other) = pairs.Items[i];
            found[i] = new StarPair(reference.IndexOf(own), frame.IndexOf(other));
        }
        return new FrameMatch(transform, found.Length, residual, probability, found);
    }

    private bool InScale(PlaneTransform t) =>
        t.Scale >= (1 - options.MaximumScaleChange) * 0.99 && t.Scale * (1 - options.MaximumScaleChange) <= 1.01;

    // Three stars' worth of evidence pays for the transform's parameters; trying three radii and every proposal is paid for too.
    private double FalseMatchProbability(PlaneTransform transform, double largest, double proposals)
    {
        double log = 0;
        foreach (double radius in (ReadOnlySpan<double>)[largest, largest / 2, largest / 4])
        {
            int hits = 0;
            int trials = 0;
            foreach (PixelPosition star in reference.Positions)
            {
                PixelPosition p = transform.Apply(star);
                if (p.X >= grid.Left && p.X <= grid.Right && p.Y >= grid.Top && p.Y <= grid.Bottom)
                {
                    trials++;
                    hits += grid.Nearest(p.X, p.Y, radius, out _) >= 0 ? 1 : 0;
                }
            }
            log = Math.Min(log, MatchOdds.LogTail(Math.Max(0, hits - 3), Math.Max(0, trials - 3), Chance(radius)));
        }
        return Math.Min(1, Math.Exp(log) * 3 * Math.Max(1, proposals));
    }

    // Nearest pairs within the radius; a frame star claimed twice goes to the nearer reference star.
    private void Pair(PlaneTransform transform, double radius)
    {
        Span<Claim> claimed = claims.AsSpan(0, frame.Count);
        claimed.Fill(new Claim(-1, double.PositiveInfinity));
        for (int i = 0; i < reference.Count; i++)
        {
            PixelPosition p = transform.Apply(reference.Positions[i]);
            int star = grid.Nearest(p.X, p.Y, radius, out double distance);
            if (star >= 0 && (claimed[star].Reference < 0 || distance < claimed[star].Distance))
            {
                claimed[star] = new Claim(i, distance);
            }
        }
        pairs.Truncate(0);
        for (int star = 0; star < claimed.Length; star++)
        {
            if (claimed[star].Reference >= 0)
            {
                pairs.Add((claimed[star].Reference, star));
            }
        }
        pairs.Items.Sort();
    }

    // A transform from the pairs, leaving out those whose number has the given remainder (−1: none).
    private PlaneTransform? Fit(bool reflected, int leftOut, int parts = 1)
    {
        fitFrom.Truncate(0);
        fitTo.Truncate(0);
        for (int i = 0; i < pairs.Count; i++)
        {
            if (leftOut < 0 || i % parts != leftOut)
            {
                fitFrom.Add(reference.Positions[pairs.Items[i].Reference]);
                fitTo.Add(frame.Positions[pairs.Items[i].Frame]);
            }
        }
        bool affine =
            options.Transform == TransformKind.Affine
            || (options.Transform == TransformKind.Automatic && pairs.Count >= options.AffineStars && fitFrom.Count >= 6);
        ReadOnlySpan<PixelPosition> ours = fitFrom.Items;
        ReadOnlySpan<PixelPosition> theirs = fitTo.Items;
        return affine ? TransformFit.Affine(ours, theirs) : TransformFit.Similarity(ours, theirs, reflected);
    }

    // Each pair against a transform fitted without it: with few pairs one is left out at a time, with many one part in ten.
    private double HeldOutResidual(bool reflected)
    {
        double sum = 0;
        int parts = pairs.Count < 20 ? pairs.Count : 10;
        for (int part = 0; part < parts; part++)
        {
            if (Fit(reflected, part, parts) is not { } transform)
            {
                return double.NaN;
            }
            for (int i = part; i < pairs.Count; i += parts)
            {
                double residual = Residual(transform, pairs.Items[i]);
                sum += residual * residual;
            }
        }
        return Math.Sqrt(sum / pairs.Count);
    }

    private double MedianResidual(PlaneTransform transform)
    {
        using var residuals = new PooledList<double>(pairs.Count);
        foreach ((int Reference, int Frame) pair in pairs.Items)
        {
            residuals.Add(Residual(transform, pair));
        }
        residuals.Items.Sort();
        return residuals.Items[residuals.Count / 2];
    }

    private double Residual(PlaneTransform transform, (int Reference, int Frame) pair)
    {
        PixelPosition p = transform.Apply(reference.Positions[pair.Reference]);
        PixelPosition q = frame.Positions[pair.Frame];
        return Math.Sqrt(((p.X - q.X) * (p.X - q.X)) + ((p.Y - q.Y) * (p.Y - q.Y)));
    }
}
