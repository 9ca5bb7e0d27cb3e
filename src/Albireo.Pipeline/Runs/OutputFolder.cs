using System.Diagnostics;

namespace Albireo.Pipeline.Runs;

/// <summary>
/// The folder OUT of one run: made if missing, locked against a second run, swept of half-written parts. Holds the log.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private readonly FileStream lockFile;

    private OutputFolder(string path, FileStream lockFile)
    {
        Path = path;
        this.lockFile = lockFile;
        Log = RunLog.Open(At("albireo.log"));
    }

    public string Path { get; }
    public RunLog Log { get; }

    /// <param name="path">OUT.</param>
    /// <param name="patience">How long to wait for another run to end: none for a whole reduction, a moment for what takes a moment.</param>
    /// <exception cref="AlbireoException">The folder cannot be made or written, or another run uses it.</exception>
    public static OutputFolder Open(string path, TimeSpan patience = default)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            FileStream held = Lock(full, Stopwatch.StartNew(), patience);
            Sweep(full);
            return new OutputFolder(full, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlbireoException(Failure.Usage, $"{path} cannot be used as the output folder: {e.Message}", e);
        }
    }

    /// <summary>Forgets what earlier runs left to be used again: the index of headers, and what products were made of.</summary>
    public void Forget()
    {
        string folder = System.IO.Path.Combine(Path, ".albireo");
        foreach (string memory in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
        {
            File.Delete(memory);
        }
    }

    /// <summary>A path below OUT; its folder is made.</summary>
    public string At(params string[] parts)
    {
        string path = System.IO.Path.Combine([Path, .. parts]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    public void Dispose()
    {
        Log.Dispose();
        lockFile.Dispose();
    }

    private static FileStream Lock(string folder, Stopwatch waited, TimeSpan patience)
    {
        string path = System.IO.Path.Combine(folder, ".lock");
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder.");
        }
        while (true)
        {
            try
            {
                // The operating system releases the lock when the process ends, however it ends.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && waited.Elapsed < patience)
            {
                Thread.Sleep(20);
            }
            catch (IOException e) when (File.Exists(path))
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"{folder} is in use by another run of albireo; wait for it or choose another folder with -o.",
                    e
                );
            }
        }
    }

    /// <summary>Removes parts of files that a killed run left behind.</summary>
    private static void Sweep(string folder)
    {
        foreach (
            string part in Directory.EnumerateFiles(
                folder,
                ".*.part",
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    AttributesToSkip = FileAttributes.ReparsePoint,
                    MaxRecursionDepth = 3,
                }
            )
        )
        {
            File.Delete(part);
        }
    }
}
