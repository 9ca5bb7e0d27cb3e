using Albireo.Science.Background;
using Albireo.Science.Detection;

namespace Albireo.Pipeline.Options;

/// <summary>How sources are found.</summary>
public sealed record DetectOptions
{
    public FindMethod Method { get; init; }

    /// <summary>As SExtractor does it: a box counts as long as half of its pixels are good (crowded fields lose many to clipping).</summary>
    public BackgroundOptions Background { get; init; } = new() { ExcludePercentile = 50 };

    /// <summary>Whether sources are masked (see <see cref="SourceMask"/>) before the background is measured.</summary>
    public bool MaskSources { get; init; }
    public SourceMaskOptions SourceMask { get; init; } = new();

    /// <summary>What the methods iraf and dao have taken off first.</summary>
    public SkySubtraction Subtract { get; init; }

    /// <summary>Limits of the method segments.</summary>
    public DetectionOptions Stars { get; init; } = new() { MaximumStars = 150 };
    public IrafFinderOptions Iraf { get; init; } = new();
    public DaoFinderOptions Dao { get; init; } = new();
    public SegmentedPeaksOptions Peaks { get; init; } = new();

    /// <summary>Where the width of a frame's stars comes from, and the profile for centroids by fit.</summary>
    public ProfileKind Profile { get; init; }

    /// <summary>Whether the fit of a frame's profile starts from that of the reference.</summary>
    public bool ProfileFromReference { get; init; }

    /// <summary>Frames beyond these are left out.</summary>
    public DetectLimits Limits { get; init; } = new();
}
