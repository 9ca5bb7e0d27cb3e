using Albireo.Cli;

namespace Albireo.Tests.Support;

/// <summary>What the program answered to a command line.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Out">All of stdout.</param>
/// <param name="Error">All of stderr.</param>
public sealed record AlbireoRun(int Code, string Out, string Error)
{
    /// <summary>The lines of stderr that say what went wrong; the others are notices.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. ErrorLines.Where(l => l.StartsWith("albireo: ", StringComparison.Ordinal)).Select(l => l["albireo: ".Length..])];

    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Runs the program in this process, as a shell would: nobody watches a terminal.</summary>
    public static AlbireoRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static AlbireoRun Of(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = AlbireoProgram.Run(args, output, TextWriter.Synchronized(error), isTerminal: false, cancellation);
        return new AlbireoRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Both streams, for assertion messages.</summary>
    public override string ToString() => $"exit {Code}\n{Out}\n{Error}";
}
