namespace Albireo.Science.Calibration;

/// <summary>Whole numbers of 16 bits, signed or not, by how often each occurs.</summary>
internal readonly struct CountedValues : ISortedValues
{
    /// <summary>The first value that is counted.</summary>
    public const int Lowest = short.MinValue;

    /// <summary>How many values are.</summary>
    public const int Room = ushort.MaxValue + 1 - Lowest;

    private readonly long[] before;

    /// <summary>Adds the counts up.</summary>
    /// <param name="counts">Of the values from <see cref="Lowest"/> on.</param>
    public CountedValues(ReadOnlySpan<long> counts)
    {
        before = new long[counts.Length + 1];
        for (int i = 0; i < counts.Length; i++)
        {
            before[i + 1] = before[i] + counts[i];
        }
    }

    public int Length => before.Length - 1;

    public double Value(int entry) => Lowest + entry;

    public long Before(int entry) => before[entry];

    /// <summary>The most frequent value, the smallest of several.</summary>
    public double Mode(int first, int end)
    {
        int mode = first;
        for (int i = first; i < end; i++)
        {
            if (before[i + 1] - before[i] > before[mode + 1] - before[mode])
            {
                mode = i;
            }
        }
        return Value(mode);
    }
}
