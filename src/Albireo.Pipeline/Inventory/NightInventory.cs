using Albireo.Pipeline.Instruments;

namespace Albireo.Pipeline.Inventory;

/// <summary>What is in a night's folders: every frame with what its header says, what cannot be used and why, and sentences about it.</summary>
public sealed class NightInventory
{
    private readonly Dictionary<string, FrameInfo> sited = new(StringComparer.OrdinalIgnoreCase);
    private readonly double? anyLongitude;
    private readonly double? longitude;

    internal NightInventory(
        IReadOnlyList<FrameInfo> frames,
        IReadOnlyList<FrameInfo> problems,
        IReadOnlyList<FrameInfo> leftOut,
        IReadOnlyList<IgnoredFile> ignored,
        IReadOnlyList<NightFile> nightFiles,
        IReadOnlyList<TapeParameters> tapes,
        IReadOnlyList<TelescopeProfile> profiles,
        double? longitudeDegrees,
        int opened
    )
    {
        longitude = longitudeDegrees;
        foreach (FrameInfo frame in frames)
        {
            if (frame.Site is not null)
            {
                sited.TryAdd(Camera(frame), frame);
                anyLongitude ??= frame.Site.Value.LongitudeDegrees;
            }
        }
        Frames = [.. frames.Select(f => f with { Night = Dated(f) })];
        Problems = problems;
        LeftOut = [.. leftOut.Select(f => f with { Night = Dated(f) })];
        Ignored = ignored;
        NightFiles = nightFiles;
        Tapes = tapes;
        Profiles = profiles;
        OpenedFiles = opened;
        Notices = InventoryNotices.Of(this);
    }

    /// <summary>The frames that can be used, by kind, then time, then path. Frames of unknown kind come last.</summary>
    public IReadOnlyList<FrameInfo> Frames { get; }

    /// <summary>Files that cannot be used as frames (unreadable, contradictory), each with its <see cref="FrameInfo.Problem"/>; by path.</summary>
    public IReadOnlyList<FrameInfo> Problems { get; }

    /// <summary>Good frames that do not take part: copies of others, and what night.yaml leaves out; by path.</summary>
    public IReadOnlyList<FrameInfo> LeftOut { get; }

    /// <summary>Files that neither are nor claim to be FITS; by path.</summary>
    public IReadOnlyList<IgnoredFile> Ignored { get; }

    /// <summary>The night.yaml files that were found, the outer ones first.</summary>
    public IReadOnlyList<NightFile> NightFiles { get; }

    /// <summary>The tape.par files that were found.</summary>
    public IReadOnlyList<TapeParameters> Tapes { get; }

    /// <summary>The telescope profiles that lights were read with, by name.</summary>
    public IReadOnlyList<TelescopeProfile> Profiles { get; }

    /// <summary>Sentences for the user about the night as a whole.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>How many files were opened; the others were known from the index.</summary>
    public int OpenedFiles { get; }

    /// <summary>Frames of one kind, in time order.</summary>
    public IEnumerable<FrameInfo> OfKind(FrameKind kind) => Frames.Where(f => f.EffectiveKind == kind);

    /// <summary>
    /// The night of a frame, from the place that the user names, else from its site, else from that of another frame of its camera or
    /// of the inventory.
    /// </summary>
    public DateOnly? NightOf(FrameInfo frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.Night ?? Dated(frame);
    }

    private DateOnly? Dated(FrameInfo frame)
    {
        double? place =
            longitude
            ?? frame.Site?.Value.LongitudeDegrees
            ?? (sited.TryGetValue(Camera(frame), out FrameInfo? own) ? own.Site!.Value.LongitudeDegrees : anyLongitude);
        return ObservingNight.Of(frame, place);
    }

    /// <summary>Groups of frames that differ in their time only.</summary>
    public IReadOnlyList<FrameGroup> Groups() => FrameGroup.Of(Frames, NightOf);

    /// <summary>The observations: target × filter × instrument × night.</summary>
    /// <param name="join">Put the nights of one target and filter together.</param>
    public IReadOnlyList<Observation> Observations(bool join = false) => Observation.Of(Frames, NightOf, join);

    /// <summary>Looks through folders and files.</summary>
    /// <param name="paths">Folders (with all beneath) and files.</param>
    /// <param name="options">What to leave out, what to remember.</param>
    /// <param name="progress">Told after every file.</param>
    /// <param name="threads">Files that are read at a time.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="FileNotFoundException">A path leads nowhere.</exception>
    /// <exception cref="SettingsFileException">A night.yaml, a tape.par or a profile is wrong.</exception>
    public static NightInventory Take(
        IReadOnlyList<string> paths,
        ScanOptions? options = null,
        IProgress<InventoryProgress>? progress = null,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new ScanOptions();
        return Take(NightFolders.Look(paths, options.Excluded, options.Depth), options, progress, threads, cancellation);
    }

