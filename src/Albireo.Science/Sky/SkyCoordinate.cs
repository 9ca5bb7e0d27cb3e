namespace Albireo.Science.Sky;

/// <summary>A direction on the sky, ICRS (J2000).</summary>
/// <param name="RightAscensionDegrees">0 … 360.</param>
/// <param name="DeclinationDegrees">−90 … 90.</param>
public readonly record struct SkyCoordinate(double RightAscensionDegrees, double DeclinationDegrees);
