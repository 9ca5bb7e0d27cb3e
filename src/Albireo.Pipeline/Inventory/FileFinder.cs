namespace Albireo.Pipeline.Inventory;

/// <summary>
/// Lists the files of a night without opening one: regular files with a FITS name, and whatever is named outright. Links to files are
/// followed, links to folders are not; what has no length is never opened, since an empty file, a pipe and a socket look alike.
/// </summary>
internal sealed class FileFinder(IReadOnlyList<string> excluded, int? depth)
{
    /// <summary>Why a file is passed over unless it is named outright.</summary>
    public const string OtherName = "its name is not that of a FITS file";

    /// <summary>What an observation leaves in its folder, which is the output or lies in it; masters lie in the output itself.</summary>
    private static readonly string[] Products = ["calibrated", "sources", "plots", "observation.fits", "stack.fits"];

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> products = [.. excluded.Select(Whole)];

    private readonly HashSet<string> looked = new(StringComparer.Ordinal);

    public List<FoundFile> Candidates { get; } = [];
    public List<(string Path, string Problem)> Problems { get; } = [];
    public List<IgnoredFile> Ignored { get; } = [];

    /// <summary>night.yaml and tape.par, as they were met.</summary>
    public List<string> NightFiles { get; } = [];

    /// <summary>The night.yaml beside files that were named outright.</summary>
    public HashSet<string> NightFilesBeside { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether whole folders were looked through.</summary>
    public bool IsWhole => depth is null && NightFilesBeside.Count == 0;

    /// <summary>Takes a folder with what lies beneath it, or one file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public void Add(string path)
    {
        if (Directory.Exists(path))
        {
            Folder(Whole(path), 0);
        }
        else if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            var file = new FileInfo(Path.GetFullPath(path));
            if (file.Name is NightFile.FileName or TapeParameters.FileName)
            {
                NightFiles.Add(file.FullName);
            }
            else
            {
                string beside = Path.Combine(file.DirectoryName ?? "/", NightFile.FileName);
                if (File.Exists(beside))
                {
                    NightFilesBeside.Add(beside);
                }
                Take(file);
            }
        }
        else
        {
            throw new FileNotFoundException($"{path}: there is no such file or folder.", path);
        }
    }

    private void Folder(string folder, int level)
    {
        if (!looked.Add(folder))
        {
            return;
        }
        IEnumerable<FileSystemInfo> entries;
        try
        {
            entries = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            Problems.Add((folder, $"{folder}: the folder cannot be read ({e.Message.TrimEnd('.')})."));
            return;
        }
        bool isOutput = IsOutput(folder);
        bool holdsProducts = isOutput || (level > 0 && IsOutput(Path.GetDirectoryName(folder)!));
        foreach (FileSystemInfo entry in entries)
        {
            if ((holdsProducts && Products.Contains(entry.Name)) || (isOutput && entry.Name == "masters"))
            {
                Ignored.Add(new IgnoredFile(entry.FullName, IgnoredFile.EarlierRun));
                continue;
            }
            bool hidden = entry.Name[0] == '.';
            if (entry is DirectoryInfo)
            {
                if (hidden || IsProducts(entry.FullName))
                {
                    continue;
                }
                if (entry.LinkTarget is not null)
                {
                    Ignored.Add(new IgnoredFile(entry.FullName, "a link to a folder is not followed"));
                }
                else if (depth is not { } most || level < most)
                {
                    Folder(entry.FullName, level + 1);
                }
            }
            else if (hidden)
            {
                Ignored.Add(new IgnoredFile(entry.FullName, "a hidden file"));
            }
            else if (entry.Name is NightFile.FileName or TapeParameters.FileName)
            {
                NightFiles.Add(entry.FullName);
            }
            else if (FrameName.ClaimsFits(entry.Name))
            {
                Take((FileInfo)entry);
            }
            else
            {
                Ignored.Add(new IgnoredFile(entry.FullName, OtherName));
            }
        }
    }

    private bool IsProducts(string folder)
    {
        if (products.Contains(folder))
        {
            return true;
        }
        if (!IsOutput(folder))
        {
            return false;
        }
        Ignored.Add(new IgnoredFile(folder, IgnoredFile.EarlierRun));
        return true;
    }

    private static bool IsOutput(string folder) => Directory.Exists(Path.Combine(folder, ".albireo"));

    private void Take(FileInfo file)
    {
        if (!seen.Add(file.FullName))
        {
            return;
        }
        try
        {
            FileSystemInfo target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            if (!target.Exists || target is DirectoryInfo)
            {
                string why = file.LinkTarget is null
                    ? "the file cannot be reached by its name, which is not UTF-8"
                    : "a link that leads to no file";
                Problems.Add((file.FullName, $"{file.FullName}: {why}."));
            }
            else if (((FileInfo)target).Length == 0)
            {
                Problems.Add((file.FullName, $"{file.FullName}: the file is empty, or no regular file."));
            }
            else
            {
                Candidates.Add(new FoundFile(file.FullName, ((FileInfo)target).Length, target.LastWriteTimeUtc.Ticks));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problems.Add((file.FullName, $"{file.FullName}: the file cannot be reached ({e.Message.TrimEnd('.')})."));
        }
    }

    private static string Whole(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
