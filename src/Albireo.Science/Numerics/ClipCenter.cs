namespace Albireo.Science.Numerics;

/// <summary>What values are clipped around.</summary>
public enum ClipCenter
{
    /// <summary>The median.</summary>
    Median,

    /// <summary>The mean.</summary>
    Mean,
}
