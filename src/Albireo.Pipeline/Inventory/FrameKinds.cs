namespace Albireo.Pipeline.Inventory;

/// <summary>Words for kinds, and kinds with and without their masters.</summary>
public static class FrameKinds
{
    /// <summary>The kind of frames that a master was made of; other kinds as they are.</summary>
    public static FrameKind Unmastered(this FrameKind kind) =>
        kind switch
        {
            FrameKind.MasterBias => FrameKind.Bias,
            FrameKind.MasterDark => FrameKind.Dark,
            FrameKind.MasterFlat => FrameKind.Flat,
            FrameKind.MasterDarkFlat => FrameKind.DarkFlat,
            FrameKind.Unknown or FrameKind.Light or FrameKind.Bias or FrameKind.Dark or FrameKind.Flat or FrameKind.DarkFlat => kind,
        };

    /// <summary>The master of a kind; lights and unknown frames have none and stay.</summary>
    public static FrameKind Mastered(this FrameKind kind) =>
        kind switch
        {
            FrameKind.Bias => FrameKind.MasterBias,
            FrameKind.Dark => FrameKind.MasterDark,
            FrameKind.Flat => FrameKind.MasterFlat,
            FrameKind.DarkFlat => FrameKind.MasterDarkFlat,
            FrameKind.Unknown
            or FrameKind.Light
            or FrameKind.MasterBias
            or FrameKind.MasterDark
            or FrameKind.MasterFlat
            or FrameKind.MasterDarkFlat => kind,
        };

    /// <summary>Whether frames of this kind are ready masters.</summary>
    public static bool IsMaster(this FrameKind kind) => kind != kind.Unmastered();

    /// <summary>The word in tables and files: light, bias, dark, flat, darkflat, unknown. A master has its kind's word.</summary>
    public static string Word(this FrameKind kind) =>
        kind.Unmastered() switch
        {
            FrameKind.Light => "light",
            FrameKind.Bias => "bias",
            FrameKind.Dark => "dark",
            FrameKind.Flat => "flat",
            FrameKind.DarkFlat => "darkflat",
            FrameKind.Unknown => "unknown",
            var master => throw new InvalidOperationException($"{master} is its own master."),
        };

    /// <summary>The word in sentences: light, bias, dark, flat, dark-flat, master dark ….</summary>
    public static string Phrase(this FrameKind kind)
    {
        string word = kind.Unmastered() == FrameKind.DarkFlat ? "dark-flat" : kind.Word();
        return kind.IsMaster() ? $"master {word}" : word;
    }
}
