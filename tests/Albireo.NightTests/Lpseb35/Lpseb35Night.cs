using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Lpseb35;

/// <summary>A night with the full chain of calibration, reduced once for all tests.</summary>
public sealed class Lpseb35Night : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly Lazy<AlbireoRun> run;

    public Lpseb35Night() => run = new(() => AlbireoRun.Of(Command(Output)));

    public static string[] Command(string output) =>
        [
            "reduce",
            Repository.Shared("lpseb35"),
            "-o",
            output,
            "--target",
            "505.8,503.7",
            "--comparison",
            "483.4,618.8",
            "--check",
            "493.4,750.0",
        ];

    public AlbireoRun Run => run.Value;
    public string Output => scratch.At("out");
    public CsvTable Curve =>
        Run.Code == 0 ? CsvTable.Read(Path.Combine(Output, "lightcurve.csv")) : throw new InvalidOperationException($"{Run}");

    /// <summary>Calibrated frames in time order.</summary>
    public string[] Calibrated =>
        Run.Code == 0
            ? [.. Directory.GetFiles(Path.Combine(Output, "calibrated"), "*.fits").Order(StringComparer.Ordinal)]
            : throw new InvalidOperationException($"{Run}");

    public static Image Picture(string path, string? extension = null)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage hdu = extension is null ? file.FirstImage() : file.Hdus.OfType<FitsImage>().Single(h => h.Name == extension);
        var image = new Image(hdu.Width, hdu.Height);
        hdu.ReadRows(0, hdu.Height, image.Pixels);
        return image;
    }

    public void Dispose() => scratch.Dispose();
}
