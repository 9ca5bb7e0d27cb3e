using System.Globalization;
using Albireo.Pipeline.Export;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Sky;

namespace Albireo.Pipeline;

/// <summary>The stages after the last pixel, again and again from observation.fits: curve, fit, report, export.</summary>
public static class LateStages
{
    private static readonly string[] Groups = ["curve", "fit", "export", "compat"];

    /// <summary>These stages take a moment; one waits for the other.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>The curve with other stars, times or settings: lightcurve.csv, plots, report. No raw frame is read.</summary>
    /// <exception cref="AlbireoException">OUT holds no observation, or there is no such star; the message is for the user.</exception>
    public static ObservationResult Curve(CurveRequest request, IRunObserver observer, CancellationToken cancellation)
    {
        return In(
            request.Output,
            observer,
            (memory, run) =>
            {
                Recipe recipe = RecipeBinder.Bind([.. memory.Settings, .. OfLateStages(request.Settings)]);
                StoredObservation stored = Dated(Updated(ObservationFileReader.Read(memory.ObservationPath), request, run), recipe);
                ObservationResult result = request.Stars.NoTarget ? Shown(stored, null) : Made(stored, recipe, run);
                if (result.Curve is { } curve)
                {
                    LightCurveCsv.Write(run.Output.At("lightcurve.csv"), stored.Fluxes, curve);
                }
                else
                {
                    File.Delete(run.Output.At("lightcurve.csv"));
                }
                ReductionRequest remembered = Remembered(memory, request, stored);
                memory.Remember(remembered, recipe, result.Curve);
                WriteReport.Run(
                    result,
                    memory.Masters,
                    remembered with
                    {
                        Settings = RunMemory.NotDefault(recipe),
                    },
                    Notices(memory, request),
                    run
                );
                return result;
            },
            cancellation
        );
    }

    /// <summary>Whether a folder holds a reduction whose observation can be joined with others.</summary>
    public static bool IsReduction(string folder) =>
        Directory.Exists(folder)
        && (
            File.Exists(Path.Combine(folder, "observation.fits"))
            || Directory.GetDirectories(folder).Any(d => File.Exists(Path.Combine(d, "observation.fits")))
        );

