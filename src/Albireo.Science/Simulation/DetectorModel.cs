using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>The faults of a camera. The defaults are those of an ordinary cooled CCD.</summary>
public sealed record DetectorModel
{
    /// <summary>Electrons that make one count.</summary>
    public double GainElectronsPerAdu
    {
        get;
        init => field = Require.Positive(value);
    } = 1.4;

    /// <summary>Standard deviation of one reading, electrons.</summary>
    public double ReadNoiseElectrons
    {
        get;
        init => field = Require.NotNegative(value);
    } = 7;

    /// <summary>Mean bias level, ADU.</summary>
    public double BiasAdu
    {
        get;
        init => field = Require.NotNegative(value);
    } = 600;

    /// <summary>Scatter of the columns' bias levels, ADU.</summary>
    public double ColumnPatternAdu
    {
        get;
        init => field = Require.NotNegative(value);
    } = 1.5;

    /// <summary>Difference of the bias between the last row and the first, ADU.</summary>
    public double RowSlopeAdu { get; init; } = 4;

    /// <summary>Dark current of an ordinary pixel, electrons a second.</summary>
    public double DarkElectronsPerSecond
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.05;

    /// <summary>Part of the pixels that are hot.</summary>
    public double HotPixelFraction
    {
        get;
        init => field = Require.Between(value, 0, 1);
    } = 0.001;

    /// <summary>Largest dark current of a hot pixel, electrons a second; they are spread evenly in its logarithm from a hundredth of it.</summary>
    public double HotElectronsPerSecond
    {
        get;
        init => field = Require.Positive(value);
    } = 60;

    /// <summary>Loss of light in the corners by vignetting, 0 … 1.</summary>
    public double Vignetting
    {
        get;
        init => field = Require.Between(value, 0, 0.95);
    } = 0.18;

    /// <summary>Number of dust rings.</summary>
    public int DustSpots
    {
        get;
        init => field = Require.NotNegative(value);
    } = 6;

    /// <summary>Scatter of the pixels' sensitivity.</summary>
    public double PixelResponseScatter
    {
        get;
        init => field = Require.Between(value, 0, 0.2);
    } = 0.006;

    /// <summary>Largest count that the camera writes.</summary>
    public int SaturationAdu
    {
        get;
        init => field = (int)Require.Between(value, 1, 65535);
    } = 65535;

    /// <summary>Cosmic rays per second and million pixels.</summary>
    public double CosmicRaysPerSecond
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.15;
}
