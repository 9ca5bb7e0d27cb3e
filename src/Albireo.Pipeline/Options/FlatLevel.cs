using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>The level that flats, or the master flat, are divided by.</summary>
public enum FlatLevel
{
    /// <summary>They stay as they are.</summary>
    None,

    /// <inheritdoc cref="LevelMethod.Median"/>
    Median,

    /// <inheritdoc cref="LevelMethod.Mean"/>
    Mean,

    /// <inheritdoc cref="LevelMethod.HalfSampleMode"/>
    HalfSampleMode,

    /// <inheritdoc cref="LevelMethod.ExactMode"/>
    ExactMode,
}
