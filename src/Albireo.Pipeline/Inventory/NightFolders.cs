using Albireo.Pipeline.Instruments;

namespace Albireo.Pipeline.Inventory;

/// <summary>What lies in a night's folders by its names: no frame has been opened yet, night.yaml and tape.par have been read.</summary>
internal sealed class NightFolders
{
    private NightFolders(FileFinder finder, IReadOnlyList<TapeParameters> tapes, string? ownNightFile)
    {
        finder.Candidates.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        Candidates = finder.Candidates;
        Problems = finder.Problems;
        Ignored = finder.Ignored;
        NightFiles =
        [
            .. finder
                .NightFiles.Where(p => Path.GetFileName(p) == NightFile.FileName)
                .Concat(finder.NightFilesBeside)
                .Distinct(StringComparer.Ordinal)
                .OrderBy(p => p.Count(c => c == '/'))
                .ThenBy(p => p, StringComparer.Ordinal)
                .Select(NightFile.Read)
                .Select(night => finder.IsWhole ? night with { Idle = night.WithoutFile(Candidates.Select(c => c.Path)) } : night),
        ];
        if (ownNightFile is not null && File.Exists(ownNightFile))
        {
            NightFiles = [.. NightFiles, NightFile.Read(ownNightFile) with { CoversAll = true }];
        }
        Tapes = tapes;
    }

    /// <summary>By path.</summary>
    public IReadOnlyList<FoundFile> Candidates { get; }
    public IReadOnlyList<(string Path, string Problem)> Problems { get; }
    public IReadOnlyList<IgnoredFile> Ignored { get; }

    /// <summary>The outer ones first.</summary>
    public IReadOnlyList<NightFile> NightFiles { get; }
    public IReadOnlyList<TapeParameters> Tapes { get; }

    /// <param name="paths">Folders or files.</param>
    /// <param name="excluded">Folders that are not looked into.</param>
    /// <param name="depth">How many folders deep; null as deep as they go.</param>
    /// <param name="ownNightFile">One more night.yaml, wherever it lies, that counts for all frames and has the last word; null, or no such
    /// file: none.</param>
    /// <exception cref="FileNotFoundException">A path leads nowhere.</exception>
    /// <exception cref="SettingsFileException">A night.yaml or a tape.par is wrong.</exception>
    public static NightFolders Look(IReadOnlyList<string> paths, IReadOnlyList<string> excluded, int? depth, string? ownNightFile = null)
    {
        var finder = new FileFinder(excluded, depth);
        foreach (string path in paths)
        {
            finder.Add(path);
        }
        return new NightFolders(finder, ReadTapes(finder), ownNightFile);
    }

    /// <summary>Reads each tape.par and takes the folder that its WORKDIR names, wherever that lies.</summary>
    private static List<TapeParameters> ReadTapes(FileFinder finder)
    {
        var tapes = new List<TapeParameters>();
        for (int i = 0; i < finder.NightFiles.Count; i++)
        {
            string path = finder.NightFiles[i];
            if (Path.GetFileName(path) != TapeParameters.FileName)
            {
                continue;
            }
            TapeParameters tape = TapeParameters.Read(path);
            if (!Directory.Exists(tape.WorkFolder))
            {
                throw new SettingsFileException(path, "WORKDIR", $"there is no folder {tape.WorkFolder}");
            }
            finder.Add(tape.WorkFolder);
            tapes.Add(tape);
        }
        return tapes;
    }
}
