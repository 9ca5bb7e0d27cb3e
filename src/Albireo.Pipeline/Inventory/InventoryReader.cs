using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Inventory;

/// <summary>Reads the headers of many files, on several threads, and knows what the index remembers of unchanged ones.</summary>
internal sealed class InventoryReader
{
    private readonly ScanOptions options;
    private readonly NightFolders folders;
    private readonly TelescopeLibrary telescopes;
    private readonly InventoryIndex? index;
    private readonly Dictionary<string, TelescopeProfile> forced = new(StringComparer.Ordinal);
    private int opened;

    public InventoryReader(ScanOptions options, NightFolders folders)
    {
        this.options = options;
        this.folders = folders;
        telescopes = options.Telescopes ?? TelescopeLibrary.Open(TelescopeLibrary.UserFolder);
        index = options.IndexPath is null ? null : InventoryIndex.Open(options.IndexPath, telescopes.Fingerprint);
    }

    public int OpenedFiles => opened;

    public List<FrameInfo> Read(
        IReadOnlyList<FoundFile> files,
        IProgress<InventoryProgress>? progress,
        int threads,
        CancellationToken cancellation
    )
    {
        var frames = new FrameInfo[files.Count];
        var profiles = files.Select(f => Forced(f.Path)).ToArray();
        int done = 0;
        int next = -1;
        Workers.Run(
            Math.Min(Math.Max(1, threads), files.Count),
            () =>
            {
                int i;
                while ((i = Interlocked.Increment(ref next)) < files.Count)
                {
                    cancellation.ThrowIfCancellationRequested();
                    frames[i] = One(files[i], profiles[i]);
                    progress?.Report(new InventoryProgress(Interlocked.Increment(ref done), files.Count));
                }
            }
        );
        return [.. frames];
    }

    /// <summary>Marks frames that are copies of others. Frames and files go together, one by one.</summary>
    public void MarkCopies(List<FrameInfo> frames, IReadOnlyList<FoundFile> files)
    {
        int[] originals = DuplicateFinder.Find(
            frames,
            (i, whole) =>
            {
                if (index?.Hash(files[i], whole) is { } known)
                {
                    return known;
                }
                opened++;
                string? hash = FrameFile.PixelHash(frames[i], whole);
                index?.KeepHash(files[i], whole, hash);
                return hash;
            }
        );
        for (int i = 0; i < frames.Count; i++)
        {
            if (originals[i] >= 0)
            {
                frames[i] = frames[i] with { LeftOut = $"the same exposure as {frames[originals[i]].Path}, which is used" };
            }
        }
    }

    public void Remember()
    {
        if (index is not null)
        {
            (options.Later ?? (save => save()))(index.Save);
        }
    }

    /// <summary>The profiles that frames were read with.</summary>
    public IReadOnlyList<TelescopeProfile> Profiles(IEnumerable<FrameInfo> frames) =>
        [
            .. frames
                .Select(f => f.Profile)
                .OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(name => forced.Values.FirstOrDefault(p => p.Name == name) ?? telescopes.Find(name))
                .OfType<TelescopeProfile>(),
        ];

    private FrameInfo One(FoundFile file, TelescopeProfile? profile)
    {
        // TAPE's file names tell the kind where nothing else is known of the telescope.
        TelescopeProfile? otherwise = profile is null && folders.Tapes.Any(t => t.Covers(file.Path)) ? telescopes.Find("tape") : null;
        string key = $"{(profile is null ? otherwise?.Name : KeyOf(profile))}{options.Words.Key}";
        if (index?.Frame(file, key) is { } known)
        {
            return known;
        }
        Interlocked.Increment(ref opened);
        FrameInfo frame = FrameFile.Read(file.Path, telescopes, profile, otherwise, options.Words, out bool lasting);
        if (lasting)
        {
            index?.Keep(file, frame, key);
        }
        return frame;
    }

    /// <summary>Changes with what a named profile says; a file is read again when it is read with another one.</summary>
    private static string KeyOf(TelescopeProfile profile) =>
        profile.Source == TelescopeProfile.BuiltIn ? profile.Name : $"{profile.Source} {File.GetLastWriteTimeUtc(profile.Source).Ticks}";

    /// <summary>The profile that the user names for this file, or null.</summary>
    private TelescopeProfile? Forced(string path)
    {
        NightFile? night = folders.NightFiles.LastOrDefault(n => n.Telescope is not null && n.Covers(path));
        string? name = options.Telescope ?? night?.Telescope;
        if (name is null)
        {
            return null;
        }
        if (!forced.TryGetValue(name, out TelescopeProfile? profile))
        {
            string folder =
                options.Telescope is null && night is not null
                    ? Path.GetDirectoryName(Path.GetFullPath(night.Path)) ?? "."
                    : Environment.CurrentDirectory;
            string asFile = Path.GetFullPath(name, folder);
            profile =
                telescopes.Find(name)
                ?? (File.Exists(asFile) ? ProfileReader.Read(File.ReadAllText(asFile), asFile) : null)
                ?? throw new SettingsFileException(
                    night?.Path ?? "--telescope",
                    "telescope",
                    $"there is no profile {name}, and no such file"
                );
            forced[name] = profile;
        }
        return profile;
    }
}
