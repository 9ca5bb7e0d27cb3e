using System.Buffers;

namespace Albireo.Science.Detection;

/// <summary>What one band of rows holds: runs in row and column order, their pixels, and the hot pixels that were repaired.</summary>
internal sealed class BandRuns : IDisposable
{
    private PixelRun[] runs = ArrayPool<PixelRun>.Shared.Rent(1024);
    private float[] values = ArrayPool<float>.Shared.Rent(16384);
    private float[] filtered = ArrayPool<float>.Shared.Rent(16384);
    private int runCount;

    public List<HotPixel> HotPixels { get; } = [];

    public Span<PixelRun> Runs => runs.AsSpan(0, runCount);

    /// <summary>Background-subtracted pixels, run after run.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, Count);

    /// <summary>The same pixels after the matched filter.</summary>
    public ReadOnlySpan<float> Filtered => filtered.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Adds a run whose pixels are given.</summary>
    public void Add(int y, int start, ReadOnlySpan<float> pixels, ReadOnlySpan<float> filteredPixels, float noise, bool hasBadPixels)
    {
        if (runCount == runs.Length)
        {
            Grow(ref runs, runCount, 2 * runCount);
        }
        if (Count + pixels.Length > Math.Min(values.Length, filtered.Length))
        {
            int size = Math.Max(2 * values.Length, Count + pixels.Length);
            Grow(ref values, Count, size);
            Grow(ref filtered, Count, size);
        }
        pixels.CopyTo(values.AsSpan(Count));
        filteredPixels.CopyTo(filtered.AsSpan(Count));
        ref PixelRun run = ref runs[runCount++];
        run.Y = y;
        run.Start = start;
        run.End = start + pixels.Length;
        run.Offset = Count;
        run.Noise = noise;
        run.HasBadPixels = hasBadPixels;
        Count += pixels.Length;
    }

    public void Dispose()
    {
        ArrayPool<PixelRun>.Shared.Return(runs);
        ArrayPool<float>.Shared.Return(values);
        ArrayPool<float>.Shared.Return(filtered);
    }

    private static void Grow<T>(ref T[] array, int used, int size)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(size);
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
