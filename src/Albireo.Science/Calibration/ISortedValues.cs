namespace Albireo.Science.Calibration;

/// <summary>Values in rising order, each as often as it occurs.</summary>
internal interface ISortedValues
{
    /// <summary>Number of entries.</summary>
    int Length { get; }

    /// <summary>The value of an entry; it never falls from entry to entry.</summary>
    double Value(int entry);

    /// <summary>How many values all entries before this one hold; <c>Before(Length)</c> is the number of values.</summary>
    long Before(int entry);

    /// <summary>The mode of the values of entries first … end − 1, of which there are some.</summary>
    double Mode(int first, int end);
}
