using System.Text.Json;
using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Science.Simulation;

namespace Albireo.Pipeline.Stages;

/// <summary>Writes a night of raw frames whose truth is known: FITS files and truth.json.</summary>
public static class SimulateNight
{
    private const string TruthName = "truth.json";

    /// <summary>Makes the night. The same options give the same bytes, whatever the number of threads.</summary>
    /// <param name="options">What night.</param>
    /// <param name="folder">Made if need be; otherwise empty, or an earlier simulation, which is replaced.</param>
    /// <param name="threads">How many frames are made at once.</param>
    /// <param name="progress">Told how many frames are done, of how many; may be null.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="IOException">The folder holds other things, or cannot be written.</exception>
    public static SimulatedNight Run(
        SimulateOptions options,
        string folder,
        int threads = 2,
        Action<int, int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        string root = Path.GetFullPath(folder);
        Prepare(root);
        var simulator = new NightSimulator(options.Plan, options.Transit is { } transit ? transit.FluxAt : null);
        List<(SimulatedFrameKind Kind, int Index)> frames = Frames(options.Plan);
        var truths = new FileTruth[frames.Count];
        int done = 0;
        Parallel.For(
            0,
            frames.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation },
            () => new Buffers(options.Plan),
            (i, _, buffers) =>
            {
                truths[i] = Write(simulator, options, root, frames[i].Kind, frames[i].Index, buffers);
                progress?.Invoke(Interlocked.Increment(ref done), frames.Count);
                return buffers;
            },
            _ => { }
        );
        SimulationTruth truth = Describe(simulator, options, truths);
        string path = Path.Combine(root, TruthName);
        string part = $"{path}.part";
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(truth, SimulationTruthContext.Default.SimulationTruth));
        File.Move(part, path, overwrite: true);
        return new SimulatedNight(root, path, truth);
    }

    /// <summary>Reads truth.json of a folder.</summary>
    public static SimulationTruth ReadTruth(string folder) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, TruthName)), SimulationTruthContext.Default.SimulationTruth)
        ?? throw new IOException($"{Path.Combine(folder, TruthName)} holds nothing.");

    /// <summary>Nothing but an earlier simulation is ever replaced.</summary>
    private static void Prepare(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            return;
        }
        if (File.Exists(Path.Combine(folder, TruthName)))
        {
            foreach (FileTruth frame in ReadTruth(folder).Frames)
            {
                if (frame.Name == Path.GetFileName(frame.Name))
                {
                    File.Delete(Path.Combine(folder, frame.Name));
                }
            }
            File.Delete(Path.Combine(folder, TruthName));
        }
        if (Directory.EnumerateFileSystemEntries(folder).FirstOrDefault() is { } other)
        {
            throw new IOException(
                $"{folder} is not empty ({Path.GetFileName(other)} is in it); a simulated night needs a folder of its own."
            );
        }
    }

    private static List<(SimulatedFrameKind Kind, int Index)> Frames(NightPlan plan) =>
        [
            .. Enumerable.Range(0, plan.BiasFrames).Select(i => (SimulatedFrameKind.Bias, i)),
            .. Enumerable.Range(0, plan.DarkFrames).Select(i => (SimulatedFrameKind.Dark, i)),
            .. Enumerable.Range(0, plan.FlatFrames).Select(i => (SimulatedFrameKind.Flat, i)),
            .. Enumerable.Range(0, plan.LightFrames).Select(i => (SimulatedFrameKind.Light, i)),
        ];

    private static FileTruth Write(
        NightSimulator simulator,
        SimulateOptions options,
        string folder,
        SimulatedFrameKind kind,
        int index,
        Buffers buffers
    )
    {
        FrameTruth truth = kind switch
        {
            SimulatedFrameKind.Bias => simulator.Bias(index, buffers.Counts),
            SimulatedFrameKind.Dark => simulator.Dark(index, buffers.Counts),
            SimulatedFrameKind.Flat => simulator.Flat(index, buffers.Counts, buffers.Work),
            SimulatedFrameKind.Light => simulator.Light(index, buffers.Counts, buffers.Work),
        };
        string name = NameOf(truth, options);
        using (FitsOutput output = FitsOutput.Create(Path.Combine(folder, name)))
        {
            output.AddImage<ushort>(SimulatedHeader.Of(truth, options), [options.Plan.Height, options.Plan.Width], buffers.Counts);
            output.Commit();
        }
        var file = new FileTruth
        {
            Name = name,
            Kind = kind.ToString().ToLowerInvariant(),
            StartUtc = truth.Start.ToIso(),
            ExposureS = truth.ExposureSeconds,
            CosmicRayPixels = truth.CosmicRayPixels.Count,
        };
        return truth.Conditions is not { } conditions
            ? file
            : file with
            {
                JdUtcMid = truth.Middle.Value,
                Airmass = conditions.Airmass,
                FwhmPixels = conditions.Psf.FwhmPixels,
                Transparency = conditions.Transparency,
                RotationDegrees = conditions.RotationDegrees,
                Mirrored = conditions.Mirrored,
                TargetFactor = truth.StarFactors[0],
                X = [.. truth.StarPositions.Select(p => Math.Round(p.X, 5))],
                Y = [.. truth.StarPositions.Select(p => Math.Round(p.Y, 5))],
                FluxAdu = [.. truth.StarElectrons.Select(e => Math.Round(e / options.Plan.Detector.GainElectronsPerAdu, 3))],
            };
    }

    private static string NameOf(FrameTruth truth, SimulateOptions options) =>
        truth.Kind switch
        {
            SimulatedFrameKind.Bias => $"bias-{truth.Index + 1:000}.fits",
            SimulatedFrameKind.Dark => $"dark-{truth.ExposureSeconds:0.###}s-{truth.Index + 1:000}.fits",
            SimulatedFrameKind.Flat => $"flat-{FileSafe(options.Filter)}-{truth.Index + 1:000}.fits",
            SimulatedFrameKind.Light => $"light-{FileSafe(options.Filter)}-{truth.Index + 1:0000}.fits",
        };

    private static string FileSafe(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static SimulationTruth Describe(NightSimulator simulator, SimulateOptions options, IReadOnlyList<FileTruth> frames)
    {
        NightPlan plan = options.Plan;
        return new SimulationTruth
        {
            Program = "albireo simulate",
            Seed = plan.Seed,
            Width = plan.Width,
            Height = plan.Height,
            ObjectName = options.ObjectName,
            Filter = options.Filter,
            RightAscensionDegrees = plan.Target.RightAscensionDegrees,
            DeclinationDegrees = plan.Target.DeclinationDegrees,
            SiteLatitudeDegrees = plan.Site.LatitudeDegrees,
            SiteLongitudeDegrees = plan.Site.LongitudeDegrees,
            SiteHeightMetres = plan.Site.HeightMetres,
            GainElectronsPerAdu = plan.Detector.GainElectronsPerAdu,
            ReadNoiseElectrons = plan.Detector.ReadNoiseElectrons,
            SaturationAdu = plan.Detector.SaturationAdu,
            BiasAdu = plan.Detector.BiasAdu,
            DarkElectronsPerSecond = plan.Detector.DarkElectronsPerSecond,
            Transit = options.Transit is { } t ? new TransitTruth(t.MiddleJulianDate, t.DurationDays, t.IngressDays, t.Depth) : null,
            Stars = [.. simulator.Scene.Stars.Select(s => new StarTruth(s.Name, s.Position.X, s.Position.Y, s.Magnitude))],
            Frames = frames,
        };
    }

    /// <summary>Room for one frame in the making.</summary>
    private sealed class Buffers(NightPlan plan)
    {
        public ushort[] Counts { get; } = new ushort[plan.Width * plan.Height];

        public Image Work { get; } = new(plan.Width, plan.Height);
    }
}
