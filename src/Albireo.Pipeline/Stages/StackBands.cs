using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>The second visit of the frames of a stack, band by band on several threads, in single or in double precision.</summary>
internal static class StackBands
{
    /// <summary>Bands of about this many bytes over all frames stay in the processor's caches.</summary>
    private const int BandBytes = 4 << 20;

    /// <summary>Fewer pixels of a frame at a time make reading slow.</summary>
    private const int LeastPixels = 16384;

    /// <summary>Rows of a band: what the caches, the disk, the threads and the memory suggest.</summary>
    /// <param name="frames">In the stack.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="valueBytes">4 or 8.</param>
    /// <param name="height">Rows of a frame.</param>
    /// <param name="room">Bytes that all threads may take.</param>
    /// <param name="threads">That work at once.</param>
    public static int Height(int frames, int width, int valueBytes, int height, long room, int threads)
    {
        long rowBytes = (long)frames * width * valueBytes;
        long wanted = Math.Max(BandBytes / rowBytes, LeastPixels / width);
        return (int)Math.Clamp(Math.Min(Math.Min(wanted, room / threads / rowBytes), 1 + (height / (16 * threads))), 1, 256);
    }

    public static StackedMaster InSingle(StackJob job, IReadOnlyList<StackInput> inputs, StackedPixels pixels, long room)
    {
        ReadoutLayout first = job.Layout(inputs[0].Info);
        Image image = LargePages.Unset(first.Width, first.Height);
        Image uncertainty = LargePages.Unset(first.Width, first.Height);
        var used = new ushort[first.Width * first.Height];
        double common = Common(job, inputs);
        StackTerms terms = Terms(job, inputs) with
        {
            Scales = inputs.Any(i => i.Divisor != 1) ? [.. inputs.Select(i => common / i.Divisor)] : [],
        };
        Run(
            job,
            inputs,
            pixels,
            room,
            terms,
            image.Buffer,
            uncertainty.Buffer,
            used,
            (i, firstPixel, raw, band) =>
            {
                job.TakeOut(inputs[i].Info, inputs[i].Removed, raw, firstPixel, band);
                KeepWithin(inputs[i].Limits, band);
            }
        );
        Finish(job, image.Buffer, uncertainty.Buffer);
        return Made(job, inputs, image, uncertainty, used);
    }

    /// <summary>Values are divided, not multiplied by an inverse: exact modes tell the difference.</summary>
    public static StackedMaster InDouble(StackJob job, IReadOnlyList<StackInput> inputs, StackedPixels pixels, long room)
    {
        ReadoutLayout first = job.Layout(inputs[0].Info);
        int length = first.Width * first.Height;
        var wide = new double[length];
        var wideUncertainty = new double[length];
        var used = new ushort[length];
        double common = Common(job, inputs);
        StackTerms terms = Terms(job, inputs);
        terms = terms with { Noise = inputs.Any(i => i.Divisor != 1) ? null : terms.Noise };
        Run(
            job,
            inputs,
            pixels,
            room,
            terms,
            wide,
            wideUncertainty,
            used,
            (i, firstPixel, raw, band) =>
            {
                StackInput input = inputs[i];
                job.TakeOut(input.Info, input.Removed, raw, firstPixel, band);
                for (int p = 0; p < band.Length; p++)
                {
                    bool isIn = band[p] >= input.Limits.Low && band[p] <= input.Limits.High;
                    band[p] = isIn ? band[p] / input.Divisor * common : double.NaN;
                }
            }
        );
        Finish(job, wide, wideUncertainty);
        return Made(
            job,
            inputs,
            new Image(first.Width, first.Height, Array.ConvertAll(wide, v => (float)v)),
            new Image(first.Width, first.Height, Array.ConvertAll(wideUncertainty, v => (float)v)),
            used
        );
    }

    private static void Run<T>(
        StackJob job,
        IReadOnlyList<StackInput> inputs,
        StackedPixels pixels,
        long room,
        StackTerms terms,
        T[] result,
        T[] uncertainty,
        ushort[] used,
        Preparation<T> prepare
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        ReadoutLayout layout = job.Layout(inputs[0].Info);
        int width = layout.Width;
        int height = layout.Height;
        int threads = job.Run.Limits.Threads;
        int size = Unsafe.SizeOf<T>();
        int bandHeight = Height(inputs.Count, width, size, height, room / 2, threads);
        StackOptions options = job.Stack;
        int next = -1;
        Workers.Run(
            threads,
            () =>
                job.Run.Workspaces.Lend(workspace =>
                {
                    int most = bandHeight * width;
                    float[] raw = workspace.Values<float>("rows", most);
                    T[] rows = workspace.Values<T>("stack", checked(inputs.Count * most));
                    int first;
                    while ((first = Interlocked.Increment(ref next) * bandHeight) < height)
                    {
                        job.Run.Cancellation.ThrowIfCancellationRequested();
                        int count = Math.Min(bandHeight, height - first);
                        int length = count * width;
                        var stack = new ReadOnlyMemory<T>[inputs.Count];
                        for (int i = 0; i < inputs.Count; i++)
                        {
                            Memory<T> band = rows.AsMemory(i * most, length);
                            pixels.ReadRows(inputs[i].Index, first, count, raw.AsSpan(0, length));
                            prepare(i, first * width, raw.AsSpan(0, length), band.Span);
                            stack[i] = band;
                        }
                        Stacking.Combine<T>(
                            stack,
                            length,
                            terms,
                            options,
                            result.AsSpan(first * width, length),
                            uncertainty.AsSpan(first * width, length),
                            used.AsSpan(first * width, length)
                        );
                    }
                })
        );
    }

