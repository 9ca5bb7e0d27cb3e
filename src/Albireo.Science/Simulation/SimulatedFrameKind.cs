namespace Albireo.Science.Simulation;

/// <summary>What a simulated frame was taken for.</summary>
public enum SimulatedFrameKind
{
    /// <summary>No exposure.</summary>
    Bias,

    /// <summary>Shutter closed.</summary>
    Dark,

    /// <summary>Even light.</summary>
    Flat,

    /// <summary>The field.</summary>
    Light,
}
