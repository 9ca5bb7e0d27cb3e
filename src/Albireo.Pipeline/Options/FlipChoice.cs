namespace Albireo.Pipeline.Options;

/// <summary>How calibrated frames are mirrored; positions and coordinates go with them.</summary>
public enum FlipChoice
{
    None,

    /// <summary>The first row becomes the last.</summary>
    UpDown,

    /// <summary>The first column becomes the last.</summary>
    LeftRight,
}
