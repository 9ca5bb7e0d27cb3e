namespace Albireo.Pipeline.Plots;

/// <summary>
/// A colour by its role, so that dark, light and print can each choose the shade. The first eight are Okabe and Ito's palette, which
/// people with any colour vision can tell apart; the last four stay bright on a picture of the sky.
/// </summary>
public enum ColorSlot
{
    Ink,
    Blue,
    Orange,
    Green,
    Sky,
    Vermilion,
    Purple,
    Yellow,
    Muted,
    Target,
    Comparison,
    Check,
    Faint,
}
