using System.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>Every value is an entry of its own.</summary>
/// <param name="sorted">Upwards, without NaN, as far as <paramref name="length"/>.</param>
/// <param name="length">Number of values.</param>
/// <param name="wholeNumbers">Whether the mode is the most frequent value, else the half-sample mode.</param>
internal readonly struct KeptValues<T>(T[] sorted, int length, bool wholeNumbers) : ISortedValues
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Length => length;

    public double Value(int entry) => double.CreateTruncating(sorted[entry]);

    public long Before(int entry) => entry;

    public double Mode(int first, int end)
    {
        ReadOnlySpan<T> values = sorted.AsSpan(first, end - first);
        return wholeNumbers ? double.CreateTruncating(Modes.Exact(values)) : Modes.HalfSample(values);
    }
}
