using System.Security.Cryptography;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>What came of combining one group of calibration frames.</summary>
public sealed record StackedMaster(
    FrameKind Kind,
    IReadOnlyList<StackInput> Inputs,
    Image Image,
    Image Uncertainty,
    bool HoldsBias,
    MasterSet Removed
)
{
    /// <summary>
    /// Combines a group in bands of rows, so that memory stays within the limit whatever the number of frames. Every file is visited
    /// twice: for its hash and level, then for its pixels.
    /// </summary>
    /// <returns>Null if no frame of the group can be used.</returns>
    public static StackedMaster? Combine(
        FrameKind kind,
        IReadOnlyList<FrameInfo> group,
        Masters masters,
        Recipe recipe,
        RunContext run,
        Action done,
        List<UnusableFrame> unusable
    )
    {
        MasterSet removed =
            kind == FrameKind.Bias ? new MasterSet(null, null, 0, null, []) : masters.For(group[0], recipe.Calibrate with { Flat = false });
        if (kind is FrameKind.Dark or FrameKind.DarkFlat)
        {
            removed = removed with
            {
                Dark = null,
                Bias = recipe.Calibrate.Bias ? masters.For(group[0], recipe.Calibrate with { Dark = false }).Bias : null,
            };
        }
        foreach (string remark in removed.Remarks.Where(_ => kind == FrameKind.Flat))
        {
            run.Notice($"flats ({group[0].Filter?.Value ?? "no filter"}): {remark}");
        }
        StackInput?[] looked = new StackInput?[group.Count];
        Look(kind, group, masters, recipe, run, done, unusable, looked);
        List<StackInput> inputs = [.. looked.OfType<StackInput>()];
        if (inputs.Count == 0)
        {
            return null;
        }
        ReadoutLayout layout = ReadoutLayout.Of(inputs[0].Info, recipe.Calibrate);
        var result = new Image(layout.Width, layout.Height);
        var uncertainty = new Image(layout.Width, layout.Height);
        CombineBands(kind, inputs, masters, recipe, run, result, uncertainty);
        if (kind == FrameKind.Flat)
        {
            MasterFlat.Normalise(result, uncertainty);
        }
        return new StackedMaster(
            kind,
            inputs,
            result,
            uncertainty,
            kind is FrameKind.Dark or FrameKind.DarkFlat && removed.Bias is null && layout.Overscan is null,
            removed
        );
    }

    private static void Look(
        FrameKind kind,
        IReadOnlyList<FrameInfo> group,
        Masters masters,
        Recipe recipe,
        RunContext run,
        Action done,
        List<UnusableFrame> unusable,
        StackInput?[] looked
    )
    {
        var refused = new UnusableFrame?[group.Count];
        int next = -1;
        long pixels = (long)group[0].Width * group[0].Height;
        Workers.Run(
            Math.Min(run.Limits.FramesInFlight(pixels, bytesPerPixel: 12), group.Count),
            () =>
            {
                var workspace = new Workspace();
                int i;
                while ((i = Interlocked.Increment(ref next)) < group.Count)
                {
                    run.Cancellation.ThrowIfCancellationRequested();
                    try
                    {
                        looked[i] = LookAt(kind, group[i], masters, recipe, workspace);
                    }
                    catch (Exception e)
                        when (e is FitsFormatException or IOException or UnauthorizedAccessException or FrameUnusableException)
                    {
                        refused[i] = new UnusableFrame(group[i], "masters", e.Message);
                    }
                    done();
                }
            }
        );
        unusable.AddRange(refused.OfType<UnusableFrame>());
    }

    private static StackInput LookAt(FrameKind kind, FrameInfo info, Masters masters, Recipe recipe, Workspace workspace)
    {
        Frame frame = FrameReader.Read(info, workspace);
        Image raw = RawPicture.Corrected(frame, ReadoutLayout.Of(info, recipe.Calibrate));
        Image clean = raw;
        if (kind == FrameKind.Flat)
        {
            clean = workspace.Image("clean", raw.Width, raw.Height);
            Remove(raw.Pixels, 0, info, kind, masters, recipe, clean.Pixels);
        }
        Image scratch = workspace.Image("scratch", raw.Width, raw.Height);
        clean.Pixels.CopyTo(scratch.Pixels);
        double level = FrameLevel.Of(scratch, LevelMethod.Median);
        return kind == FrameKind.Flat && !(level > 0)
            ? throw new FrameUnusableException($"its level after bias and dark is {level:G6} ADU: there is no light in it.")
            : new StackInput(info, frame.Sha256!, level);
    }

    private static void CombineBands(
        FrameKind kind,
        List<StackInput> inputs,
        Masters masters,
        Recipe recipe,
        RunContext run,
        Image result,
        Image uncertainty
    )
    {
        int width = result.Width;
        int threads = run.Limits.Threads;
        long rowBytes = (long)inputs.Count * width * sizeof(float);
        int bandHeight = (int)
            Math.Clamp(Math.Min(run.Limits.MemoryBytes / 2 / threads / rowBytes, 1 + (result.Height / (4 * threads))), 1, 256);
        var options = new StackOptions
        {
            Method = recipe.Masters.Combine,
            SigmaLow = recipe.Masters.Sigma,
            SigmaHigh = recipe.Masters.Sigma,
            Iterations = recipe.Masters.Iterations,
            MinimumSpread = kind == FrameKind.Flat ? 0 : 0.5,
        };
        var terms = new StackTerms
        {
            Scales = kind == FrameKind.Flat ? [.. inputs.Select(i => 1 / i.Level)] : [],
            Noise = Noise(kind, inputs[0].Info, masters, recipe),
        };
        FitsFile[] files = [.. inputs.Select(i => FitsFile.Open(i.Info.Path))];
        try
        {
            RawPicture[] pictures =
            [
                .. files.Select((f, i) => new RawPicture(f.FirstImage(), ReadoutLayout.Of(inputs[i].Info, recipe.Calibrate))),
            ];
            using var bands = new ThreadLocal<float[][]>(() => [.. inputs.Select(_ => new float[bandHeight * width])]);
            Workers
                .Bands(threads)
                .Run(
                    result.Height,
                    bandHeight,
                    (_, first, rows) =>
                    {
                        run.Cancellation.ThrowIfCancellationRequested();
                        int length = rows * width;
                        float[][] stack = bands.Value!;
                        for (int i = 0; i < pictures.Length; i++)
                        {
                            Span<float> band = stack[i].AsSpan(0, length);
                            pictures[i].ReadRows(first, rows, band);
                            Remove(band, first, inputs[i].Info, kind, masters, recipe, band);
                        }
                        Stacking.Combine(
                            [.. stack.Select(b => (ReadOnlyMemory<float>)b.AsMemory(0, length))],
                            length,
                            terms,
                            options,
                            result.Rows(first, rows),
                            uncertainty.Rows(first, rows),
                            []
                        );
                    }
                );
        }
        finally
        {
            foreach (FitsFile file in files)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>
    /// What gain and read noise say of single values; the scatter of a handful of frames is a poor witness. Null where they are not
    /// known, or where a bias that is still in the values hides how much light they hold.
    /// </summary>
    private static StackNoise? Noise(FrameKind kind, FrameInfo frame, Masters masters, Recipe recipe)
    {
        DetectorParameters detector = FrameNoise.Of(frame, recipe.Detector).Detector;
        if (detector is not { HasNoiseModel: true, GainElectronsPerAdu: { } gain, ReadNoiseElectrons: { } readNoise })
        {
            return null;
        }
        if (kind == FrameKind.Bias)
        {
            return new StackNoise(gain, readNoise, PedestalAdu: double.PositiveInfinity); // a bias frame holds no light at all
        }
        return ToRemove(frame, kind, masters, recipe).Bias is null && ReadoutLayout.Of(frame, recipe.Calibrate).Overscan is null
            ? null
            : new StackNoise(gain, readNoise, PedestalAdu: 0);
    }

    /// <summary>Takes the bias out of darks, bias and dark out of flats; a bias stays as it is.</summary>
    private static void Remove(
        ReadOnlySpan<float> raw,
        int firstRow,
        FrameInfo info,
        FrameKind kind,
        Masters masters,
        Recipe recipe,
        Span<float> result
    )
    {
        if (kind == FrameKind.Bias)
        {
            return;
        }
        MasterSet set = ToRemove(info, kind, masters, recipe);
        int offset = firstRow * ReadoutLayout.Of(info, recipe.Calibrate).Width;
        ReadOnlySpan<float> bias = set.Bias is { } b ? b.Image.Pixels.Slice(offset, raw.Length) : [];
        ReadOnlySpan<float> dark = set.Dark is { } d ? d.Image.Pixels.Slice(offset, raw.Length) : [];
        if (recipe.Calibrate.Linearity is { Count: > 0 } coefficients)
        {
            CalibrationKernel.Apply(raw, bias, 1, [], 1, [], result);
            new Linearity(coefficients).Correct(result, result);
            raw = result;
            bias = [];
        }
        CalibrationKernel.Apply(raw, bias, 1, dark, (float)set.DarkScale, [], result);
    }

    private static MasterSet ToRemove(FrameInfo frame, FrameKind kind, Masters masters, Recipe recipe) =>
        masters.For(frame, recipe.Calibrate with { Flat = false, Dark = recipe.Calibrate.Dark && kind == FrameKind.Flat });
}
