namespace Albireo.Science.Time;

/// <summary>What clock a date was read from (IAU resolutions; SOFA time scale cookbook).</summary>
public enum TimeScale
{
    /// <summary>Coordinated Universal Time: civil time, with leap seconds.</summary>
    Utc,

    /// <summary>International Atomic Time.</summary>
    Tai,

    /// <summary>Terrestrial Time = TAI + 32.184 s.</summary>
    Tt,

    /// <summary>Barycentric Dynamical Time; within 2 ms of TT.</summary>
    Tdb,
}
