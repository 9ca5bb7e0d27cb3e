using System.Numerics;
using System.Runtime.InteropServices;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>
/// Collects the pixels of a picture, some rows at a time, and tells what they come to. Undefined pixels (NaN, ±∞) are counted and left out.
/// Whole numbers of 16 bits are counted by value, so that memory does not grow with the picture; others are kept.
/// </summary>
/// <typeparam name="T">float where that holds every value exactly, else double.</typeparam>
/// <param name="countsWholeNumbers">Whether all values are whole and lie in −32768 … 65535.</param>
public sealed class PixelTally<T>(bool countsWholeNumbers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly long[] counts = countsWholeNumbers ? new long[CountedValues.Room] : [];
    private T[] values = [];
    private int length;

    /// <summary>Pixels seen that have no value.</summary>
    public long UndefinedCount { get; private set; }

    /// <summary>How many of them are infinite.</summary>
    public long InfiniteCount { get; private set; }

    /// <summary>Takes pixels.</summary>
    /// <param name="pixels">In any order.</param>
    /// <param name="leftOut">A flag for every pixel that is not to count (stars, say); empty for none.</param>
    /// <exception cref="ArgumentException">There are more values to keep than an array can hold.</exception>
    public void Add(ReadOnlySpan<T> pixels, ReadOnlySpan<bool> leftOut = default)
    {
        if (!leftOut.IsEmpty)
        {
            Require.SameLength(pixels.Length, leftOut.Length);
        }
        if (!countsWholeNumbers)
        {
            MakeRoom(pixels.Length);
        }
        for (int i = 0; i < pixels.Length; i++)
        {
            T pixel = pixels[i];
            if (!T.IsFinite(pixel))
            {
                UndefinedCount++;
                InfiniteCount += T.IsNaN(pixel) ? 0 : 1;
            }
            else if (!leftOut.IsEmpty && leftOut[i])
            {
                continue;
            }
            else if (countsWholeNumbers)
            {
                counts[int.CreateTruncating(pixel) - CountedValues.Lowest]++;
            }
            else
            {
                values[length++] = pixel;
            }
        }
    }

    /// <summary>What the pixels come to so far.</summary>
    /// <param name="width">Columns they were taken from.</param>
    /// <param name="height">Rows they were taken from.</param>
    /// <param name="clip">Null to keep outliers.</param>
    /// <param name="wholeNumbers">See <see cref="ImageStatisticsOptions.WholeNumbers"/>.</param>
    public ImageStatistics Statistics(int width, long height, ClipOptions? clip, bool wholeNumbers)
    {
        ImageStatistics found;
        if (countsWholeNumbers)
        {
            found = SortedStatistics.Of(new CountedValues(counts), clip);
        }
        else
        {
            Sort(values.AsSpan(0, length));
            found = SortedStatistics.Of(new KeptValues<T>(values, length, wholeNumbers), clip);
        }
        return found with { Width = width, Height = height, UndefinedCount = UndefinedCount };
    }

    private void MakeRoom(int more)
    {
        long needed = (long)length + more;
        if (needed > Array.MaxLength)
        {
            throw new ArgumentException($"{needed} pixels are more than can be sorted.", nameof(more));
        }
        if (needed > values.Length)
        {
            Array.Resize(ref values, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * values.Length)));
        }
    }

    private static void Sort(Span<T> values)
    {
        if (typeof(T) == typeof(float))
        {
            PixelSort.Sort(MemoryMarshal.Cast<T, float>(values));
        }
        else
        {
            values.Sort();
        }
    }
}
