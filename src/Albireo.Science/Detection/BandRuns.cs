using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>What one band of rows holds: runs in row and column order, their pixels, and the hot pixels that were repaired.</summary>
internal sealed class BandRuns : IDisposable
{
    private readonly PooledList<PixelRun> runs = new(1024);
    private readonly PooledList<float> values = new(16384);
    private readonly PooledList<float> filtered = new(16384);
    private readonly PooledList<HotPixel> hotPixels = new(64);

    public PooledList<HotPixel> HotPixels => hotPixels;

    public Span<PixelRun> Runs => runs.Items;

    /// <summary>Background-subtracted pixels, run after run.</summary>
    public ReadOnlySpan<float> Values => values.Items;

    /// <summary>The same pixels after the matched filter.</summary>
    public ReadOnlySpan<float> Filtered => filtered.Items;

    public int Count => values.Count;

    /// <summary>Adds a run whose pixels are given.</summary>
    public void Add(int y, int start, ReadOnlySpan<float> pixels, ReadOnlySpan<float> filteredPixels, float noise, bool hasBadPixels)
    {
        int offset = values.Count;
        Span<float> ownValues = values.Add(pixels.Length);
        Span<float> ownFiltered = filtered.Add(pixels.Length);
        // Runs are short: one loop costs less than two copies.
        double flux = 0;
        for (int i = 0; i < pixels.Length && i < filteredPixels.Length && i < ownValues.Length && i < ownFiltered.Length; i++)
        {
            float value = pixels[i];
            ownValues[i] = value;
            ownFiltered[i] = filteredPixels[i];
            flux += value > 0 ? value : 0;
        }
        ref PixelRun run = ref runs.Add(1)[0];
        run.Y = y;
        run.Start = start;
        run.End = start + pixels.Length;
        run.Offset = offset;
        run.Flux = flux;
        run.Noise = noise;
        run.HasBadPixels = hasBadPixels;
    }

    public void Dispose()
    {
        runs.Dispose();
        values.Dispose();
        filtered.Dispose();
        hotPixels.Dispose();
    }
}
