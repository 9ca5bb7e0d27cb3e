namespace Albireo.Tests.Architecture;

/// <summary>Who may use whom: Cli → Web → Pipeline → { Science, Fits }, and inside Science each folder only earlier ones.</summary>
public sealed class DirectionTests
{
    private static readonly string[] ScienceFolders =
    [
        "Numerics",
        "Images",
        "Time",
        "Sky",
        "Calibration",
        "Background",
        "Detection",
        "Centroids",
        "Psf",
        "Matching",
        "Photometry",
        "LightCurves",
        "Transits",
        "Simulation",
    ];

    [Theory]
    [InlineData("Albireo.Fits")]
    [InlineData("Albireo.Science")]
    [InlineData("Albireo.Pipeline", "Albireo.Fits", "Albireo.Science")]
    [InlineData("Albireo.Web", "Albireo.Pipeline", "Albireo.Fits", "Albireo.Science")]
    [InlineData("albireo", "Albireo.Web", "Albireo.Pipeline", "Albireo.Fits", "Albireo.Science")]
    public void An_assembly_refers_only_to_those_below_it(string assembly, params string[] allowed)
    {
        string[] own =
        [
            .. AssemblyUses.References(PathOf(assembly)).Where(r => r.StartsWith("albireo", StringComparison.OrdinalIgnoreCase)),
        ];
        Assert.All(own, r => Assert.Contains(r, allowed));
    }

    [Fact]
    public void A_folder_of_Science_uses_only_itself_and_earlier_ones()
    {
        IReadOnlySet<(string From, string To)> uses = AssemblyUses.OfNamespaces(PathOf("Albireo.Science"));
        Assert.Contains(("Albireo.Science.Images", "Albireo.Science.Numerics"), uses); // the reader does see uses
        string[] wrong =
        [
            .. uses.Where(u => Rank(u.From) >= 0 && Rank(u.To) > Rank(u.From))
                .Select(u => $"{u.From} uses {u.To}")
                .Order(StringComparer.Ordinal),
        ];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_of_Science_has_its_place()
    {
        string[] unknown =
        [
            .. AssemblyUses
                .OfNamespaces(PathOf("Albireo.Science"))
                .Select(u => u.From)
                .Distinct()
                .Where(n => n.StartsWith("Albireo.Science.", StringComparison.Ordinal) && Rank(n) < 0),
        ];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Only_Frames_and_Products_know_both_FITS_and_Science()
    {
        // Headers pass through other folders of Pipeline as values; pixels and tables meet FITS only here.
        string[] readers =
        [
            "Albireo.Pipeline.Frames",
            "Albireo.Pipeline.Products",
            "Albireo.Pipeline.Export",
            "Albireo.Pipeline.Stages",
            "Albireo.Pipeline.Inventory",
            "Albireo.Pipeline.Instruments",
            "Albireo.Pipeline",
        ];
        string[] wrong =
        [
            .. AssemblyUses
                .OfNamespaces(PathOf("Albireo.Pipeline"))
                .Where(u => u.To == "Albireo.Fits" && !readers.Contains(u.From))
                .Select(u => u.From)
                .Distinct(),
        ];
        Assert.Empty(wrong);
    }

    private static int Rank(string name) =>
        name.StartsWith("Albireo.Science.", StringComparison.Ordinal)
            ? Array.IndexOf(ScienceFolders, name["Albireo.Science.".Length..].Split('.')[0])
            : -1;

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
}
