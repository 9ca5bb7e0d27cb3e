namespace Albireo.Pipeline.Options;

/// <summary>Dates of AAVSO's extended format, at mid-exposure.</summary>
public enum ExportDate
{
    /// <summary>Julian date, UTC.</summary>
    Jd,

    /// <summary>The same with the light time to the Sun's centre.</summary>
    Hjd,
}
