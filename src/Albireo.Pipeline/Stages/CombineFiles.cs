using Albireo.Fits;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// Combines pictures of one size pixel by pixel, in bands of rows, so that memory stays within its limit whatever their number. Each is
/// read once, twice where its level is needed.
/// </summary>
public static class CombineFiles
{
    /// <summary>So many files are kept open; beyond that each is opened anew for every band.</summary>
    private const int MostOpen = 400;

    /// <exception cref="AlbireoException">Pictures of different sizes; a level of 0 or less; a method that does not fit their number.</exception>
    /// <exception cref="FitsFormatException">A file holds no picture.</exception>
    public static CombinedPicture Run(CombineRequest request, ResourceLimits limits, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        FitsFile?[] open = new FitsFile?[request.Files.Count];
        try
        {
            FitsHeader header = OpenAll(request, open, out int width, out int height);
            double[] levels = Levels(request, open, width, height, observer, cancellation);
            var picture = new CombinedPicture(
                request,
                header,
                levels,
                new Image(width, height),
                new Image(width, height),
                new ushort[width * height]
            );
            Combine(picture, open, limits, observer, cancellation);
            return picture;
        }
        catch (ArgumentException e)
        {
            throw new AlbireoException(Failure.Usage, e.Message.Split(" (Parameter", StringSplitOptions.None)[0], e);
        }
        finally
        {
            foreach (FitsFile? file in open)
            {
                file?.Dispose();
            }
        }
    }

    private static FitsHeader OpenAll(CombineRequest request, FitsFile?[] open, out int width, out int height)
    {
        FitsHeader? header = null;
        (width, height) = (0, 0);
        for (int i = 0; i < open.Length; i++)
        {
            FitsFile file = FitsFile.Open(request.Files[i]);
            FitsImage picture = file.FirstImage();
            if (i == 0)
            {
                (width, height) = (picture.Width, picture.Height);
                header = picture.Header.Clone();
            }
            bool fits = picture.Width == width && picture.Height == height;
            open[i] = file;
            if (!fits)
            {
                throw new AlbireoException(
                    Failure.Input,
                    $"{request.Files[i]} has {picture.Width} × {picture.Height} pixels, {request.Files[0]} {width} × {height}; only pictures of one size can be combined."
                );
            }
            if (i >= MostOpen)
            {
                file.Dispose();
                open[i] = null;
            }
        }
        return header ?? throw new AlbireoException(Failure.Usage, "There is nothing to combine.");
    }

    private static double[] Levels(
        CombineRequest request,
        FitsFile?[] open,
        int width,
        int height,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        if (request.Scale is null && !request.IsWeighted)
        {
            return [];
        }
        observer.StageStarted("levels", open.Length);
        var image = new Image(width, height);
        var levels = new double[open.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Read(request.Files[i], open[i], 0, height, image.Pixels);
            levels[i] = FrameLevel.Of(image, request.Scale ?? LevelMethod.Median);
            if (!(levels[i] > 0))
            {
                throw new AlbireoException(
                    Failure.Input,
                    $"{request.Files[i]}: its level is {levels[i]:G6}; scaling and weights need one above 0."
                );
            }
            observer.ItemDone("levels");
        }
        return levels;
    }

    private static void Combine(
        CombinedPicture picture,
        FitsFile?[] open,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        CombineRequest request = picture.Request;
        int width = picture.Image.Width;
        int height = picture.Image.Height;
        var terms = new StackTerms
        {
            Scales = request.Scale is null ? [] : MasterFlat.Scales(picture.Levels, picture.Levels[0]),
            Weights = request.IsWeighted ? picture.Levels : [],
        };
        long rowBytes = (long)open.Length * width * sizeof(float);
        long rows = Math.Min(limits.MemoryBytes / 2 / limits.Threads / rowBytes, 1 + (height / (4 * limits.Threads)));
        int bandHeight = (int)Math.Clamp(rows, 1, 256);
        observer.StageStarted("combine", (height + bandHeight - 1) / bandHeight);
        using var buffers = new ThreadLocal<float[][]>(() => [.. open.Select(_ => new float[bandHeight * width])]);
        Workers
            .Bands(limits.Threads)
            .Run(
                height,
                bandHeight,
                (_, first, count) =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    float[][] stack = buffers.Value!;
                    int length = count * width;
                    for (int i = 0; i < stack.Length; i++)
                    {
                        Read(request.Files[i], open[i], first, count, stack[i].AsSpan(0, length));
                    }
                    Stacking.Combine(
                        [.. stack.Select(b => (ReadOnlyMemory<float>)b.AsMemory(0, length))],
                        length,
                        terms,
                        request.Options,
                        picture.Image.Rows(first, count),
                        picture.Uncertainty.Rows(first, count),
                        picture.Used.AsSpan(first * width, length)
                    );
                    observer.ItemDone("combine");
                }
            );
    }

    private static void Read(string path, FitsFile? open, int first, int count, Span<float> pixels)
    {
        if (open is not null)
        {
            open.FirstImage().ReadRows(first, count, pixels);
            return;
        }
        using FitsFile file = FitsFile.Open(path);
        file.FirstImage().ReadRows(first, count, pixels);
    }
}
