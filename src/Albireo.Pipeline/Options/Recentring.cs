using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Options;

/// <summary>How positions are refined in each frame.</summary>
public enum Recentring
{
    /// <summary>The mapped reference position as it is.</summary>
    None,

    /// <summary>SExtractor's windowed centroid, within <see cref="MeasureOptions.MaximumShift"/>.</summary>
    Windowed,
}
