using Albireo.Pipeline;

namespace Albireo.Cli;

/// <summary>Checks of a file that is to be written, before any work is done.</summary>
public static class OutputPath
{
    /// <exception cref="AlbireoException">Its folder does not exist, or it is a folder itself.</exception>
    public static void Require(string option, string path)
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
    }

    /// <summary>As above, for a file that is made from another one.</summary>
    /// <exception cref="AlbireoException">It is that file: pictures are never overwritten with what was found in them.</exception>
    public static void Require(string option, string path, string input)
    {
        Require(option, path);
        if (Path.GetFullPath(path) == Path.GetFullPath(input))
        {
            throw new AlbireoException(Failure.Usage, $"{option} {path} is the picture itself; it is never written to.");
        }
    }
}
