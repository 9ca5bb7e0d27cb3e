namespace Albireo.Pipeline.Options;

/// <summary>Where a setting stood; later layers win over earlier ones.</summary>
public enum SettingLayer
{
    Recipe,

    /// <summary>A telescope profile.</summary>
    Profile,

    /// <summary>A night.yaml beside the frames.</summary>
    Night,

    /// <summary>The command line.</summary>
    User,
}
