namespace Albireo.Pipeline.Instruments;

/// <summary>What a date in the header dates.</summary>
public enum TimeMeaning
{
    Start,
    Mid,
    End,
}
