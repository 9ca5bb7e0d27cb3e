using Albireo.Pipeline.Inventory;
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

    /// <summary>Shift, rotation, transparency; null where the frame did not come so far.</summary>
    public FrameQuality? Quality { get; init; }

    /// <summary>Relative scintillation that is part of its flux errors; null where it is left out.</summary>
    public double? Scintillation { get; init; }

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

    /// <summary>The same frame with times and airmass for a direction and a place; what needs an unknown one of them is missing.</summary>
    public FrameRow SeenFrom(SkyCoordinate? direction, Site? site)
    {
        double airmass = MidUtc is { } t && direction is { } s && site is { } p ? Science.Sky.Airmass.Of(t, s, p) : double.NaN;
        bool isComputed = MidUtc is not null && direction is not null && site is not null;
        return this with
        {
            MidBarycentric = MidUtc is { } b && direction is { } d ? BarycentricTime.Bjd(b, d, site) : null,
            MidHeliocentric = MidUtc is { } h && direction is { } e ? BarycentricTime.Hjd(h, e, site) : null,
            Airmass =
                !isComputed ? Info.Airmass?.Value
                : double.IsFinite(airmass) ? airmass
                : null,
            AirmassFrom =
                !isComputed ? Info.Airmass?.From
                : double.IsFinite(airmass) ? "computed"
                : null,
        };
    }

    /// <summary>The same frame dated by the start of its exposure in place of the middle; airmass stays that of the middle.</summary>
    public FrameRow DatedByStart()
    {
        double seconds = -0.5 * (Info.ExposureSeconds?.Value ?? 0);
        return this with
        {
            MidUtc = MidUtc?.AddSeconds(seconds),
            MidBarycentric = MidBarycentric?.AddSeconds(seconds),
            MidHeliocentric = MidHeliocentric?.AddSeconds(seconds),
        };
    }
}
