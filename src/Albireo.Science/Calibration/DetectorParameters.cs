using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>What is known of a detector; what is not known is null.</summary>
/// <param name="GainElectronsPerAdu">Electrons that make one count.</param>
/// <param name="ReadNoiseElectrons">Standard deviation of one reading, in electrons.</param>
/// <param name="SaturationAdu">Raw counts from which a pixel is saturated.</param>
/// <param name="LinearLimitAdu">Raw counts above which a pixel is no longer linear.</param>
public sealed record DetectorParameters(
    double? GainElectronsPerAdu = null,
    double? ReadNoiseElectrons = null,
    double? SaturationAdu = null,
    double? LinearLimitAdu = null
)
{
    /// <summary>Electrons that make one count, above 0, or null.</summary>
    public double? GainElectronsPerAdu
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    } = GainElectronsPerAdu is { } gain ? Require.Positive(gain, nameof(GainElectronsPerAdu)) : null;

    /// <summary>Standard deviation of one reading in electrons, 0 or more, or null.</summary>
    public double? ReadNoiseElectrons
    {
        get;
        init => field = value is { } v ? Require.NotNegative(v) : null;
    } = ReadNoiseElectrons is { } noise ? Require.NotNegative(noise, nameof(ReadNoiseElectrons)) : null;

    /// <summary>Nothing is known.</summary>
    public static DetectorParameters Unknown { get; } = new();

    /// <summary>Whether the noise of a pixel can be told from its counts.</summary>
    public bool HasNoiseModel => GainElectronsPerAdu is not null && ReadNoiseElectrons is not null;
}
