namespace Albireo.Cli;

/// <summary>What a command talks to.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Errors, notices and progress.</param>
/// <param name="IsTerminal">Whether a person watches: only then progress is shown.</param>
/// <param name="Cancellation">Set by Ctrl-C.</param>
public sealed record CommandContext(TextWriter Out, TextWriter Error, bool IsTerminal, CancellationToken Cancellation);
