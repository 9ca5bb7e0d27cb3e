namespace Albireo.Pipeline.Instruments;

/// <summary>What the keyword GAIN holds.</summary>
public enum GainMeaning
{
    Unknown,
    ElectronsPerAdu,
    AduPerElectron,
    Setting,
}
