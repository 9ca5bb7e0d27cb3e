namespace Albireo.Science.Detection;

/// <summary>What one band of rows holds: runs in row and column order, their pixels, and the hot pixels that were repaired.</summary>
internal sealed class BandRuns
{
    public List<PixelRun> Runs { get; } = [];

    public List<HotPixel> HotPixels { get; } = [];

    /// <summary>Background-subtracted pixels, run after run.</summary>
    public float[] Values { get; private set; } = new float[4096];

    /// <summary>The same pixels after the matched filter.</summary>
    public float[] Filtered { get; private set; } = new float[4096];

    public int Count { get; private set; }

    public void Add(
        int y,
        int start,
        int end,
        int pad,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> filtered,
        ReadOnlySpan<float> sigma,
        ReadOnlySpan<bool> bad
    )
    {
        int length = end - start;
        if (Count + length > Values.Length)
        {
            int size = Math.Max(2 * Values.Length, Count + length);
            (float[] v, float[] f) = (Values, Filtered);
            Array.Resize(ref v, size);
            Array.Resize(ref f, size);
            (Values, Filtered) = (v, f);
        }
        values.Slice(pad + start, length).CopyTo(Values.AsSpan(Count));
        filtered.Slice(pad + start, length).CopyTo(Filtered.AsSpan(Count));
        Runs.Add(
            new PixelRun
            {
                Y = y,
                Start = start,
                End = end,
                Offset = Count,
                Noise = sigma[pad + start],
                HasBadPixels = bad.Slice(pad + start, length).Contains(true),
            }
        );
        Count += length;
    }
}
