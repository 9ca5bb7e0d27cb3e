using Albireo.Fits;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Science.Images;
using Albireo.Science.Matching;

namespace Albireo.Pipeline.Stages;

/// <summary>The command <c>stack</c>: calibrated frames laid on the reference and averaged, for looking at and never for measuring.</summary>
public static class StackFrames
{
    private const string Stage = "stack";

    /// <summary>Writes stack.fits and stack.png beside observation.fits.</summary>
    /// <param name="output">OUT.</param>
    /// <param name="limits">Threads.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellation">Checked before each frame.</param>
    /// <returns>Path of stack.fits, the number of frames in it, and a sentence for every frame that could not be used.</returns>
    /// <exception cref="AlbireoException">No calibrated frame was kept.</exception>
    public static (string Path, int Frames, IReadOnlyList<string> Unusable) Run(
        string output,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        RunMemory memory = RunMemory.Open(output);
        StoredObservation stored = ObservationFileReader.Read(memory.ObservationPath);
        string folder = Path.Combine(memory.Folder, "calibrated");
        FrameRow[] rows = [.. stored.Fluxes.Frames.Where(f => f.IsMeasured && f.Match is not null)];
        if (!rows.Any(r => File.Exists(Of(folder, r))))
        {
            throw new AlbireoException(
                Failure.NoResult,
                $"{folder} holds none of the {rows.Length} matched frames: this reduction did not keep them; run albireo reduce again without --no-calibrated."
            );
        }
        Image reference = stored.ReadPicture();
        var mean = new WarpedMean(reference.Width, reference.Height);
        double? level = stored.Fluxes.Frames.FirstOrDefault(f => f.Info == stored.ReferenceInfo)?.Sky;
        var used = new List<string>();
        var unusable = new List<string>();
        BandRunner runner = Workers.Bands(limits.Threads);
        observer.StageStarted(Stage, rows.Length);
        foreach (FrameRow row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                (Image pixels, PixelMask? mask) = CalibratedFileReader.Read(Of(folder, row));
                double offset = row.Sky is { } sky && level is { } l && double.IsFinite(l - sky) ? l - sky : 0;
                mean.Add(pixels, mask, row.Match!.Transform, offset, runner);
                used.Add(row.Info.Name);
            }
            catch (Exception e) when (e is FitsFormatException or IOException)
            {
                unusable.Add(e is FitsFormatException ? e.Message : $"{Of(folder, row)} cannot be read; the stack goes on without it.");
            }
            observer.ItemDone(Stage);
        }
        if (used.Count == 0)
        {
            throw new AlbireoException(Failure.NoResult, $"None of the frames in {folder} could be read: {unusable[0]}");
        }
        string path = Path.Combine(memory.Folder, "stack.fits");
        Image picture = mean.Mean();
        Write(path, stored, picture, mean, used);
        var shown = new ShownImage(picture, "stack");
        TextProduct.Write(Path.Combine(memory.Folder, "stack.png"), stream => ShowImages.Write(stream, [shown]));
        return (path, used.Count, unusable);
    }

    private static string Of(string folder, FrameRow row) => Path.Combine(folder, row.Info.Name + ".fits");

    private static void Write(string path, StoredObservation stored, Image picture, WarpedMean mean, List<string> used)
    {
        FitsHeader header = stored.Header.Clone();
        header.Remove("SCHEMA");
        header.Set("NCOMBINE", used.Count, "frames averaged, each warped to the reference");
        header.Set("CREATOR", ProgramVersion.Text, "program that wrote this file");
        header.AddHistory("bilinear warp and mean, each frame at the sky of the reference; for looking at, not for measuring");
        foreach (string name in used)
        {
            header.AddHistory(ObservationFileText.Escaped(name));
        }
        long[] shape = [picture.Height, picture.Width];
        var counts = new FitsHeader();
        counts.Set("EXTNAME", "USED");
        counts.Set("CONTENT", "frames in each pixel");
        using FitsOutput output = FitsOutput.Create(path, flushToDisk: true);
        output.AddImage(header, shape, (ReadOnlySpan<float>)picture.Pixels);
        output.AddImage(counts, shape, mean.Counts);
        output.Commit();
    }
}