    /// <summary>Puts the nights of several reductions together in an OUT of their own, then makes its curve. No raw frame is read.</summary>
    /// <param name="reductions">Folders with one observation each.</param>
    /// <param name="request">Its output is the new OUT; stars by their numbers are those of the earliest night.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellation">Checked before the curve.</param>
    /// <exception cref="AlbireoException">They do not belong together, or OUT is one of them.</exception>
    public static ObservationResult Join(
        IReadOnlyList<string> reductions,
        CurveRequest request,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        RunMemory[] memories = [.. reductions.Select(RunMemory.Open)];
        if (memories.Length < 2)
        {
            throw new AlbireoException(Failure.Usage, "--join takes two or more reductions.");
        }
        string output = Path.GetFullPath(request.Output);
        if (memories.Any(m => m.Folder == output || m.RootFolder == output))
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{request.Output} is one of the reductions; joined nights need a folder of their own."
            );
        }
        (StoredObservation joined, IReadOnlyList<string> notices) = JoinNights.Of([
            .. memories.Select(m => ObservationFileReader.Read(m.ObservationPath)),
        ]);
        RunMemory earliest = memories.First(m => m.ObservationPath == joined.Path);
        var asked = new ReductionRequest
        {
            Inputs = [.. memories.Select(m => m.Folder)],
            Output = output,
            JoinsReductions = true,
            Settings = [.. earliest.Settings, .. OfLateStages(request.Settings)],
        };
        using (OutputFolder folder = OutputFolder.Open(output))
        {
            var run = new RunContext(folder, observer, ResourceLimits.Default, cancellation);
            run.Logged(() =>
            {
                foreach (string notice in notices)
                {
                    run.Notice(notice);
                }
                ObservationFile.Write(folder.At("observation.fits"), joined);
                ObservationResult result = Shown(joined, null);
                string[] all = [.. memories.SelectMany(m => m.Notices).Concat(notices).Distinct()];
                RunRecord.OfJoined(asked, RecipeBinder.Bind(asked.Settings), result, all, run);
                return result;
            });
        }
        return Curve(request, observer, cancellation);
    }

    /// <summary>Fits a transit to the curve: fit.json, fit.csv, plots, report.</summary>
    /// <param name="output">OUT.</param>
    /// <param name="settings">Over those that OUT remembers: <c>fit.period</c> and so on.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellation">Checked before the fit.</param>
    /// <exception cref="AlbireoException">There is no curve, or what the fit needs is missing.</exception>
    public static FitFile Fit(string output, IReadOnlyList<Setting> settings, IRunObserver observer, CancellationToken cancellation)
    {
        return In(
            output,
            observer,
            (memory, run) =>
            {
                Recipe recipe = RecipeBinder.Bind([.. memory.Settings, .. OfLateStages(settings)]);
                StoredObservation stored = Dated(ObservationFileReader.Read(memory.ObservationPath), recipe);
                ObservationResult result = Made(stored, recipe, run);
                LightCurveCsv.Write(run.Output.At("lightcurve.csv"), stored.Fluxes, result.Curve!);
                TransitOutcome fit = run.Stage("fit", 1, _ => FitTransit.Run(stored.Fluxes, result.Curve!, recipe.Fit));
                FitFile.Write(memory.Folder, stored.Fluxes, result.Curve!, fit);
                memory.Remember(memory.Request, recipe, result.Curve!);
                WriteReport.Run(result, memory.Masters, memory.Request, memory.Notices, run);
                return FitFile.Read(memory.Folder) ?? throw new IOException($"{memory.Folder}: the fit was not kept.");
            },
            cancellation
        );
    }

    /// <summary>Takes a fit back: what was there before it is there again, and the settings are those that are given.</summary>
    /// <param name="output">OUT.</param>
    /// <param name="settings">Over those that OUT remembers.</param>
    /// <param name="before">The fit that was there, or null: none.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellation">Checked before the curve.</param>
    public static ObservationResult ForgetFit(
        string output,
        IReadOnlyList<Setting> settings,
        FitText? before,
        IRunObserver observer,
        CancellationToken cancellation
    ) =>
        In(
            output,
            observer,
            (memory, run) =>
            {
                Recipe recipe = RecipeBinder.Bind([.. memory.Settings, .. OfLateStages(settings)]);
                StoredObservation stored = Dated(ObservationFileReader.Read(memory.ObservationPath), recipe);
                ObservationResult result = Made(stored, recipe, run);
                LightCurveCsv.Write(run.Output.At("lightcurve.csv"), stored.Fluxes, result.Curve!);
                FitText.Put(memory.Folder, before);
                memory.Remember(memory.Request, recipe, result.Curve!);
                WriteReport.Run(result, memory.Masters, memory.Request, memory.Notices, run);
                return result;
            },
            cancellation
        );

    /// <summary>Writes the curve or its stars in another format.</summary>
    /// <param name="output">OUT.</param>
    /// <param name="format">A name of <see cref="ExportFormats"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="settings">Over those that OUT remembers: <c>export.observer</c> and so on.</param>
    /// <returns>What a reader of the file should know, one sentence each.</returns>
    /// <exception cref="AlbireoException">There is no such format, or it needs something that is not known; nothing is written.</exception>
    public static IReadOnlyList<string> Export(string output, string format, string path, IReadOnlyList<Setting> settings)
    {
        ExportFormats.Require(format);
        RunMemory memory = RunMemory.Open(output);
        Recipe recipe = RecipeBinder.Bind([.. memory.Settings, .. OfLateStages(settings)]);
        StoredObservation stored = ObservationFileReader.Read(memory.ObservationPath);
        LightCurve? curve = BuildLightCurve.Run(stored.Fluxes, recipe, RunLog.None);
        var source = new ExportSource(stored, curve, FitFile.Read(memory.Folder), recipe.Export, path);
        ExportFormats.Write(format, source);
        return ExportFormats.NeedsErrors(format) && !source.HasErrors
            ? ["Gain or read noise are unknown: the error of every point is the curve's own point-to-point scatter."]
            : [];
    }

    /// <summary>Plots and report once more, with everything as OUT remembers it.</summary>
    public static ObservationResult Report(string output, IRunObserver observer, CancellationToken cancellation)
    {
        return In(
            output,
            observer,
            (memory, run) =>
            {
                Recipe recipe = RecipeBinder.Bind(memory.Settings);
                StoredObservation stored = Dated(ObservationFileReader.Read(memory.ObservationPath), recipe);
                bool hasTarget = stored.Fluxes.Stars.Any(s => s.Role == StarRole.Target);
                ObservationResult result = hasTarget ? Made(stored, recipe, run) : Shown(stored, null);
                WriteReport.Run(result, memory.Masters, memory.Request, memory.Notices, run);
                return result;
            },
            cancellation
        );
    }

    /// <summary>How the time of one frame came about.</summary>
    /// <param name="output">OUT.</param>
    /// <param name="frame">Name of a frame, with or without its extension or folder.</param>
    /// <param name="sky">Instead of the remembered target, or null.</param>
    /// <param name="site">Instead of the remembered site, or null.</param>
    /// <exception cref="AlbireoException">There is no such frame, or its time is not known.</exception>
    public static TimeAudit ExplainTime(string output, string frame, SkyCoordinate? sky, Site? site)
    {
        StoredObservation stored = ObservationFileReader.Read(RunMemory.Open(output).ObservationPath);
        string file = Path.GetFileName(frame);
        FrameInfo info =
            stored.Observation.Lights.FirstOrDefault(f =>
                f.Name == frame || Path.GetFileName(f.Path) == file || f.Path == Path.GetFullPath(frame)
            ) ?? throw new AlbireoException(Failure.Usage, $"--explain-time {frame}: no frame of this observation has that name.");
        return TimeOf(info, sky ?? stored.Fluxes.Target, site ?? stored.Fluxes.Site)
            ?? throw new AlbireoException(
                Failure.NoResult,
                $"{info.Path}: its header gives no start or no exposure, so there is no time to explain."
            );
    }

    /// <summary>
    /// The audit of a frame; null where start or exposure is unknown. Without the target's coordinates its light time is that of where the
    /// telescope pointed, as in the curve.
    /// </summary>
    internal static TimeAudit? TimeOf(FrameInfo info, SkyCoordinate? target, Site? site)
    {
        if (info is not { Start: { } start, ExposureSeconds: { } exposure })
        {
            return null;
        }
        var audit = TimeAudit.Of(start.From, start.Raw, start.Value, exposure.Value, target ?? info.Pointing?.Value, site);
        return target is null && info.Pointing is { } pointing
            ? audit with
            {
                Doubts =
                [
                    .. audit.Doubts,
                    $"The light time is that of where the telescope pointed ({pointing.From}); give the target's coordinates with --sky.",
                ],
            }
            : audit;
    }

    /// <summary>The settings that can still matter once all frames are measured; a recipe's others were for the reduction.</summary>
    private static IReadOnlyList<Setting> OfLateStages(IReadOnlyList<Setting> settings)
    {
        static bool IsLate(Setting s) =>
            Groups.Contains(
                (
                    s.Key.StartsWith(RecipeBinder.CompatPrefix, StringComparison.Ordinal)
                        ? s.Key[RecipeBinder.CompatPrefix.Length..]
                        : s.Key
                ).Split('.')[0],
                StringComparer.Ordinal
            );
        Setting? early = settings.FirstOrDefault(s => s.Source.StartsWith("--", StringComparison.Ordinal) && !IsLate(s));
        return early is null
            ? [.. settings.Where(IsLate)]
            : throw new AlbireoException(
                Failure.Usage,
                $"{early.Source}: {early.Key} is decided where frames are measured; give it to albireo reduce. Here the options of {string.Join(", ", Groups)} count."
            );
    }

    /// <summary>
    /// Works in OUT while no other run does. What OUT remembers is read once it is held: of two changes that are made at the same time
    /// the second builds upon the first.
    /// </summary>
    private static T In<T>(string output, IRunObserver observer, Func<RunMemory, RunContext, T> work, CancellationToken cancellation)
        where T : notnull
    {
        RunMemory found = RunMemory.Open(output);
        using OutputFolder? whole = found.RootFolder == found.Folder ? null : OutputFolder.Open(found.RootFolder, Patience);
        using OutputFolder folder = OutputFolder.Open(found.Folder, Patience);
        var run = new RunContext(folder, observer, ResourceLimits.Default, cancellation);
        return run.Logged(() => work(RunMemory.Open(output), run));
    }

    private static ObservationResult Made(StoredObservation stored, Recipe recipe, RunContext run)
    {
        LightCurve curve =
            BuildLightCurve.Run(stored.Fluxes, recipe, run.Output.Log)
            ?? throw new AlbireoException(
                Failure.NoResult,
                $"No --target was given and {stored.Path} names none; any of its {stored.Fluxes.Stars.Count} stars can be it, for example --target '#0' (see plots/finder.svg)."
            );
        return Shown(stored, curve);
    }

    private static StoredObservation Dated(StoredObservation stored, Recipe recipe) =>
        stored with
        {
            Fluxes = stored.Fluxes.DatedBy(recipe.Curve.Time),
        };

    private static ObservationResult Shown(StoredObservation stored, LightCurve? curve) =>
        new(stored.Observation, "", stored.ReadReference(), stored.Stars, stored.Fluxes, curve);

    /// <summary>The observation with the stars, direction and place that are asked for; the file is written again if that changes it.</summary>
    private static StoredObservation Updated(StoredObservation stored, CurveRequest request, RunContext run)
    {
        if (request.Stars.IsEmpty && request.Sky is null && request.Site is null)
        {
            return stored;
        }
        FluxTable table = stored.Fluxes;
        IReadOnlyList<Star> stars = request.Stars.Apply(table.Stars, stored.Wcs, stored.FwhmPixels, run.Notice);
        SkyCoordinate? target = request.Sky ?? stars.FirstOrDefault(s => s.Role == StarRole.Target)?.Position ?? table.Target;
        Site? site = request.Site ?? table.Site;
        bool isSeenAnew = target != table.Target || site != table.Site;
        IReadOnlyList<FrameRow> frames = isSeenAnew
            ? [.. table.Frames.Select(f => f.SeenFrom(target ?? f.Info.Pointing?.Value, site))]
            : table.Frames;
        StoredObservation updated = stored with { Fluxes = table.With(frames, stars, target, site) };
        ObservationFile.Write(updated);
        return updated;
    }

    /// <summary>The request that gives the same from raw frames: star numbers become positions.</summary>
    private static ReductionRequest Remembered(RunMemory memory, CurveRequest request, StoredObservation stored)
    {
        ReductionRequest before = memory.Request;
        StarDesignation Place(Star star) =>
            StarDesignation.Parse(string.Create(CultureInfo.InvariantCulture, $"{star.X:F2},{star.Y:F2}"), "run.json");
        IReadOnlyList<Star> stars = stored.Fluxes.Stars;
        return request.Stars.IsEmpty
            ? before with
            {
                Sky = request.Sky ?? before.Sky,
                Site = request.Site ?? before.Site,
            }
            : before with
            {
                Target = stars.Where(s => s.Role == StarRole.Target).Select(Place).FirstOrDefault(),
                Comparisons = [.. stars.Where(s => s.Role == StarRole.Comparison).Select(Place)],
                Check = stars.Where(s => s.Role == StarRole.Check).Select(Place).FirstOrDefault(),
                StarsFile = request.Stars.StarsFile is { } file ? Path.GetFullPath(file) : null,
                Sky = request.Sky ?? before.Sky,
                Site = request.Site ?? before.Site,
            };
    }

    /// <summary>What was said at the reduction, without what an option given now has settled.</summary>
    private static List<string> Notices(RunMemory memory, CurveRequest request) =>
        [
            .. memory.Notices.Where(n =>
                !(request.Sky is not null && n.Contains("--sky", StringComparison.Ordinal))
                && !(request.Site is not null && n.Contains("--site", StringComparison.Ordinal))
            ),
        ];
}
