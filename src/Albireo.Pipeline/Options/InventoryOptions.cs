using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>How the raw folders are looked through and their headers read.</summary>
public sealed record InventoryOptions
{
    /// <summary>How many folders deep below the named ones; null as deep as they go.</summary>
    public int? Depth
    {
        get;
        init => field = value is { } depth ? Require.NotNegative(depth) : null;
    }

    /// <summary>Name or file of the telescope profile that all frames were taken with; null to find it by their headers.</summary>
    public string? Telescope { get; init; }

    /// <summary>Only frames binned so many times on both axes take part; null for all. A tape.par's BINNING does the same.</summary>
    public int? Binning
    {
        get;
        init => field = value is { } binning ? Require.Positive(binning) : null;
    }

    /// <summary>Stop when the night is not complete by the checks of <see cref="Inventory.StrictChecks"/>.</summary>
    public bool Strict { get; init; }

    /// <summary>Write the list files of the TAPE programs into OUT.</summary>
    public bool Lists { get; init; }

    /// <summary>The colour plane of frames behind a Bayer mosaic that is measured; null refuses such frames.</summary>
    public ColourChannel? Channel { get; init; }

    /// <summary>Keywords that are tried first.</summary>
    public KeywordOptions Keywords { get; init; } = new();

    /// <summary>Words in the header for the kinds of frames, tried first.</summary>
    public KindWordOptions Words { get; init; } = new();
}
