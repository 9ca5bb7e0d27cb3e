using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>Levels of flats in the words of Science.</summary>
internal static class FlatLevels
{
    public static LevelMethod? Method(this FlatLevel level) =>
        level switch
        {
            FlatLevel.None => null,
            FlatLevel.Median => LevelMethod.Median,
            FlatLevel.Mean => LevelMethod.Mean,
            FlatLevel.HalfSampleMode => LevelMethod.HalfSampleMode,
            FlatLevel.ExactMode => LevelMethod.ExactMode,
        };
}
