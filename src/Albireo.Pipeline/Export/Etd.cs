namespace Albireo.Pipeline.Export;

/// <summary>The Exoplanet Transit Database's light curves: as ExoClock's, at mid-exposure.</summary>
public static class Etd
{
    /// <exception cref="AlbireoException">Planet or filter are not known, or exposures differ.</exception>
    public static string Write(ExportSource source) =>
        ExoClock.Write(source, "JD_UTC (geocentric)", "Mid-exposure", "Flux (in flux)", shift: 0);
}
