using System.Buffers;
using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>
/// The connected areas (8-connected) of a picture above the threshold, as lists of runs. Labels come from union–find over runs, so
/// the cost grows with the detected pixels and not with the picture. Arrays are rented and may be longer than what they hold.
/// </summary>
internal sealed class Segments : IDisposable
{
    private const int BandsPerTask = 8;

    private readonly int[] starts;
    private readonly int[] members;
    private readonly int[] hotRows;

    private Segments(PixelRun[] runs, float[] values, float[] filtered, int[] owners, Areas areas, HotPixel[] hotPixels)
    {
        Runs = runs;
        Values = values;
        Filtered = filtered;
        Owners = owners;
        HotPixels = hotPixels;
        hotRows = RowStarts(hotPixels);
        (Count, starts, members) = areas;
    }

    /// <summary>All runs, in row and column order.</summary>
    public PixelRun[] Runs { get; }

    /// <summary>Background-subtracted pixels of all runs.</summary>
    public float[] Values { get; }

    /// <summary>The same pixels after the matched filter.</summary>
    public float[] Filtered { get; }

    /// <summary>Which of its area's sources each of the same pixels belongs to; 0 unless <see cref="Deblender"/> found several.</summary>
    public int[] Owners { get; }

    /// <summary>Repaired pixels, in row and column order.</summary>
    public HotPixel[] HotPixels { get; }

    /// <summary>The repaired pixels of one row.</summary>
    public ReadOnlySpan<HotPixel> HotPixelsOf(int row) =>
        row >= 0 && row + 1 < hotRows.Length ? HotPixels.AsSpan(hotRows[row], hotRows[row + 1] - hotRows[row]) : [];

    /// <summary>The repaired pixel at a place, or null.</summary>
    public HotPixel? HotPixelAt(int x, int y)
    {
        foreach (ref readonly HotPixel hot in HotPixelsOf(y))
        {
            if (hot.X == x)
            {
                return hot;
            }
        }
        return null;
    }

    /// <summary>Number of connected areas, numbered by their first run.</summary>
    public int Count { get; }

    /// <summary>Indices into <see cref="Runs"/> of one area, in row and column order.</summary>
    public ReadOnlySpan<int> RunsOf(int segment) => members.AsSpan(starts[segment], starts[segment + 1] - starts[segment]);

    /// <summary>Sum of the background-subtracted pixels of one area that are above 0: no source in it can be brighter.</summary>
    public double FluxOf(int segment)
    {
        double sum = 0;
        foreach (int r in RunsOf(segment))
        {
            sum += Runs[r].Flux;
        }
        return sum;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<PixelRun>.Shared.Return(Runs);
        ArrayPool<float>.Shared.Return(Values);
        ArrayPool<float>.Shared.Return(Filtered);
        ArrayPool<int>.Shared.Return(Owners);
        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<int>.Shared.Return(members);
    }

    /// <summary>Puts the bands together; they are done with then.</summary>
    public static Segments Join(BandRuns[] bands, BandRunner? runner = null)
    {
        int[] firstRun = new int[bands.Length + 1];
        int[] firstPixel = new int[bands.Length + 1];
        for (int i = 0; i < bands.Length; i++)
        {
            firstRun[i + 1] = firstRun[i] + bands[i].Runs.Length;
            firstPixel[i + 1] = firstPixel[i] + bands[i].Count;
        }
        int runCount = firstRun[^1];
        int pixelCount = firstPixel[^1];
        PixelRun[] runs = ArrayPool<PixelRun>.Shared.Rent(runCount);
        float[] values = ArrayPool<float>.Shared.Rent(pixelCount);
        float[] filtered = ArrayPool<float>.Shared.Rent(pixelCount);
        int[] owners = ArrayPool<int>.Shared.Rent(pixelCount);
        (runner ?? BandRunner.Serial).Run(
            bands.Length,
            BandsPerTask,
            (_, first, count) =>
            {
                for (int i = first; i < first + count; i++)
                {
                    Span<PixelRun> own = runs.AsSpan(firstRun[i], bands[i].Runs.Length);
                    bands[i].Runs.CopyTo(own);
                    foreach (ref PixelRun run in own)
                    {
                        run.Offset += firstPixel[i];
                    }
                    bands[i].Values.CopyTo(values.AsSpan(firstPixel[i]));
                    bands[i].Filtered.CopyTo(filtered.AsSpan(firstPixel[i]));
                    owners.AsSpan(firstPixel[i], bands[i].Count).Clear();
                }
            }
        );
        var hot = new HotPixel[bands.Sum(b => b.HotPixels.Count)];
        int found = 0;
        foreach (BandRuns band in bands)
        {
            band.HotPixels.Items.CopyTo(hot.AsSpan(found));
            found += band.HotPixels.Count;
            band.Dispose();
        }
        return new Segments(runs, values, filtered, owners, Connect(runs.AsSpan(0, runCount)), hot);
    }

    private static int[] RowStarts(HotPixel[] sorted)
    {
        int[] first = new int[sorted.Length == 0 ? 1 : sorted[^1].Y + 2];
        foreach (HotPixel pixel in sorted)
        {
            first[pixel.Y + 1]++;
        }
        for (int row = 1; row < first.Length; row++)
        {
            first[row] += first[row - 1];
        }
        return first;
    }

    // Rented lists: where each area's runs begin, and the runs area by area.
    private readonly record struct Areas(int Count, int[] Starts, int[] Members);

    private static Areas Connect(ReadOnlySpan<PixelRun> runs)
    {
        int[] parent = ArrayPool<int>.Shared.Rent(runs.Length);
        int above = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            parent[i] = i;
            // Runs of the row above that touch this one, corners included; 'above' only moves forward.
            while (above < i && (runs[above].Y < runs[i].Y - 1 || (runs[above].Y == runs[i].Y - 1 && runs[above].End < runs[i].Start)))
            {
                above++;
            }
            for (int j = above; j < i && runs[j].Y == runs[i].Y - 1 && runs[j].Start <= runs[i].End; j++)
            {
                Unite(parent, j, i);
            }
        }
        int[] label = ArrayPool<int>.Shared.Rent(runs.Length);
        int[] firsts = ArrayPool<int>.Shared.Rent(runs.Length + 2);
        firsts.AsSpan(0, runs.Length + 2).Clear();
        int count = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            label[i] = parent[i] == i ? count++ : label[parent[i]]; // a parent comes before its children
            firsts[label[i] + 2]++;
        }
        for (int i = 2; i < count + 2; i++)
        {
            firsts[i] += firsts[i - 1];
        }
        // One place further on each count is where the next run of its area goes, and in the end where the next area begins.
        int[] lists = ArrayPool<int>.Shared.Rent(runs.Length);
        for (int i = 0; i < runs.Length; i++)
        {
            lists[firsts[label[i] + 1]++] = i;
        }
        ArrayPool<int>.Shared.Return(parent);
        ArrayPool<int>.Shared.Return(label);
        return new Areas(count, firsts, lists);
    }

    // The smaller index becomes the root, so that a root is always its area's first run.
    private static void Unite(int[] parent, int a, int b)
    {
        (int x, int y) = (Root(parent, a), Root(parent, b));
        if (x != y)
        {
            parent[Math.Max(x, y)] = Math.Min(x, y);
        }
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }
}
