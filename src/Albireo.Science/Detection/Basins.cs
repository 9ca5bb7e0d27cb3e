using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Detection;

/// <summary>
/// One connected area as a landscape: its peaks, the basin of each — the pixels from which the way over brightest neighbours leads up
/// to it — and the saddles, pixels with a brighter neighbour in another basin. Pixels are numbered as the cells of a grid, the area's
/// box with an empty row and column all round; of two equal ones that of the smaller number counts as the brighter.
/// One instance serves one area after the other, in one thread.
/// </summary>
internal sealed class Basins : IDisposable
{
    private const int Lanes = 16;

    // Filtered pixels (0 outside the area), and for each pixel the cell of its brightest neighbour, which becomes ~basin.
    private float[] heights = [];
    private int[] uphill = [];
    private readonly int[] around = new int[8];
    private int stride;
    private int left;
    private int top;

    private Segments segments = null!;
    private int segment;

    private readonly List<ulong> peaks = [];
    private readonly List<ulong> saddles = [];
    private int[] members = [];
    private int[] starts = [];
    private bool membersKnown;

    /// <summary>Number of basins.</summary>
    public int Count => peaks.Count;

    /// <summary>Number of saddles.</summary>
    public int SaddleCount => saddles.Count;

    /// <summary>Lays an area out and finds its peaks, the brightest first; the rest waits for <see cref="Fill"/>.</summary>
    /// <returns>The sum of its pixels, the faintest, and the noise where it is largest.</returns>
    public (double Total, float Lowest, float Noise) Lay(Segments segments, int segment)
    {
        (this.segments, this.segment) = (segments, segment);
        (double, float, float) pixels = Lay();
        FindPeaks();
        peaks.Sort();
        return pixels;
    }

    /// <summary>Fills the basins and finds the saddles, the brightest first.</summary>
    public void Fill()
    {
        FillBasins();
        FindSaddles();
        saddles.Sort();
        membersKnown = false;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(heights);
        ArrayPool<int>.Shared.Return(uphill);
        ArrayPool<int>.Shared.Return(members);
        ArrayPool<int>.Shared.Return(starts);
    }

    /// <summary>The cell of a basin's peak.</summary>
    public int Peak(int basin) => Cell(peaks[basin]);

    /// <summary>The cell of a saddle.</summary>
    public int Saddle(int index) => Cell(saddles[index]);

    /// <summary>The filtered pixel in a cell.</summary>
    public float Height(int cell) => heights[cell];

    /// <summary>The basin that the pixel in a cell belongs to.</summary>
    public int Of(int cell) => ~uphill[cell];

    /// <summary>The cell of a run's first pixel.</summary>
    public int CellOf(in PixelRun run) => ((run.Y - top + 1) * stride) + run.Start - left + 1;

    /// <summary>Whether a pixel is brighter than another.</summary>
    public bool IsBefore(int cell, int other) => heights[cell] > heights[other] || (heights[cell] == heights[other] && cell < other);

    /// <summary>The brighter neighbours of a pixel: one bit each, in the order of the cells.</summary>
    public uint Before(int cell)
    {
        ref float h = ref MemoryMarshal.GetArrayDataReference(heights);
        float value = heights[cell];
        Vector128<float> own = Vector128.Create(value);
        Vector128<float> above = Vector128.GreaterThanOrEqual(Vector128.LoadUnsafe(ref h, (nuint)(cell - stride - 1)), own);
        Vector128<float> below = Vector128.GreaterThan(Vector128.LoadUnsafe(ref h, (nuint)(cell + stride - 1)), own);
        uint beside = (heights[cell - 1] >= value ? 8u : 0u) | (heights[cell + 1] > value ? 16u : 0u);
        return (above.ExtractMostSignificantBits() & 7) | beside | ((below.ExtractMostSignificantBits() & 7) << 5);
    }

    /// <summary>The cell of the first of a pixel's neighbours in a set of them.</summary>
    public int First(uint neighbours, int cell) => cell + around[BitOperations.TrailingZeroCount(neighbours)];

    /// <summary>The cells of a basin, in row and column order.</summary>
    public ReadOnlySpan<int> CellsOf(int basin)
    {
        if (!membersKnown)
        {
            ListMembers();
        }
        return members.AsSpan(starts[basin], starts[basin + 1] - starts[basin]);
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

    // Filtered pixels above a threshold are positive: their bits sort as they do. Brightest first, equal ones by row and column.
    private ulong Key(int cell) => ((ulong)~BitConverter.SingleToUInt32Bits(heights[cell]) << 32) | (uint)cell;

    private static int Cell(ulong key) => (int)(uint)key;

    // A peak is brighter than the neighbours before it and no fainter than those after it, so that most plateaus have one peak.
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
        for (int i = 0; i < peaks.Count; i++)
        {
            uphill[Cell(peaks[i])] = ~i;
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
                int basin = up[at];
                at = cell;
                while (up[at] >= 0)
                {
                    (up[at], at) = (basin, up[at]);
                }
            }
        }
    }

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

    private void ListMembers()
    {
        membersKnown = true;
        Rent(ref starts, peaks.Count + 2);
        starts.AsSpan(0, peaks.Count + 2).Clear();
        int pixels = 0;
        foreach (int r in segments.RunsOf(segment))
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            foreach (int basin in uphill.AsSpan(CellOf(run), run.Length))
            {
                starts[~basin + 2]++;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Higher(Vector512<float> a, Vector512<float> b) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Where(Vector512<float> value, Vector512<float> highest, int step, Vector512<int> others) =>
        Vector512.ConditionalSelect(Vector512.Equals(value, highest).AsInt32(), Vector512.Create(step), others);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Other(ref int uphill, int cell, Vector512<int> own) =>
        ~Vector512.Equals(Vector512.LoadUnsafe(ref uphill, (nuint)cell), own);
}
