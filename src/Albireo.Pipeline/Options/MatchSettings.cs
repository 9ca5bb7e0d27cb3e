using Albireo.Science.Matching;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>How frames are matched with the reference.</summary>
public sealed record MatchSettings
{
    public MatchMethod Method { get; init; }

    /// <summary>The search by asterisms, and for both methods how a match is verified.</summary>
    public MatchOptions Asterisms { get; init; } = new();
    public ShiftVoteOptions Votes { get; init; } = new();

    /// <summary>Frames beyond these are left out.</summary>
    public MatchLimits Limits { get; init; } = new();
}
