namespace Albireo.Pipeline.Options;

/// <summary>What is special about master darks.</summary>
public sealed record MasterDarkOptions
{
    /// <summary>What a master dark holds.</summary>
    public DarkForm Form { get; init; } = DarkForm.Automatic;

    /// <summary>
    /// Clip every dark over the picture as well, with the settings of the stack, as one system does: it throws away the hot pixels that a
    /// dark is there to keep.
    /// </summary>
    public bool ClipFrames { get; init; }

    /// <summary>Give pixels that no frame has a value for the master's mean; else they stay undefined.</summary>
    public bool FillHoles { get; init; }
}
