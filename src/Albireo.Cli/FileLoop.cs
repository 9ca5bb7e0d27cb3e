using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Products;

namespace Albireo.Cli;

/// <summary>Does one thing to several files: a file that cannot be used gets its sentence, the rest goes on.</summary>
public static class FileLoop
{
    /// <returns>0, or 1 if a file could not be used.</returns>
    /// <exception cref="AlbireoException">A file does not exist: nothing is begun.</exception>
    public static int Run(CommandContext context, IReadOnlyList<string> files, Action<string> work)
    {
        foreach (string file in files)
        {
            InputFiles.RequireFile(file);
        }
        int code = ExitCodes.Done;
        foreach (string file in files)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            try
            {
                work(file);
            }
            catch (Exception e) when (e is FitsFormatException or AlbireoException { Failure: Failure.Input })
            {
                context.Error.WriteLine("albireo: " + SafeText.OneLine(e.Message));
                code = ExitCodes.UnusableInput;
            }
        }
        return code;
    }
}
