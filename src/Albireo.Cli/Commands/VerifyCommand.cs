using System.CommandLine;
using Albireo.Fits;
using Albireo.Pipeline.Products;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo verify FILE...</c>: FITS conformance and checksums, one line a file.</summary>
public static class VerifyCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = PathArguments.Many("FILE", "FITS files");
        var command = new Command("verify", "FITS conformance and checksums, one line a file.") { files };
        command.SetAction(parsed => Run(context, parsed.GetValue(files)!));
        return command;
    }

    private static int Run(CommandContext context, string[] files)
    {
        foreach (string file in files)
        {
            InputFiles.RequireFile(file);
        }
        int code = ExitCodes.Done;
        foreach (string file in files)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<FitsFinding> findings = FitsVerifier.Verify(file);
            bool fails = findings.Any(f => f.Severity == FitsSeverity.Error);
            string verdict =
                fails ? "FAILED"
                : findings.Count > 0 ? "warning"
                : "ok";
            string details = string.Join("; ", findings.OrderByDescending(f => f.Severity).Select(f => Shortened(f.Text, file)));
            context.Out.WriteLine(SafeText.OneLine(details.Length > 0 ? $"{file}: {verdict}: {details}" : $"{file}: {verdict}"));
            code = fails ? ExitCodes.UnusableInput : code;
        }
        return code;
    }

    /// <summary>Without the file's name, which the line begins with.</summary>
    private static string Shortened(string text, string file) =>
        text.StartsWith(file, StringComparison.Ordinal) ? text[file.Length..].TrimStart(':', ' ') : text;
}
