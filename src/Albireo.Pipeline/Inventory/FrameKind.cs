namespace Albireo.Pipeline.Inventory;

/// <summary>What a frame was taken for.</summary>
public enum FrameKind
{
    Unknown,
    Light,
    Bias,
    Dark,
    Flat,
    DarkFlat,
    MasterBias,
    MasterDark,
    MasterFlat,
    MasterDarkFlat,
}
