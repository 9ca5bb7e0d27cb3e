using Albireo.Tests.Support;

namespace Albireo.NightTests.Hatp32;

/// <summary>The night reduced as the README says, and once more with the target's coordinates and the site; each once for all tests.</summary>
public sealed class Hatp32Night : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly Lazy<Reduced> plain;
    private readonly Lazy<Reduced> withSky;

    public Hatp32Night()
    {
        plain = new(() => Reduce("plain"));
        withSky = new(() => Reduce("sky", "--sky", "02:04:10.278,+46:41:16.2", "--site", "31.68,-110.88,2344", "--no-calibrated"));
    }

    public Reduced Reduced => plain.Value;

    public Reduced ReducedWithSky => withSky.Value;

    public static string[] Command(string output) =>
        ["reduce", Repository.Shared("hatp32"), "-o", output, "--target", "424,286", "--comparison", "465,183", "--comparison", "512,263"];

    public void Dispose() => scratch.Dispose();

    private Reduced Reduce(string name, params string[] more)
    {
        string output = scratch.At(name);
        return new Reduced(AlbireoRun.Of([.. Command(output), .. more]), output);
    }
}

/// <summary>A run and where its products lie.</summary>
public sealed record Reduced(AlbireoRun Run, string Output)
{
    public CsvTable Curve => CsvTable.Read(Path.Combine(Output, "lightcurve.csv"));
}
