using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stars;
using Albireo.Science.Matching;
using Albireo.Science.Photometry;
using Albireo.Science.Psf;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Stages;

/// <summary>One light of the observation with what became of it.</summary>
public sealed record FrameRow
{
    public required FrameInfo Info { get; init; }

    /// <summary>Middle of the exposure; null where start or exposure is unknown.</summary>
    public JulianDate? MidUtc { get; init; }

    /// <summary>Null until target position and site are known.</summary>
    public JulianDate? MidBarycentric { get; init; }
    public JulianDate? MidHeliocentric { get; init; }
    public double? Airmass { get; init; }

    /// <summary>Where the airmass came from: <c>computed</c> or a keyword.</summary>
    public string? AirmassFrom { get; init; }

    /// <summary>Reference → frame; null where the frame was not matched.</summary>
    public FrameMatch? Match { get; init; }
    public FrameProfile? Profile { get; init; }

    /// <summary>Median sky of the frame.</summary>
    public double? Sky { get; init; }
    public FrameNoise? Noise { get; init; }
    public string? Sha256 { get; init; }

    /// <summary>The stage that left it out, or null.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>Why it was left out, or null.</summary>
    public string? Reason { get; init; }
    public bool IsUnusable { get; init; }
    public IReadOnlyList<string> Remarks { get; init; } = [];
    public bool IsMeasured => StoppedBy is null;
}
