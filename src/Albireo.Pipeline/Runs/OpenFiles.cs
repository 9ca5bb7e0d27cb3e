using System.Runtime.InteropServices;

namespace Albireo.Pipeline.Runs;

/// <summary>How many files the system lets this process hold open (<c>ulimit -n</c>), and how many of them a stack may take.</summary>
public static class OpenFiles
{
    /// <summary>More does not make reading faster.</summary>
    internal const int Enough = 400;

    /// <summary>What the runtime itself takes, its libraries and pipes, before the first frame is opened; with less it cannot start a thread.</summary>
    private const int LeastLimit = 128;

    private const int FilesOfProcess = 7; // RLIMIT_NOFILE

    /// <summary>Files of a stack that may be kept open now; those beyond are opened anew for every band.</summary>
    internal static int MostOfAStack() => MostOfAStack(Limit(), InUse());

    /// <summary>Half of what is left: products, the log and temporary files need the rest.</summary>
    /// <param name="limit">Of the process, or null where there is none.</param>
    /// <param name="inUse">Files that are open already.</param>
    internal static int MostOfAStack(int? limit, int inUse) => limit is { } most ? Math.Clamp((most - inUse) / 2, 0, Enough) : Enough;

    /// <summary>Ends a run that could not open its own libraries.</summary>
    /// <exception cref="AlbireoException">A sentence with the limit.</exception>
    public static void RequireSome()
    {
        if (Limit() is { } limit && limit < LeastLimit)
        {
            throw new AlbireoException(
                Failure.NoResult,
                $"this process may open {limit} files at once, fewer than the program needs for itself; ulimit -n 256 allows more."
            );
        }
    }

    /// <summary>Linux tells; elsewhere the runtime has raised the limit to thousands, or there is none.</summary>
    private static int? Limit()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }
        var found = new nuint[2]; // now, and how far it may be raised
        var pinned = GCHandle.Alloc(found, GCHandleType.Pinned);
        int failed = LimitOf(FilesOfProcess, pinned.AddrOfPinnedObject());
        pinned.Free();
        return failed == 0 && found[0] <= int.MaxValue ? (int)found[0] : null;
    }

    private static int InUse() => Directory.Exists("/proc/self/fd") ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : 0;

    [DllImport("libc", EntryPoint = "getrlimit")]
    private static extern int LimitOf(int resource, nint found);
}
