using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// Combines pictures of one size pixel by pixel, in bands of rows, so that memory stays within its limit whatever their number. Each is
/// read once, twice where its level is needed; packed ones are unpacked once.
/// </summary>
public static class CombineFiles
{
    /// <summary>File, picture and values in order of one picture in flight.</summary>
    private const int BytesPerPixel = 12;

    /// <exception cref="AlbireoException">Pictures of different sizes; a level of 0 or less; a method that does not fit their number.</exception>
    /// <exception cref="FitsFormatException">A file holds no picture.</exception>
    public static CombinedPicture Run(CombineRequest request, ResourceLimits limits, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(observer);
        FitsHeader header;
        FitsPixelSize size;
        using (FitsFile first = FitsFile.Open(request.Files[0]))
        {
            FitsImage picture = first.FirstImage();
            header = picture.Header.Clone();
            size = new FitsPixelSize(picture.Width, picture.Height);
        }
        string scratch = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(request.Output))!,
            $".{Path.GetFileName(request.Output)}.{Guid.NewGuid():N}.part"
        );
        using var pixels = new StackedPixels(request.Files.Count, size.Width, size.Height, limits.MemoryBytes / 2, () => scratch);
        try
        {
            double[] levels = Open(request, pixels, size, limits, observer, cancellation);
            var combined = new CombinedPicture(
                request,
                header,
                levels,
                new Image(size.Width, size.Height),
                new Image(size.Width, size.Height),
                new ushort[size.Width * size.Height]
            );
            Combine(combined, pixels, limits, observer, cancellation);
            return combined;
        }
        catch (ArgumentException e)
        {
            throw new AlbireoException(Failure.Usage, e.Message.Split(" (Parameter", StringSplitOptions.None)[0], e);
        }
    }

    /// <summary>Looks at every file: its size, its level where that is needed; unpacks what is packed.</summary>
    private static double[] Open(
        CombineRequest request,
        StackedPixels pixels,
        FitsPixelSize size,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        bool needsLevels = request.Scale is not null || request.IsWeighted;
        observer.StageStarted("read", request.Files.Count);
        var levels = new double[request.Files.Count];
        int next = -1;
        Workers.Run(
            Math.Min(limits.FramesInFlight((long)size.Width * size.Height, BytesPerPixel), levels.Length),
            () =>
            {
                Image? image = null;
                int i;
                while ((i = Interlocked.Increment(ref next)) < levels.Length)
                {
                    cancellation.ThrowIfCancellationRequested();
                    string path = request.Files[i];
                    using (FitsFile file = FitsFile.Open(path))
                    {
                        FitsImage picture = file.FirstImage();
                        Require(picture, path, size, request.Files[0]);
                        bool isPacked = FrameReader.IsPacked(file, picture);
                        if (isPacked || needsLevels)
                        {
                            image ??= new Image(size.Width, size.Height);
                            picture.ReadRows(0, size.Height, image.Pixels);
                        }
                        if (isPacked)
                        {
                            pixels.Keep(i, image!.Pixels);
                        }
                        else
                        {
                            pixels.Open(i, path, ReadoutLayout.Whole(size.Width, size.Height));
                        }
                    }
                    levels[i] = needsLevels ? Level(image!, path, request) : double.NaN;
                    observer.ItemDone("read");
                }
            }
        );
        return needsLevels ? levels : [];
    }

    private static void Require(FitsImage picture, string path, FitsPixelSize size, string first)
    {
        if (picture.Width != size.Width || picture.Height != size.Height)
        {
            throw new AlbireoException(
                Failure.Input,
                $"{path} has {picture.Width} × {picture.Height} pixels, {first} {size.Width} × {size.Height}; only pictures of one size can be combined."
            );
        }
    }

    private static double Level(Image image, string path, CombineRequest request)
    {
        double level = FrameLevel.Of(image, request.Scale ?? LevelMethod.Median);
        return level > 0
            ? level
            : throw new AlbireoException(Failure.Input, $"{path}: its level is {level:G6}; scaling and weights need one above 0.");
    }

    private static void Combine(
        CombinedPicture picture,
        StackedPixels pixels,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        CombineRequest request = picture.Request;
        int width = picture.Image.Width;
        int height = picture.Image.Height;
        int frames = request.Files.Count;
        var terms = new StackTerms
        {
            Scales = request.Scale is null ? [] : MasterFlat.Scales(picture.Levels, picture.Levels[0]),
            Weights = request.IsWeighted ? picture.Levels : [],
        };
        int bandHeight = StackBands.Height(frames, width, sizeof(float), height, limits.MemoryBytes / 2, limits.Threads);
        observer.StageStarted("combine", (height + bandHeight - 1) / bandHeight);
        using var buffers = new ThreadLocal<float[][]>(() => [.. request.Files.Select(_ => new float[bandHeight * width])]);
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
                    for (int i = 0; i < frames; i++)
                    {
                        pixels.ReadRows(i, first, count, stack[i].AsSpan(0, length));
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

    private readonly record struct FitsPixelSize(int Width, int Height);
}
