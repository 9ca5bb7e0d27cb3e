namespace Albireo.Pipeline.Export;

/// <summary>The formats by name.</summary>
public static class ExportFormats
{
    private static readonly (string Name, Func<ExportSource, string> Write)[] All =
    [
        ("aavso", AavsoExtended.Write),
        ("aavso-exoplanet", AavsoExoplanet.Write),
        ("exoclock", ExoClock.Write),
        ("etd", Etd.Write),
        ("astroimagej", AstroImageJTable.Write),
        ("radec", AstroImageJRadec.Write),
        ("exofast", Exofast.Write),
        ("ds9", Ds9Regions.Write),
    ];

    public static IEnumerable<string> Names => All.Select(f => f.Name);

    /// <summary>Formats of stars alone, which need no light curve.</summary>
    public static bool NeedsCurve(string format) => format is not ("radec" or "ds9");

    /// <summary>The writer of a format.</summary>
    /// <exception cref="AlbireoException">There is no such format.</exception>
    public static Func<ExportSource, string> Find(string format) =>
        Array.Find(All, f => f.Name == format).Write
        ?? throw new AlbireoException(Failure.Usage, $"--format {format}: expected one of {string.Join(", ", Names)}.");
}
