using Albireo.Fits;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Frames;

/// <summary>Compressed files ↔ plain ones, file by file, several at once; inputs are never touched.</summary>
public static class Repacking
{
    private static readonly string[] Endings = [".fz", ".gz"];
    private static readonly string[] FitsEndings = [".fits", ".fit", ".fts"];

    /// <summary>Tile-compressed or gzipped → plain FITS.</summary>
    public static IReadOnlyList<UnusableFile> Unpack(
        IReadOnlyList<string> files,
        string folder,
        int threads,
        CancellationToken cancellation
    ) => Run(files, folder, PlainName, FitsPacking.Unpack, threads, cancellation);

    /// <summary>Plain → tile-compressed, lossless.</summary>
    public static IReadOnlyList<UnusableFile> Pack(
        IReadOnlyList<string> files,
        string folder,
        FitsCompression compression,
        int threads,
        CancellationToken cancellation
    ) =>
        Run(
            files,
            folder,
            n => PlainName(n) + ".fz",
            (source, output) => FitsPacking.Pack(source, output, compression),
            threads,
            cancellation
        );

    private static IReadOnlyList<UnusableFile> Run(
        IReadOnlyList<string> files,
        string folder,
        Func<string, string> rename,
        Action<FitsFile, FitsOutput> copy,
        int threads,
        CancellationToken cancellation
    )
    {
        (string From, string To)[] jobs = [.. files.Select(f => (f, Path.Combine(folder, rename(Path.GetFileName(f)))))];
        Check(jobs);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlbireoException(Failure.Usage, $"{folder} cannot be used as the output folder: {e.Message}", e);
        }
        var unusable = new string?[jobs.Length];
        int next = -1;
        Workers.Run(
            Math.Min(threads, jobs.Length),
            () =>
            {
                int i;
                while ((i = Interlocked.Increment(ref next)) < jobs.Length && !cancellation.IsCancellationRequested)
                {
                    try
                    {
                        using FitsFile source = FitsFile.Open(jobs[i].From);
                        using FitsOutput output = FitsOutput.Create(jobs[i].To);
                        copy(source, output);
                        output.Commit();
                    }
                    catch (FitsFormatException e)
                    {
                        unusable[i] = e.Message;
                    }
                }
            }
        );
        cancellation.ThrowIfCancellationRequested();
        return [.. jobs.Zip(unusable).Where(p => p.Second is not null).Select(p => new UnusableFile(p.First.From, p.Second!))];
    }

    private static void Check((string From, string To)[] jobs)
    {
        var targets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string from, string to) in jobs)
        {
            string full = Path.GetFullPath(to);
            if (full == Path.GetFullPath(from))
            {
                throw new AlbireoException(Failure.Usage, $"{from} would be replaced by its own copy; choose another folder with -o.");
            }
            if (File.Exists(full) && Path.GetDirectoryName(full) == Path.GetDirectoryName(Path.GetFullPath(from)))
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"{to} lies beside {from} already and is not replaced; choose another folder with -o."
                );
            }
            if (!targets.TryAdd(full, from))
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"{from} and {targets[full]} would both become {to}; unpack them into folders of their own."
                );
            }
        }
    }

    /// <summary>Without .fz and .gz, ending in one of FITS' endings.</summary>
    private static string PlainName(string name)
    {
        string? ending = Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        string plain = ending is null ? name : name[..^ending.Length];
        return FitsEndings.Any(e => plain.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ? plain : plain + ".fits";
    }
}
