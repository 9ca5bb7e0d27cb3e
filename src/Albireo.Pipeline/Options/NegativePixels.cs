namespace Albireo.Pipeline.Options;

/// <summary>What becomes of calibrated pixels below zero.</summary>
public enum NegativePixels
{
    /// <summary>They are what noise makes of a dark sky, and stay.</summary>
    Keep,

    /// <summary>They become NaN.</summary>
    Undefined,

    /// <summary>They, and all undefined pixels, become −1 (the fault of prose 2, which biases the sky).</summary>
    MinusOne,
}
