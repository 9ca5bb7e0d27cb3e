namespace Albireo.Science.Detection;

/// <summary>
/// The connected areas (8-connected) of a picture above the threshold, as lists of runs. Labels come from union–find over runs, so
/// the cost grows with the detected pixels and not with the picture.
/// </summary>
internal sealed class Segments
{
    private readonly int[] starts;
    private readonly int[] members;
    private readonly int[] hotRows;

    private Segments(PixelRun[] runs, float[] values, float[] filtered, int[] starts, int[] members, HotPixel[] hotPixels)
    {
        Runs = runs;
        Values = values;
        Filtered = filtered;
        HotPixels = hotPixels;
        hotRows = RowStarts(hotPixels);
        this.starts = starts;
        this.members = members;
    }

    /// <summary>All runs, in row and column order.</summary>
    public PixelRun[] Runs { get; }

    /// <summary>Background-subtracted pixels of all runs.</summary>
    public float[] Values { get; }

    /// <summary>The same pixels after the matched filter.</summary>
    public float[] Filtered { get; }

    /// <summary>Repaired pixels, in row and column order.</summary>
    public HotPixel[] HotPixels { get; }

    /// <summary>The repaired pixels of one row.</summary>
    public ReadOnlySpan<HotPixel> HotPixelsOf(int row) =>
        row >= 0 && row + 1 < hotRows.Length ? HotPixels.AsSpan(hotRows[row], hotRows[row + 1] - hotRows[row]) : [];

    /// <summary>Number of connected areas, numbered by their first run.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Indices into <see cref="Runs"/> of one area, in row and column order.</summary>
    public ReadOnlySpan<int> RunsOf(int segment) => members.AsSpan(starts[segment], starts[segment + 1] - starts[segment]);

    /// <summary>Sum of the background-subtracted pixels of one area that are above 0: no source in it can be brighter.</summary>
    public double FluxOf(int segment)
    {
        double sum = 0;
        foreach (int r in RunsOf(segment))
        {
            foreach (float value in Values.AsSpan(Runs[r].Offset, Runs[r].Length))
            {
                sum += value > 0 ? value : 0;
            }
        }
        return sum;
    }

    /// <summary>Puts the bands together.</summary>
    public static Segments Join(BandRuns[] bands)
    {
        int runCount = bands.Sum(b => b.Runs.Count);
        int pixelCount = bands.Sum(b => b.Count);
        var runs = new PixelRun[runCount];
        var values = new float[pixelCount];
        var filtered = new float[pixelCount];
        int run = 0;
        int pixel = 0;
        foreach (BandRuns band in bands)
        {
            foreach (PixelRun r in band.Runs)
            {
                runs[run] = r;
                runs[run].Offset += pixel;
                run++;
            }
            band.Values.AsSpan(0, band.Count).CopyTo(values.AsSpan(pixel));
            band.Filtered.AsSpan(0, band.Count).CopyTo(filtered.AsSpan(pixel));
            pixel += band.Count;
        }
        HotPixel[] hot = [.. bands.SelectMany(b => b.HotPixels)];
        (int[] firsts, int[] lists) = Connect(runs);
        return new Segments(runs, values, filtered, firsts, lists, hot);
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

    private static (int[] Starts, int[] Members) Connect(PixelRun[] runs)
    {
        var parent = new int[runs.Length];
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
        var label = new int[runs.Length];
        int count = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            int root = Root(parent, i);
            label[i] = root == i ? count++ : label[root];
        }
        var first = new int[count + 1];
        foreach (int l in label)
        {
            first[l + 1]++;
        }
        for (int i = 0; i < count; i++)
        {
            first[i + 1] += first[i];
        }
        var list = new int[runs.Length];
        int[] next = first[..count];
        for (int i = 0; i < runs.Length; i++)
        {
            list[next[label[i]]++] = i;
        }
        return (first, list);
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
