namespace Albireo.Pipeline.Stages;

/// <summary>What the first look at a frame of a stack told.</summary>
/// <param name="Sha256">Of the file's bytes.</param>
/// <param name="IsPacked">Whether reading it again costs unpacking it again.</param>
/// <param name="Figures">Of a flat with bias and dark removed, ADU; of other frames as they were read.</param>
internal sealed record FrameSight(string Sha256, bool IsPacked, FrameFigures Figures)
{
    /// <summary>What its values are divided by.</summary>
    public double Divisor { get; init; } = 1;

    /// <summary>Values outside of these are left out.</summary>
    public (float Low, float High) Limits { get; init; } = (float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>What looks wrong and does not prevent its use: a sentence, or null.</summary>
    public string? Doubt { get; init; }
}