    private static void KeepWithin((float Low, float High) limits, Span<float> band)
    {
        if (limits is (float.NegativeInfinity, float.PositiveInfinity))
        {
            return;
        }
        foreach (ref float value in band)
        {
            value = value >= limits.Low && value <= limits.High ? value : float.NaN;
        }
    }

    /// <summary>The level that frames are brought to.</summary>
    private static double Common(StackJob job, IReadOnlyList<StackInput> inputs) =>
        job.Kind == FrameKind.Flat && job.Options.Flat.Reference == FlatReference.FirstFrame ? inputs[0].Divisor : 1;

    private static StackTerms Terms(StackJob job, IReadOnlyList<StackInput> inputs)
    {
        StackNoise? noise = Noise(job, inputs[0]);
        return new StackTerms { Noise = noise, Weights = job.Kind == FrameKind.Flat ? Weights(job, inputs, noise) : [] };
    }

    /// <summary>
    /// What gain and read noise say of single values; the scatter of a handful of frames is a poor witness. Null where they are not
    /// known, or where a bias that is still in the values hides how much light they hold and no bias frame tells its level.
    /// </summary>
    private static StackNoise? Noise(StackJob job, StackInput input)
    {
        DetectorParameters detector = job.Masters.NoiseOf(input.Info, job.Recipe.Detector).Detector;
        if (detector is not { HasNoiseModel: true, GainElectronsPerAdu: { } gain, ReadNoiseElectrons: { } readNoise })
        {
            return null;
        }
        if (job.Kind == FrameKind.Bias)
        {
            return new StackNoise(gain, readNoise, PedestalAdu: double.PositiveInfinity); // a bias frame holds no light at all
        }
        // A dark that holds the bias takes it out of a flat as well.
        bool isFree = input.Removed.Bias is not null || (job.Kind == FrameKind.Flat && input.Removed.Dark is not null);
        double? pedestal =
            isFree ? 0
            : job.Bias(input.Info) is { } bias ? FrameLevel.Of(bias.Image, LevelMethod.Median)
            : job.Layout(input.Info).Overscan is not null ? 0
            : null;
        return pedestal is { } level ? new StackNoise(gain, readNoise, level) : null;
    }

    private static IReadOnlyList<double> Weights(StackJob job, IReadOnlyList<StackInput> inputs, StackNoise? noise)
    {
        FlatWeights weights = job.Options.Flat.Weights;
        if (weights == FlatWeights.None)
        {
            return [];
        }
        if (weights == FlatWeights.Level || noise is not { } model)
        {
            if (weights == FlatWeights.InverseVariance)
            {
                job.Notes.Tell(
                    $"{job.Name}: gain or read noise is not known; its flats are weighted by their levels, as photon noise has it."
                );
            }
            return [.. inputs.Select(i => i.Figures.Median)];
        }
        double read = model.ReadNoiseElectrons / model.GainElectronsPerAdu;
        return [.. inputs.Select(i => i.Divisor * i.Divisor / ((i.Figures.Median / model.GainElectronsPerAdu) + (read * read)))];
    }

    /// <summary>Divides a master flat by its own level and gives holes a value, as far as that is wanted.</summary>
    /// <exception cref="ArgumentException">The level is 0 or less: there is no light in the flat.</exception>
    private static void Finish<T>(StackJob job, T[] values, T[] uncertainty)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        if (job.Kind == FrameKind.Flat && job.Options.Flat.Normalise.Method() is { } method)
        {
            job.Run.Workspaces.Lend(workspace =>
            {
                // Single precision has the room that other pictures have; double precision its own.
                T[] room = workspace.Values<T>(Unsafe.SizeOf<T>() == sizeof(float) ? "scratch" : "wide", values.Length);
                double level = FrameLevel.Of(Defined<T>(values, room), method);
                MasterFlat.Normalise(values, uncertainty, level);
            });
        }
        if (job.Kind == FrameKind.Flat && job.Options.Flat.FillHoles)
        {
            FrameClip.FillHoles<T>(values, 1);
        }
        if (job.IsDark && job.Options.Dark.FillHoles)
        {
            FrameClip.FillHoles<T>(values, double.NaN);
        }
    }

    /// <summary>The finite values in their order.</summary>
    private static Span<T> Defined<T>(ReadOnlySpan<T> values, Span<T> room)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (TensorPrimitives.IsFiniteAll(values))
        {
            values.CopyTo(room);
            return room[..values.Length];
        }
        int count = 0;
        foreach (T value in values)
        {
            if (T.IsFinite(value))
            {
                room[count++] = value;
            }
        }
        return room[..count];
    }

    private static StackedMaster Made(StackJob job, IReadOnlyList<StackInput> inputs, Image image, Image uncertainty, ushort[] used)
    {
        var stack = new StackedMaster(job.Kind, inputs, image, uncertainty, used, job.HoldsBias(inputs[0]), job.IsPerSecond);
        if (stack.FreedOf?.Uncertainty is { } error)
        {
            // All frames lost the same bias, and its error with it.
            TensorPrimitives.Multiply(uncertainty.Pixels, uncertainty.Pixels, uncertainty.Pixels);
            CalibrationKernel.AddVariance(error.Pixels, (float)stack.BiasShare, uncertainty.Pixels);
            TensorPrimitives.Sqrt(uncertainty.Pixels, uncertainty.Pixels);
        }
        return stack;
    }

    /// <summary>Makes of rows as read what is stacked.</summary>
    private delegate void Preparation<T>(int input, int firstPixel, Span<float> raw, Span<T> band);
}
