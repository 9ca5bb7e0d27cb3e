using Albireo.Science.Time;

namespace Albireo.Science.Sky;

/// <summary>How the time of one frame came about: from the header's text to BJD_TDB, with the seconds that each step added.</summary>
public sealed record TimeAudit
{
    /// <summary>The keyword that the time came from.</summary>
    public required string Keyword { get; init; }

    /// <summary>Its text in the header.</summary>
    public required string RawText { get; init; }

    /// <summary>Length of the exposure.</summary>
    public required double ExposureSeconds { get; init; }

    /// <summary>The steps in order; the last one is BJD_TDB, or TDB where the target's place is not known.</summary>
    public required IReadOnlyList<TimeAuditStep> Steps { get; init; }

    /// <summary>What is missing or doubtful, one sentence each.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }

    /// <summary>Mid-exposure in UTC.</summary>
    public required JulianDate MidUtc { get; init; }

    /// <summary>BJD_TDB of mid-exposure, or null where the target's place is not known.</summary>
    public required JulianDate? Bjd { get; init; }

    /// <summary>HJD_UTC of mid-exposure, or null where the target's place is not known.</summary>
    public required JulianDate? Hjd { get; init; }

    /// <summary>Follows one time through all steps.</summary>
    /// <param name="keyword">Where the time was found.</param>
    /// <param name="rawText">As it stood there.</param>
    /// <param name="startUtc">What it was read as: the start of the exposure.</param>
    /// <param name="exposureSeconds">Length of the exposure.</param>
    /// <param name="target">ICRS, or null if unknown.</param>
    /// <param name="site">The observer, or null if unknown.</param>
    public static TimeAudit Of(
        string keyword,
        string rawText,
        JulianDate startUtc,
        double exposureSeconds,
        SkyCoordinate? target,
        Site? site
    )
    {
        JulianDate mid = startUtc.AddSeconds(exposureSeconds / 2);
        JulianDate tai = mid.To(TimeScale.Tai);
        JulianDate tt = mid.To(TimeScale.Tt);
        JulianDate tdb = mid.To(TimeScale.Tdb);
        double leap = LeapSeconds.TaiMinusUtc(mid.Normalised().Day);
        var steps = new List<TimeAuditStep>
        {
            new("UTC start", startUtc, 0, $"{keyword} = {rawText}"),
            new("UTC mid-exposure", mid, exposureSeconds / 2, "half the exposure"),
            new("TAI", tai, leap, $"leap seconds, by a table that is certain until {LeapSeconds.Expiry.ToIso(0)[..10]}"),
            new("TT", tt, 32.184, "by definition"),
            new("TDB", tdb, tt.TdbMinusTt(), "the Earth's clock in its orbit"),
        };
        var doubts = new List<string>();
        if (LeapSeconds.Doubt(mid) is { } doubt)
        {
            doubts.Add(doubt);
        }
        JulianDate? bjd = null;
        JulianDate? hjd = null;
        if (target is { } star)
        {
            double observer = BarycentricTime.ObserverSeconds(mid, star, site);
            double orbit = BarycentricTime.BarycentricSeconds(mid, star, site) - observer;
            steps.Add(
                new TimeAuditStep(
                    "BJD_TDB at the geocentre",
                    tdb.AddSeconds(orbit),
                    orbit,
                    "light time from the Earth's centre to the barycentre"
                )
            );
            bjd = BarycentricTime.Bjd(mid, star, site);
            hjd = BarycentricTime.Hjd(mid, star, site);
            steps.Add(
                new TimeAuditStep("BJD_TDB", bjd.Value, observer, site is null ? "no site given" : "the observer's place on the Earth")
            );
            if (site is null)
            {
                doubts.Add("The observer's place is not known: BJD_TDB is for the Earth's centre, up to 21 ms off.");
            }
        }
        else
        {
            doubts.Add("The target's place on the sky is not known: there is no BJD_TDB.");
        }
        return new TimeAudit
        {
            Keyword = keyword,
            RawText = rawText,
            ExposureSeconds = exposureSeconds,
            Steps = steps,
            Doubts = doubts,
            MidUtc = mid,
            Bjd = bjd,
            Hjd = hjd,
        };
    }
}
