using System.Globalization;
using System.Text.Json;
using Albireo.Fits;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Simulation;
using Albireo.Science.Transits;

namespace Albireo.Pipeline.Stages;

/// <summary>Writes a night of raw frames whose truth is known: FITS files and truth.json.</summary>
public static class SimulateNight
{
    private const string TruthName = "truth.json";

    /// <summary>The stars with their colours as a table for <c>--stars</c>, where they differ.</summary>
    private const string StarsName = "stars.csv";

    /// <summary>Makes the night. The same options give the same bytes, whatever the number of threads.</summary>
    /// <param name="options">What night.</param>
    /// <param name="folder">Made if need be; otherwise empty, or an earlier simulation, which is replaced.</param>
    /// <param name="limits">How many frames are made at once.</param>
    /// <param name="observer">Told of every frame.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="AlbireoException">The folder holds other things, or cannot be written.</exception>
    public static SimulatedNight Run(
        SimulateOptions options,
        string folder,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        string root = Path.GetFullPath(folder);
        Prepare(root);
        var simulator = new NightSimulator(options.Plan, options.TargetFlux());
        List<(SimulatedFrameKind Kind, int Index)> frames = Frames(options.Plan);
        var truths = new FileTruth[frames.Count];
        observer.StageStarted("simulate", frames.Count);
        Parallel.For(
            0,
            frames.Count,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = limits.FramesInFlight((long)options.Plan.Width * options.Plan.Height, bytesPerPixel: 10),
                CancellationToken = cancellation,
            },
            () => new Buffers(options.Plan),
            (i, _, buffers) =>
            {
                truths[i] = Write(simulator, options, root, frames[i].Kind, frames[i].Index, buffers);
                observer.ItemDone("simulate");
                return buffers;
            },
            _ => { }
        );
        SimulationTruth truth = Describe(simulator, options, truths);
        string path = Path.Combine(root, TruthName);
        if (options.Plan.ColourScatter > 0)
        {
            TextProduct.Write(Path.Combine(root, StarsName), Table(truth));
        }
        TextProduct.Write(path, stream => JsonSerializer.Serialize(stream, truth, SimulationTruthContext.Default.SimulationTruth));
        return new SimulatedNight(root, path, truth);
    }

    /// <summary>Reads truth.json of a folder.</summary>
    public static SimulationTruth ReadTruth(string folder) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, TruthName)), SimulationTruthContext.Default.SimulationTruth)
        ?? throw new IOException($"{Path.Combine(folder, TruthName)} holds nothing.");

    /// <summary>Nothing but an earlier simulation is ever replaced.</summary>
    private static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(Path.Combine(folder, TruthName)))
            {
                Clear(folder);
            }
            string? other = Directory.EnumerateFileSystemEntries(folder).FirstOrDefault();
            if (other is not null)
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"{folder} is not empty ({Path.GetFileName(other)} is in it); a simulated night needs a folder of its own."
                );
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlbireoException(Failure.Usage, $"{folder} cannot be written: {e.Message}", e);
        }
    }

    private static void Clear(string folder)
    {
        SimulationTruth earlier;
        try
        {
            earlier = ReadTruth(folder);
        }
        catch (JsonException)
        {
            return; // not ours: the folder then counts as not empty
        }
        string inside = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        foreach (string path in earlier.Frames.Select(f => Path.GetFullPath(Path.Combine(folder, f.Name))))
        {
            if (path.StartsWith(inside, StringComparison.Ordinal) && File.Exists(path))
            {
                File.Delete(path);
                RemoveEmpty(Path.GetDirectoryName(path)!, inside);
            }
        }
        File.Delete(Path.Combine(folder, StarsName));
        File.Delete(Path.Combine(folder, TruthName));
    }

    /// <summary>Stars on the first frame: magnitude in its filter, and B−V.</summary>
    private static string Table(SimulationTruth truth) =>
        string.Concat(
            truth
                .Stars.Where(s => s.X > 0 && s.Y > 0 && s.X < truth.Width - 1 && s.Y < truth.Height - 1)
                .Select(s =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{s.Name},{s.X:F2},{s.Y:F2},{s.Magnitude:F3},{truth.Filter},{s.Colour:F3}\n"
                    )
                )
                .Prepend("name,x,y,mag,band,B-V\n")
        );

    private static void RemoveEmpty(string folder, string inside)
    {
        while (folder.StartsWith(inside, StringComparison.Ordinal) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
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
        string name = options.IsDisorganised ? Strewn(NameOf(truth, options), options.Plan.Seed) : NameOf(truth, options);
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (FitsOutput output = FitsOutput.Create(path))
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

    /// <summary>A path of up to three folders and a name of digits, the same for the same seed; the last digits keep it unique.</summary>
    private static string Strewn(string name, ulong seed)
    {
        ulong hash = 14695981039346656037; // FNV-1a
        foreach (char c in name)
        {
            hash = (hash ^ c) * 1099511628211;
        }
        var random = SeededRandom.Child(seed, hash);
        string[] folders = ["new", "2020", "old disk", "data (1)", "CCD"];
        string[] extensions = [".fits", ".fit", ".fts", ".FIT", ".FITS"];
        string path = "";
        for (int depth = random.Below(4); depth > 0; depth--)
        {
            path += folders[random.Below(folders.Length)] + "/";
        }
        return $"{path}{hash % 100000000:00000000}{extensions[random.Below(extensions.Length)]}";
    }

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
            Transit = options.Planet() is { } planet ? Describe(planet) : null,
            Sine = options.SineAmplitude > 0 ? new SineTruth(options.SineAmplitude, options.SinePeriodDays, options.SineStart) : null,
            Stars =
            [
                .. simulator.Scene.Stars.Select(s => new StarTruth(s.Name, s.Position.X, s.Position.Y, s.Magnitude)
                {
                    Colour = Math.Round(s.Colour, 4),
                }),
            ],
            Frames = frames,
        };
    }

    private static TransitTruth Describe(TransitParameters planet) =>
        new()
        {
            MiddleJdUtc = planet.MidTransitDays,
            DurationDays = planet.DurationDays,
            Depth = planet.Depth,
            PeriodDays = planet.PeriodDays,
            RpRs = planet.RadiusRatio,
            ARs = planet.ScaledSemiMajorAxis,
            InclinationDegrees = planet.InclinationDegrees,
            U1 = planet.LimbDarkening.U1,
            U2 = planet.LimbDarkening.U2,
        };

    /// <summary>Room for one frame in the making.</summary>
    private sealed class Buffers(NightPlan plan)
    {
        public ushort[] Counts { get; } = new ushort[plan.Width * plan.Height];

        public Image Work { get; } = new(plan.Width, plan.Height);
    }
}
