using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.Sky;

namespace Albireo.Pipeline;

/// <summary>What a user asks of <c>reduce</c>.</summary>
public sealed record ReductionRequest
{
    /// <summary>Folders or files of raw frames.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The folder of all products.</summary>
    public required string Output { get; init; }
    public StarDesignation? Target { get; init; }
    public IReadOnlyList<StarDesignation> Comparisons { get; init; } = [];
    public StarDesignation? Check { get; init; }

    /// <summary>A table of stars with roles and magnitudes.</summary>
    public string? StarsFile { get; init; }

    /// <summary>Name or path of the frame that pixel positions refer to; null: the first light in time order.</summary>
    public string? Reference { get; init; }

    /// <summary>The target's coordinates; they override every header.</summary>
    public SkyCoordinate? Sky { get; init; }
    public Site? Site { get; init; }
    public string? ObjectName { get; init; }
    public string? Filter { get; init; }

    /// <summary>The inputs are reductions whose nights were joined, not raw frames.</summary>
    public bool JoinsReductions { get; init; }

    /// <summary>Put the nights of one target and filter together.</summary>
    public bool Join { get; init; }
    public bool KeepCalibrated { get; init; } = true;

    /// <summary>Ignores what earlier runs left in OUT.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Ends with observation.fits: no curve, no report.</summary>
    public bool MeasureOnly { get; init; }

    /// <summary>Settings over the defaults, later ones over earlier ones.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];
}
