using Albireo.Fits;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Robustness;

/// <summary>More frames than the system lets a process hold open: all of them count, and the numbers are the same.</summary>
public sealed class OpenFilesTests : IDisposable
{
    private const int Frames = 200;
    private const int Limit = 160;
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Masters_and_combine_take_more_frames_than_may_be_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs ulimit -n");
        string folder = Directory.CreateDirectory(scratch.At("night")).FullName;
        var files = new List<string>();
        for (int i = 0; i < Frames; i++)
        {
            var header = new FitsHeader();
            header.Set("IMAGETYP", "Bias");
            header.Set("EXPTIME", 0.0);
            header.Set("DATE-OBS", $"2024-03-01T20:{i / 60:00}:{i % 60:00}");
            files.Add(Path.Combine(folder, $"bias{i:000}.fits"));
            using FitsOutput output = FitsOutput.Create(files[^1]);
            output.AddImage(header, [8, 8], (ReadOnlySpan<short>)[.. Enumerable.Range(0, 64).Select(p => (short)(300 + ((p + i) % 7)))]);
            output.Commit();
        }
        string few = scratch.At("few");
        string many = scratch.At("many");
        Run(p => AlbireoProcess.StartWithOpenFiles(Limit, p), "masters", folder, "-o", few);
        Run(AlbireoProcess.Start, "masters", folder, "-o", many);
        Run(p => AlbireoProcess.StartWithOpenFiles(Limit, p), ["combine", .. files, "-o", scratch.At("few.fits")]);
        Run(AlbireoProcess.Start, ["combine", .. files, "-o", scratch.At("many.fits")]);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(many, "masters", "bias.fits")),
            File.ReadAllBytes(Path.Combine(few, "masters", "bias.fits"))
        );
        Assert.Equal(File.ReadAllBytes(scratch.At("many.fits")), File.ReadAllBytes(scratch.At("few.fits")));
    }

    private static void Run(Func<string[], AlbireoProcess> start, params string[] args)
    {
        using AlbireoProcess process = start(args);
        process.Finish();
    }
}
