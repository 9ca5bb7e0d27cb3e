namespace Albireo.Science.Calibration;

/// <summary>Dark current as measured from two exposures.</summary>
/// <param name="AduPerSecond">Mean of the ordinary pixels.</param>
/// <param name="Error">Standard deviation of that mean.</param>
/// <param name="ElectronsPerSecond">The same in electrons; null where the gain is not known.</param>
public sealed record DarkCurrentEstimate(double AduPerSecond, double Error, double? ElectronsPerSecond);
