using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Stages;

/// <summary>A frame of a stack that passed the first look.</summary>
/// <param name="Index">Its place among the frames that were looked at.</param>
/// <param name="Info">The file.</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Removed">What is taken out of it.</param>
/// <param name="Figures">Of the frame with that removed, ADU; of a dark as it was read.</param>
/// <param name="Divisor">What its values are divided by: 1, a flat's level, or for counts a second the exposure.</param>
public sealed record StackInput(FrameInfo Info, int Index, string Sha256, MasterSet Removed, FrameFigures Figures, double Divisor)
{
    /// <summary>Values outside of these are left out, for one system's darks; ±∞ otherwise.</summary>
    public (float Low, float High) Limits { get; init; } = (float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>What looks wrong and does not prevent its use: a sentence, or null.</summary>
    public string? Doubt { get; init; }
}
