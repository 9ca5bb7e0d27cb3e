using Albireo.Science.Calibration;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>What is special about master flats.</summary>
public sealed record MasterFlatOptions
{
    /// <summary>What every flat is divided by before they are combined.</summary>
    public FlatLevel Scale { get; init; } = FlatLevel.Median;

    /// <summary>
    /// Where that level is taken, <c>x0:x1,y0:y1</c>; null for the whole frame. On a frame that does not hold the window, the central part
    /// of its size, or what there is.
    /// </summary>
    public string? Region
    {
        get;
        init => field = RegionText.Require(value);
    }

    /// <summary>The level that flats are brought to.</summary>
    public FlatReference Reference { get; init; } = FlatReference.One;

    /// <summary>How much each flat counts.</summary>
    public FlatWeights Weights { get; init; } = FlatWeights.None;

    /// <summary>What the master is divided by, its own level over the whole frame.</summary>
    public FlatLevel Normalise { get; init; } = FlatLevel.Median;

    /// <summary>Flats whose median, bias and dark removed, is lower (ADU) are left out.</summary>
    public double? LowestLevel
    {
        get;
        init => field = value is { } v ? Require.NotNegative(v) : null;
    }

    /// <summary>Flats whose median, bias and dark removed, is higher (ADU) are left out.</summary>
    public double? HighestLevel
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Whether darks are taken out of flats.</summary>
    public bool Dark { get; init; } = true;

    /// <summary>Give pixels that no flat has a value for the value 1; else they stay undefined.</summary>
    public bool FillHoles { get; init; }
}
