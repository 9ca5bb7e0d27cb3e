namespace Albireo.Pipeline;

/// <summary>Why a run could not do what was asked; each has one exit code (Cli/ExitCodes).</summary>
public enum Failure
{
    /// <summary>The command or its options are wrong, or the output folder cannot be used from the start.</summary>
    Usage,

    /// <summary>There is no result: no frames, no reference frame, a full disk.</summary>
    NoResult,

    /// <summary>A file given by name cannot be used.</summary>
    Input,
}
