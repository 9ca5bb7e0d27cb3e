namespace Albireo.Science.Detection;

/// <summary>
/// Tells the sources of one connected area apart. Pixels are visited from the brightest down; each starts a branch or joins its
/// neighbours'. Where two branches meet, the lower one stays a source of its own if what it holds above the saddle is at least a
/// given share of the area's flux (the criterion of Bertin &amp; Arnouts 1996, A&amp;AS 117, 393, with every grey level a threshold) and
/// its peak rises far enough above the saddle; otherwise it melts into the other. Pixels below a saddle go to the neighbour uphill.
/// One instance serves one thread.
/// </summary>
internal sealed class Deblender(DetectionOptions options, double noiseFactor)
{
    private Branch[] branches = new Branch[64];
    private int count;
    private int[] grid = [];
    private ulong[] order = [];
    private float[] keys = [];
    private int[] labels = [];
    private int[] columns = [];
    private int[] rows = [];

    private struct Branch
    {
        public int Parent;
        public float Peak;
        public double Sum;
        public int Count;
    }

    /// <summary>
    /// Gives each pixel of an area (in run order) the number of its source, 0 … n − 1.
    /// </summary>
    /// <returns>The number of sources, at least 1.</returns>
    public int Split(Segments segments, int segment, int pixelCount, Span<int> result)
    {
        result = result[..pixelCount];
        result.Clear();
        if (!options.Deblend || pixelCount < 2 * options.MinimumPixels)
        {
            return 1;
        }
        ReadOnlySpan<int> runs = segments.RunsOf(segment);
        (int left, int right) = (int.MaxValue, int.MinValue);
        foreach (int r in runs)
        {
            left = Math.Min(left, segments.Runs[r].Start);
            right = Math.Max(right, segments.Runs[r].End);
        }
        int top = segments.Runs[runs[0]].Y;
        int width = right - left + 2;
        int height = segments.Runs[runs[^1]].Y - top + 3;
        Reserve(pixelCount);
        long area = (long)width * height;
        if (grid.Length < area)
        {
            grid = new int[area];
        }
        // 1 + index of the pixel in run order, 0 outside; one empty row and column all round.
        Span<int> cells = grid.AsSpan(0, (int)area);
        cells.Clear();
        double total = 0;
        int n = 0;
        float noise = 0;
        foreach (int r in runs)
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            noise = Math.Max(noise, run.Noise);
            for (int x = run.Start; x < run.End; x++)
            {
                columns[n] = x - left + 1;
                rows[n] = run.Y - top + 1;
                cells[(rows[n] * width) + columns[n]] = n + 1;
                float value = segments.Filtered[run.Offset + x - run.Start];
                keys[n] = value;
                total += value;
                n++;
            }
        }
        if (!HasTwoPeaks(cells, width, n))
        {
            return 1;
        }
        return Flood(cells, width, n, total, options.DeblendSigma * noise * noiseFactor, result);
    }

    private void Reserve(int pixelCount)
    {
        if (order.Length < pixelCount)
        {
            int size = Math.Max(1024, 2 * pixelCount);
            order = new ulong[size];
            keys = new float[size];
            labels = new int[size];
            columns = new int[size];
            rows = new int[size];
        }
    }

    private bool HasTwoPeaks(ReadOnlySpan<int> cells, int width, int n)
    {
        int peaks = 0;
        for (int i = 0; i < n; i++)
        {
            int at = (rows[i] * width) + columns[i];
            float value = keys[i];
            if (
                Lower(cells[at - width - 1], value, i)
                && Lower(cells[at - width], value, i)
                && Lower(cells[at - width + 1], value, i)
                && Lower(cells[at - 1], value, i)
                && Lower(cells[at + 1], value, i)
                && Lower(cells[at + width - 1], value, i)
                && Lower(cells[at + width], value, i)
                && Lower(cells[at + width + 1], value, i)
                && ++peaks > 1
            )
            {
                return true;
            }
        }
        return false;
    }

    // Equal values are ordered by index, so that a plateau has one peak along any chain.
    private bool Lower(int cell, float value, int index) =>
        cell == 0 || keys[cell - 1] < value || (keys[cell - 1] == value && cell - 1 > index);

    private int Flood(ReadOnlySpan<int> cells, int width, int n, double total, double leastRise, Span<int> result)
    {
        for (int i = 0; i < n; i++)
        {
            // Filtered pixels above a threshold are positive: their bits sort as they do. Brightest first, equal ones by index.
            order[i] = ((ulong)~BitConverter.SingleToUInt32Bits(keys[i]) << 32) | (uint)i;
            labels[i] = -1;
        }
        order.AsSpan(0, n).Sort();
        count = 0;
        double leastFlux = options.DeblendContrast * total;
        Span<int> around = stackalloc int[8];
        around[0] = -width - 1;
        around[1] = -width;
        around[2] = -width + 1;
        around[3] = -1;
        around[4] = 1;
        around[5] = width - 1;
        around[6] = width;
        around[7] = width + 1;
        for (int o = 0; o < n; o++)
        {
            int pixel = (int)(uint)order[o];
            float value = keys[pixel];
            int at = (rows[pixel] * width) + columns[pixel];
            int uphill = -1;
            int own = -1;
            foreach (int step in around)
            {
                int other = cells[at + step] - 1;
                if (other < 0 || labels[other] < 0)
                {
                    continue;
                }
                int branch = Root(labels[other]);
                if (own < 0)
                {
                    (own, uphill) = (branch, other);
                    continue;
                }
                if (branch != own)
                {
                    branch = Meet(own, branch, value, leastFlux, leastRise);
                }
                if (keys[other] > keys[uphill] || (keys[other] == keys[uphill] && other < uphill))
                {
                    uphill = other;
                }
                own = Root(labels[uphill]);
            }
            if (own < 0)
            {
                own = count;
                if (count == branches.Length)
                {
                    Array.Resize(ref branches, 2 * count);
                }
                branches[count++] = new Branch { Parent = own, Peak = value };
            }
            labels[pixel] = own;
            branches[own].Sum += value;
            branches[own].Count++;
        }
        return Number(n, result);
    }

    // Two branches touch at a pixel of this value. Returns the branch that the second now belongs to.
    private int Meet(int a, int b, float saddle, double leastFlux, double leastRise)
    {
        bool aStands = Stands(ref branches[a], saddle, leastFlux, leastRise);
        bool bStands = Stands(ref branches[b], saddle, leastFlux, leastRise);
        if (aStands && bStands)
        {
            return b;
        }
        int keep = Math.Min(a, b);
        int gone = Math.Max(a, b);
        ref Branch kept = ref branches[keep];
        ref Branch lost = ref branches[gone];
        kept.Sum += lost.Sum;
        kept.Count += lost.Count;
        kept.Peak = Math.Max(kept.Peak, lost.Peak);
        lost.Parent = keep;
        return keep;
    }

    private bool Stands(ref Branch branch, float saddle, double leastFlux, double leastRise) =>
        branch.Count >= options.MinimumPixels
        && branch.Sum - (branch.Count * (double)saddle) >= leastFlux
        && branch.Peak - saddle >= leastRise;

    private int Number(int n, Span<int> result)
    {
        // A root's number takes the place of its pixel count, which is done with.
        int sources = 0;
        for (int i = 0; i < count; i++)
        {
            if (branches[i].Parent == i)
            {
                branches[i].Count = sources++;
            }
        }
        for (int i = 0; i < n; i++)
        {
            result[i] = branches[Root(labels[i])].Count;
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
