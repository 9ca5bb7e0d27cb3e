namespace Albireo.Science.Sky;

/// <summary>A place on the Earth (WGS 84).</summary>
/// <param name="LatitudeDegrees">North positive.</param>
/// <param name="LongitudeDegrees">East positive.</param>
/// <param name="HeightMetres">Above the ellipsoid; height above the sea is close enough.</param>
public readonly record struct Site(double LatitudeDegrees, double LongitudeDegrees, double HeightMetres);
