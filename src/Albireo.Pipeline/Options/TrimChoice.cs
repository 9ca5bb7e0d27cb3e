namespace Albireo.Pipeline.Options;

/// <summary>Whether lights and calibration frames are cut down to the pixels that see the sky.</summary>
public sealed record TrimChoice
{
    public bool Enabled { get; init; } = true;

    /// <summary>What is kept of the raw picture; not given: TRIMSEC, else DATASEC, else what the profile's trimming leaves.</summary>
    public string? Region
    {
        get;
        init => field = RegionText.Require(value);
    }
}
