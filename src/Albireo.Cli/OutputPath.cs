using Albireo.Pipeline;

namespace Albireo.Cli;

/// <summary>Checks of a file that is to be written, before any work is done.</summary>
public static class OutputPath
{
    /// <param name="option">As the user wrote it.</param>
    /// <param name="path">What is to be written.</param>
    /// <param name="inputs">What it is made from.</param>
    /// <exception cref="AlbireoException">Its folder does not exist or cannot be written to, it is a folder itself, or it is one of the
    /// inputs: what the user brought is never overwritten with what was made from it.</exception>
    public static void Require(string option, string path, params IEnumerable<string> inputs)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? full;
        if (Directory.Exists(full))
        {
            throw new AlbireoException(Failure.Usage, $"{option} {path} is a folder; a file name is needed.");
        }
        if (!Directory.Exists(folder))
        {
            throw new AlbireoException(Failure.Usage, $"{option} {path} cannot be written: the folder {folder} does not exist.");
        }
        string target = Real(full);
        foreach (string input in inputs)
        {
            if (Real(Path.GetFullPath(input)) == target)
            {
                throw new AlbireoException(Failure.Usage, $"{option} {path} is what the result is made from; it is never written to.");
            }
        }
        RequireWritable(option, path, folder);
    }

    private static void RequireWritable(string option, string path, string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $".{Path.GetRandomFileName()}.part"),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 0,
                FileOptions.DeleteOnClose
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e.Message.Split(" : '", StringSplitOptions.None)[0].TrimEnd('.');
            throw new AlbireoException(Failure.Usage, $"{option} {path} cannot be written: {reason}.", e);
        }
    }

    /// <summary>The path behind links, those of its folders included.</summary>
    private static string Real(string full)
    {
        FileSystemInfo entry = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
        string followed = entry.LinkTarget is null ? full : entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        return Path.GetDirectoryName(followed) is { } folder ? Path.Combine(Real(folder), Path.GetFileName(followed)) : followed;
    }
}
