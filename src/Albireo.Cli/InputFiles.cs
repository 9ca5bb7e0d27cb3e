using Albireo.Pipeline;

namespace Albireo.Cli;

/// <summary>Checks of files that were named on the command line.</summary>
public static class InputFiles
{
    /// <exception cref="AlbireoException">There is no such file.</exception>
    public static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            string found = Directory.Exists(path) ? "is a folder; a file is needed" : "does not exist";
            throw new AlbireoException(Failure.Usage, $"{path} {found}.");
        }
    }

    /// <exception cref="AlbireoException">There is neither a file nor a folder of that name.</exception>
    public static void RequireAny(IEnumerable<string> paths)
    {
        foreach (string path in paths.Where(p => !Path.Exists(p)))
        {
            throw new AlbireoException(Failure.Usage, $"{path} does not exist; give a folder or files of raw frames.");
        }
    }
}
