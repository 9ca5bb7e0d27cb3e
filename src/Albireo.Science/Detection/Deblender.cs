using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private const int Lanes = 16;

    // The area in its box, one empty row and column all round: filtered pixels (0 outside the area), and for each pixel the cell of
    // its brightest neighbour, which becomes ~branch.
    private float[] heights = [];
    private int[] uphill = [];
    private readonly int[] around = new int[8];
    private int stride;
    private int left;
    private int top;

    private Segments segments = null!;
    private int segment;
    private double leastFlux;
    private double leastRise;

    private readonly List<ulong> peaks = [];
    private readonly List<ulong> saddles = [];
    private Branch[] branches = new Branch[64];
    private int[] members = [];
    private int[] starts = [];
    private bool membersKnown;

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
        (this.segments, this.segment) = (segments, segment);
        (double total, float lowest, float noise) = Lay();
        leastFlux = options.DeblendContrast * total;
        leastRise = options.DeblendSigma * noise * noiseFactor;
        FindPeaks();
        peaks.Sort();
        if (peaks.Count < 2 || !(heights[Cell(peaks[1])] - lowest >= leastRise))
        {
            return 1; // no second peak that could stand
        }
        FillBasins();
        FindSaddles();
        saddles.Sort();
        membersKnown = false;
        undecided = roots = peaks.Count;
        foreach (ulong saddle in saddles)
        {
            if (undecided == 0 || roots == 1)
            {
                break; // what stands remains
            }
            Visit(Cell(saddle));
        }
        return Number();
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(heights);
        ArrayPool<int>.Shared.Return(uphill);
        ArrayPool<int>.Shared.Return(members);
        ArrayPool<int>.Shared.Return(starts);
    }

    private static void Rent<T>(ref T[] array, int least)
    {
        if (array.Length < least)
        {
            ArrayPool<T>.Shared.Return(array);
            array = ArrayPool<T>.Shared.Rent(2 * least);
        }
    }

    private (double Total, float Lowest, float Noise) Lay()
    {
        ReadOnlySpan<int> runs = segments.RunsOf(segment);
        (left, int right) = (int.MaxValue, int.MinValue);
        foreach (int r in runs)
        {
            left = Math.Min(left, segments.Runs[r].Start);
            right = Math.Max(right, segments.Runs[r].End);
        }
        top = segments.Runs[runs[0]].Y;
        stride = right - left + 2;
        ReadOnlySpan<int> steps = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
        steps.CopyTo(around);
        int size = checked((stride * (segments.Runs[runs[^1]].Y - top + 3)) + (2 * Lanes));
        Rent(ref heights, size);
        Rent(ref uphill, size);
        heights.AsSpan(0, size).Clear();
        double total = 0;
        float lowest = float.PositiveInfinity;
        float noise = 0;
        foreach (int r in runs)
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            noise = Math.Max(noise, run.Noise);
            Span<float> row = heights.AsSpan(CellOf(run), run.Length);
            segments.Filtered.AsSpan(run.Offset, run.Length).CopyTo(row);
            foreach (float value in row)
            {
                total += value;
                lowest = value < lowest ? value : lowest;
            }
        }
        return (total, lowest, noise);
    }

    private int CellOf(in PixelRun run) => ((run.Y - top + 1) * stride) + run.Start - left + 1;

    // Filtered pixels above a threshold are positive: their bits sort as they do. Brightest first, equal ones by row and column.
    private ulong Key(int cell) => ((ulong)~BitConverter.SingleToUInt32Bits(heights[cell]) << 32) | (uint)cell;

    private static int Cell(ulong key) => (int)(uint)key;

    // A peak is brighter than the neighbours before it and no fainter than those after it, so that a plateau has one peak.
    private void FindPeaks()
    {
        peaks.Clear();
        ref float h = ref MemoryMarshal.GetArrayDataReference(heights);
        ref int u = ref MemoryMarshal.GetArrayDataReference(uphill);
        Vector512<int> lane = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        foreach (int r in segments.RunsOf(segment))
        {
            int first = CellOf(segments.Runs[r]);
            int end = first + segments.Runs[r].Length;
            for (int cell = first; cell < end; cell += Lanes)
            {
                Around a = Around.Load(ref h, cell, stride);
                Vector512<float> before = Higher(Higher(a.N0, a.N1), Higher(a.N2, a.N3));
                Vector512<float> after = Higher(Higher(a.N4, a.N5), Higher(a.N6, a.N7));
                Vector512<float> highest = Higher(before, after);
                // The brightest neighbour, the first of equals.
                Vector512<int> step = Vector512.Create(stride + 1);
                step = Where(a.N6, highest, stride, step);
                step = Where(a.N5, highest, stride - 1, step);
                step = Where(a.N4, highest, 1, step);
                step = Where(a.N3, highest, -1, step);
                step = Where(a.N2, highest, -stride + 1, step);
                step = Where(a.N1, highest, -stride, step);
                step = Where(a.N0, highest, -stride - 1, step);
                (lane + Vector512.Create(cell) + step).StoreUnsafe(ref u, (nuint)cell);
                Vector512<float> isPeak = Vector512.LessThan(before, a.Own) & Vector512.LessThanOrEqual(after, a.Own);
                Keep(isPeak, cell, end, peaks);
            }
        }
    }

    private void FillBasins()
    {
        if (branches.Length < peaks.Count)
        {
            branches = new Branch[2 * peaks.Count];
        }
        for (int i = 0; i < peaks.Count; i++)
        {
            int cell = Cell(peaks[i]);
            uphill[cell] = ~i;
            branches[i] = new Branch
            {
                Parent = i,
                Peak = heights[cell],
                Next = -1,
                Last = i,
            };
        }
        int[] up = uphill;
        foreach (int r in segments.RunsOf(segment))
        {
            int first = CellOf(segments.Runs[r]);
            for (int cell = first; cell < first + segments.Runs[r].Length; cell++)
            {
                int at = cell;
                while (up[at] >= 0)
                {
                    at = up[at];
                }
                int branch = up[at];
                at = cell;
                while (up[at] >= 0)
                {
                    (up[at], at) = (branch, up[at]);
                }
            }
        }
    }

    // Pixels with a neighbour that is visited before them and belongs to another basin.
    private void FindSaddles()
    {
        saddles.Clear();
        ref float h = ref MemoryMarshal.GetArrayDataReference(heights);
        ref int u = ref MemoryMarshal.GetArrayDataReference(uphill);
        foreach (int r in segments.RunsOf(segment))
        {
            int first = CellOf(segments.Runs[r]);
            int end = first + segments.Runs[r].Length;
            for (int cell = first; cell < end; cell += Lanes)
            {
                Around a = Around.Load(ref h, cell, stride);
                Vector512<int> own = Vector512.LoadUnsafe(ref u, (nuint)cell);
                Vector512<int> meets =
                    (Vector512.GreaterThanOrEqual(a.N0, a.Own).AsInt32() & Other(ref u, cell - stride - 1, own))
                    | (Vector512.GreaterThanOrEqual(a.N1, a.Own).AsInt32() & Other(ref u, cell - stride, own))
                    | (Vector512.GreaterThanOrEqual(a.N2, a.Own).AsInt32() & Other(ref u, cell - stride + 1, own))
                    | (Vector512.GreaterThanOrEqual(a.N3, a.Own).AsInt32() & Other(ref u, cell - 1, own))
                    | (Vector512.GreaterThan(a.N4, a.Own).AsInt32() & Other(ref u, cell + 1, own))
                    | (Vector512.GreaterThan(a.N5, a.Own).AsInt32() & Other(ref u, cell + stride - 1, own))
                    | (Vector512.GreaterThan(a.N6, a.Own).AsInt32() & Other(ref u, cell + stride, own))
                    | (Vector512.GreaterThan(a.N7, a.Own).AsInt32() & Other(ref u, cell + stride + 1, own));
                Keep(meets.AsSingle(), cell, end, saddles);
            }
        }
    }

    private void Keep(Vector512<float> which, int cell, int end, List<ulong> list)
    {
        ulong bits = which.ExtractMostSignificantBits();
        if (end - cell < Lanes)
        {
            bits &= (1UL << (end - cell)) - 1;
        }
        for (; bits != 0; bits &= bits - 1)
        {
            list.Add(Key(cell + BitOperations.TrailingZeroCount(bits)));
        }
    }

    private void Visit(int cell)
    {
        uint before = Before(cell);
        int own = Root(~uphill[cell + around[BitOperations.TrailingZeroCount(before)]]);
        bool allStand = branches[own].Stands;
        bool isOne = true;
        for (uint rest = before & (before - 1); rest != 0; rest &= rest - 1)
        {
            int branch = Root(~uphill[cell + around[BitOperations.TrailingZeroCount(rest)]]);
            allStand &= branches[branch].Stands;
            isOne &= branch == own;
        }
        if (isOne || allStand)
        {
            return; // as at most pixels between two stars
        }
        int brightest = cell + around[BitOperations.TrailingZeroCount(before)];
        for (uint rest = before & (before - 1); rest != 0; rest &= rest - 1)
        {
            int other = cell + around[BitOperations.TrailingZeroCount(rest)];
            int branch = Root(~uphill[other]);
            if (branch != own)
            {
                Meet(Math.Min(own, branch), Math.Max(own, branch), cell);
            }
            brightest = IsBefore(other, brightest) ? other : brightest;
            own = Root(~uphill[brightest]);
        }
    }

    // The neighbours that are visited before a pixel: one bit each, in the order of the cells.
    private uint Before(int cell)
    {
        ref float h = ref MemoryMarshal.GetArrayDataReference(heights);
        float value = heights[cell];
        Vector128<float> own = Vector128.Create(value);
        Vector128<float> above = Vector128.GreaterThanOrEqual(Vector128.LoadUnsafe(ref h, (nuint)(cell - stride - 1)), own);
        Vector128<float> below = Vector128.GreaterThan(Vector128.LoadUnsafe(ref h, (nuint)(cell + stride - 1)), own);
        uint beside = (heights[cell - 1] >= value ? 8u : 0u) | (heights[cell + 1] > value ? 16u : 0u);
        return (above.ExtractMostSignificantBits() & 7) | beside | ((below.ExtractMostSignificantBits() & 7) << 5);
    }

    private bool IsBefore(int cell, int other) => heights[cell] > heights[other] || (heights[cell] == heights[other] && cell < other);

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
        float value = heights[saddle];
        if (branches[branch].Stands || !(branches[branch].Peak - value >= leastRise))
        {
            return branches[branch].Stands;
        }
        if (!membersKnown)
        {
            ListMembers();
        }
        double flux = 0;
        int count = 0;
        for (int basin = branch; basin >= 0; basin = branches[basin].Next)
        {
            for (int i = starts[basin]; i < starts[basin + 1]; i++)
            {
                if (!IsBefore(members[i], saddle))
                {
                    continue;
                }
                flux += heights[members[i]] - (double)value;
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

    // The cells of each basin, basin after basin.
    private void ListMembers()
    {
        membersKnown = true;
        Rent(ref starts, peaks.Count + 2);
        starts.AsSpan(0, peaks.Count + 2).Clear();
        int pixels = 0;
        foreach (int r in segments.RunsOf(segment))
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            foreach (int branch in uphill.AsSpan(CellOf(run), run.Length))
            {
                starts[~branch + 2]++;
            }
            pixels += run.Length;
        }
        for (int i = 2; i < peaks.Count + 2; i++)
        {
            starts[i] += starts[i - 1];
        }
        Rent(ref members, pixels);
        foreach (int r in segments.RunsOf(segment))
        {
            int first = CellOf(segments.Runs[r]);
            for (int cell = first; cell < first + segments.Runs[r].Length; cell++)
            {
                members[starts[~uphill[cell] + 1]++] = cell;
            }
        }
    }

    private int Number()
    {
        int sources = 0;
        for (int i = 0; i < peaks.Count; i++)
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
            ReadOnlySpan<int> from = uphill.AsSpan(CellOf(run), run.Length);
            Span<int> to = segments.Owners.AsSpan(run.Offset, run.Length);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = branches[~from[i]].Number;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Higher(Vector512<float> a, Vector512<float> b) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Where(Vector512<float> value, Vector512<float> highest, int step, Vector512<int> others) =>
        Vector512.ConditionalSelect(Vector512.Equals(value, highest).AsInt32(), Vector512.Create(step), others);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Other(ref int uphill, int cell, Vector512<int> own) =>
        ~Vector512.Equals(Vector512.LoadUnsafe(ref uphill, (nuint)cell), own);

    // Sixteen cells and their eight neighbours, in the order of the cells.
    private readonly ref struct Around
    {
        public Vector512<float> Own { get; init; }
        public Vector512<float> N0 { get; init; }
        public Vector512<float> N1 { get; init; }
        public Vector512<float> N2 { get; init; }
        public Vector512<float> N3 { get; init; }
        public Vector512<float> N4 { get; init; }
        public Vector512<float> N5 { get; init; }
        public Vector512<float> N6 { get; init; }
        public Vector512<float> N7 { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Around Load(ref float cells, int cell, int stride) =>
            new()
            {
                Own = Vector512.LoadUnsafe(ref cells, (nuint)cell),
                N0 = Vector512.LoadUnsafe(ref cells, (nuint)(cell - stride - 1)),
                N1 = Vector512.LoadUnsafe(ref cells, (nuint)(cell - stride)),
                N2 = Vector512.LoadUnsafe(ref cells, (nuint)(cell - stride + 1)),
                N3 = Vector512.LoadUnsafe(ref cells, (nuint)(cell - 1)),
                N4 = Vector512.LoadUnsafe(ref cells, (nuint)(cell + 1)),
                N5 = Vector512.LoadUnsafe(ref cells, (nuint)(cell + stride - 1)),
                N6 = Vector512.LoadUnsafe(ref cells, (nuint)(cell + stride)),
                N7 = Vector512.LoadUnsafe(ref cells, (nuint)(cell + stride + 1)),
            };
    }
}
