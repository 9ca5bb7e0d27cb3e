using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.Sky;

namespace Albireo.Pipeline;

/// <summary>What a user asks of the stages after the last pixel; what is not given stays as OUT remembers it.</summary>
public sealed record CurveRequest
{
    /// <summary>OUT of a reduction, or the folder of one of its observations.</summary>
    public required string Output { get; init; }
    public StarChoice Stars { get; init; } = new();

    /// <summary>The target's coordinates: times and airmass are computed anew.</summary>
    public SkyCoordinate? Sky { get; init; }
    public Site? Site { get; init; }

    /// <summary>Settings over those that OUT remembers.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];
}
