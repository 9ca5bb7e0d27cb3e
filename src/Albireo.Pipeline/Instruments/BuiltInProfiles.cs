namespace Albireo.Pipeline.Instruments;

/// <summary>
/// Which built-in profile is for which header, without parsing YAML (the first document costs 44 ms). A test holds this list against
/// profiles/*.yaml.
/// </summary>
internal static class BuiltInProfiles
{
    public static readonly IReadOnlyList<BuiltInProfile> Index =
    [
        new("arcsat", ["ARCSAT*"], []),
        new("ekos", [], ["KStars*", "Ekos*", "INDI*"]),
        new("lco", ["0m4-*", "1m0-*", "2m0-*"], ["LCOGT*"]),
        new("lulin", ["LOT", "Lulin*"], []),
        new("maxim-dl", [], ["MaxIm*"]),
        new("mcdonald", ["McDonald 2.1m"], []),
        new("microobservatory", ["MicroObservatory*"], ["MicroObservatory*"]),
        new("nina", [], ["N.I.N.A.*", "NINA*"]),
        new("prose-tutorial", [], []),
        new("schmidt", ["BATC*"], []),
        new("sgp", [], ["Sequence Generator*", "SGP*"]),
        new("tape", [], []),
    ];

    /// <summary>The YAML of a built-in profile.</summary>
    public static string Text(string name)
    {
        using Stream stream =
            typeof(BuiltInProfiles).Assembly.GetManifestResourceStream($"profiles/{name}.yaml")
            ?? throw new InvalidOperationException($"The built-in profile {name} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