    /// <summary>Reads the headers of the files that were found.</summary>
    internal static NightInventory Take(
        NightFolders folders,
        ScanOptions options,
        IProgress<InventoryProgress>? progress,
        int threads,
        CancellationToken cancellation
    )
    {
        var reader = new InventoryReader(options, folders);
        List<FrameInfo> all = reader.Read(folders.Candidates, progress, threads, cancellation);
        for (int i = 0; i < all.Count; i++)
        {
            all[i] = OfBinning(all[i], options.Binning, folders.Tapes);
            foreach (NightFile night in folders.NightFiles.Where(n => n.Covers(all[i].Path)))
            {
                all[i] = night.Apply(all[i]);
            }
        }
        reader.MarkCopies(all, folders.Candidates);
        reader.Remember();
        List<IgnoredFile> ignored =
        [
            .. folders.Ignored,
            .. all.Where(f => f.LeftOut == FrameFile.NoPicture).Select(f => new IgnoredFile(f.Path, FrameFile.NoPicture)),
        ];
        all.RemoveAll(f => f.LeftOut == FrameFile.NoPicture);
        all.AddRange(folders.Problems.Select(p => FrameFile.Unreadable(p.Path, p.Problem)));
        IReadOnlyList<string> names = FrameName.Unique([.. all.Select(f => f.Path)]);
        for (int i = 0; i < all.Count; i++)
        {
            all[i] = all[i] with { Name = names[i] };
        }
        return Sorted(all, ignored, folders, reader, options);
    }

    private static NightInventory Sorted(
        List<FrameInfo> all,
        List<IgnoredFile> ignoredFiles,
        NightFolders folders,
        InventoryReader reader,
        ScanOptions options
    )
    {
        if (options.Channel is { } channel)
        {
            ColourPlanes.Take(all, channel, options.SaturationAdu);
        }
        List<FrameInfo> ByPath(Predicate<FrameInfo> which) => [.. all.FindAll(which).OrderBy(f => f.Path, StringComparer.Ordinal)];
        List<FrameInfo> usable = all.FindAll(f => f.WhyUnusable is null && f.LeftOut is null);
        usable.Sort(ByKindTimeAndPath);
        List<FrameInfo> problems =
        [
            .. ByPath(f => f.WhyUnusable is not null)
                .Select(f => f.Problem is null ? f with { Problem = $"{f.Path}: {f.Contradiction}" } : f),
        ];
        List<FrameInfo> leftOut = ByPath(f => f.WhyUnusable is null && f.LeftOut is not null);
        List<IgnoredFile> ignored = [.. ignoredFiles.OrderBy(f => f.Path, StringComparer.Ordinal)];
        NightInventory Of(IReadOnlyList<FrameInfo> frames, IReadOnlyList<FrameInfo> left) =>
            new(
                frames,
                problems,
                left,
                ignored,
                folders.NightFiles,
                folders.Tapes,
                reader.Profiles(frames.Where(f => f.EffectiveKind == FrameKind.Light)),
                options.LongitudeDegrees,
                reader.OpenedFiles
            );
        NightInventory whole = Of(usable, leftOut);
        return options.Filter is { } filter
            ? Of([.. whole.Frames.Where(f => filter.Keeps(f, f.Night))], [.. whole.LeftOut.Where(f => filter.Keeps(f, f.Night))])
            : whole;
    }

    /// <summary>Unknown kinds last, unknown times last within a kind.</summary>
    private static int ByKindTimeAndPath(FrameInfo a, FrameInfo b)
    {
        int order = Rank(a).CompareTo(Rank(b));
        if (order == 0 && a.Start is { } first && b.Start is { } second)
        {
            double days = first.Value.DaysSince(second.Value);
            order =
                days < 0 ? -1
                : days > 0 ? 1
                : 0;
        }
        return order != 0 ? order : string.CompareOrdinal(a.Path, b.Path);
        static int Rank(FrameInfo f) =>
            (2 * (f.EffectiveKind == FrameKind.Unknown ? 99 : (int)f.EffectiveKind)) + (f.Start is null ? 1 : 0);
    }

    /// <summary>With a binning asked for, by a setting or a tape.par above it, a frame of another binning does not take part.</summary>
    private static FrameInfo OfBinning(FrameInfo frame, int? wanted, IReadOnlyList<TapeParameters> tapes)
    {
        TapeParameters? tape = wanted is null ? tapes.LastOrDefault(t => t.Binning is not null && t.Covers(frame.Path)) : null;
        return (wanted ?? tape?.Binning) is { } binning && frame.Problem is null && frame.Binning?.Value != $"{binning}x{binning}"
            ? frame with
            {
                LeftOut =
                    $"{(tape is null ? "inventory.binning" : TapeParameters.FileName)} asks for binning {binning}, this frame has {frame.Binning?.Value ?? "none"}",
            }
            : frame;
    }

    private static string Camera(FrameInfo frame) => frame.Instrument?.Value ?? frame.Telescope?.Value ?? "";
}
