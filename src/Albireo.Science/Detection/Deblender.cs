namespace Albireo.Science.Detection;

/// <summary>
/// Tells the sources of one connected area apart. Pixels are visited from the brightest down; each starts a branch or joins its
/// brightest neighbour's. Where two branches meet, the lower one stays a source of its own if what it holds above the saddle is at
/// least a given share of the area's flux (the criterion of Bertin &amp; Arnouts 1996, A&amp;AS 117, 393, with every grey level a
/// threshold) and its peak rises far enough above the saddle; otherwise it melts into the other. Pixels below a saddle go uphill.
/// <para>
/// A pixel's branch is that of the peak which its brightest neighbours lead to, so only the peaks and the pixels where two of their
/// basins meet have to be visited in order; what a branch holds above a saddle is added up when it is asked for.
/// </para>
/// One instance serves one thread.
/// </summary>
internal sealed class Deblender(DetectionOptions options, double noiseFactor) : IDisposable
{
    private readonly Basins basins = new();
    private Branch[] branches = new Branch[64];
    private double leastFlux;
    private double leastRise;

    // Branches that have not melted, and those of them that do not stand yet.
    private int roots;
    private int undecided;

    private struct Branch
    {
        public int Parent;
        public float Peak;
        public bool Stands;
        public int Next;
        public int Last;
        public int Number;
    }

    /// <summary>Writes the number of each pixel's source, 0 … n − 1, to <see cref="Segments.Owners"/>.</summary>
    /// <returns>The number of sources, at least 1.</returns>
    public int Split(Segments segments, int segment, int pixelCount)
    {
        if (!options.Deblend || pixelCount < 2 * options.MinimumPixels)
        {
            return 1;
        }
        (double total, float lowest, float noise) = basins.Lay(segments, segment);
        leastFlux = options.DeblendContrast * total;
        leastRise = options.DeblendSigma * noise * noiseFactor;
        if (basins.Count < 2 || !(basins.Height(basins.Peak(1)) - lowest >= leastRise))
        {
            return 1; // no second peak that could stand
        }
        basins.Fill();
        Begin();
        for (int i = 0; i < basins.SaddleCount && undecided > 0 && roots > 1; i++) // what stands remains
        {
            Visit(basins.Saddle(i));
        }
        return Number(segments, segment);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => basins.Dispose();

    // A branch for each basin.
    private void Begin()
    {
        undecided = roots = basins.Count;
        if (branches.Length < roots)
        {
            branches = new Branch[2 * roots];
        }
        for (int i = 0; i < roots; i++)
        {
            branches[i] = new Branch
            {
                Parent = i,
                Peak = basins.Height(basins.Peak(i)),
                Next = -1,
                Last = i,
            };
        }
    }

    private void Visit(int cell)
    {
        uint before = basins.Before(cell);
        int own = Root(basins.Of(basins.First(before, cell)));
        bool allStand = branches[own].Stands;
        bool isOne = true;
        for (uint rest = before & (before - 1); rest != 0; rest &= rest - 1)
        {
            int branch = Root(basins.Of(basins.First(rest, cell)));
            allStand &= branches[branch].Stands;
            isOne &= branch == own;
        }
        if (isOne || allStand)
        {
            return; // as at most pixels between two stars
        }
        int brightest = basins.First(before, cell);
        for (uint rest = before & (before - 1); rest != 0; rest &= rest - 1)
        {
            int other = basins.First(rest, cell);
            int branch = Root(basins.Of(other));
            if (branch != own)
            {
                Meet(Math.Min(own, branch), Math.Max(own, branch), cell);
            }
            brightest = basins.IsBefore(other, brightest) ? other : brightest;
            own = Root(basins.Of(brightest));
        }
    }

    // Two branches touch at a pixel: both stand, or the one with the lower peak melts into the other.
    private void Meet(int higher, int lower, int saddle)
    {
        if (Stands(lower, saddle) && Stands(higher, saddle))
        {
            return;
        }
        ref Branch kept = ref branches[higher];
        ref Branch lost = ref branches[lower];
        undecided--; // one of the two did not stand
        roots--;
        kept.Stands |= lost.Stands; // what stands goes on standing: it only gains further down
        branches[kept.Last].Next = lower;
        kept.Last = lost.Last;
        lost.Parent = higher;
    }

    private bool Stands(int branch, int saddle)
    {
        float value = basins.Height(saddle);
        if (branches[branch].Stands || !(branches[branch].Peak - value >= leastRise))
        {
            return branches[branch].Stands;
        }
        double flux = 0;
        int count = 0;
        for (int basin = branch; basin >= 0; basin = branches[basin].Next)
        {
            foreach (int cell in basins.CellsOf(basin))
            {
                if (!basins.IsBefore(cell, saddle))
                {
                    continue;
                }
                flux += basins.Height(cell) - (double)value;
                count++;
                if (count >= options.MinimumPixels && flux >= leastFlux) // the flux only grows
                {
                    undecided--;
                    return branches[branch].Stands = true;
                }
            }
        }
        return false;
    }

    private int Number(Segments segments, int segment)
    {
        int sources = 0;
        for (int i = 0; i < basins.Count; i++)
        {
            int root = Root(i); // the highest of its peaks, which comes first
            branches[i].Number = root == i ? sources++ : branches[root].Number;
        }
        if (sources == 1)
        {
            return 1;
        }
        foreach (int r in segments.RunsOf(segment))
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            int first = basins.CellOf(run);
            Span<int> owners = segments.Owners.AsSpan(run.Offset, run.Length);
            for (int i = 0; i < owners.Length; i++)
            {
                owners[i] = branches[basins.Of(first + i)].Number;
            }
        }
        return sources;
    }

    private int Root(int branch)
    {
        while (branches[branch].Parent != branch)
        {
            branches[branch].Parent = branches[branches[branch].Parent].Parent;
            branch = branches[branch].Parent;
        }
        return branch;
    }
}
