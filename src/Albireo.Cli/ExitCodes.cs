using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Instruments;

namespace Albireo.Cli;

/// <summary>The one map from what happened to what a script sees; docs and contract list the same numbers.</summary>
public static class ExitCodes
{
    /// <summary>Done; every frame was used or left out for what it shows.</summary>
    public const int Done = 0;

    /// <summary>Done, but an input could not be used as a file.</summary>
    public const int UnusableInput = 1;

    /// <summary>The command or its options are wrong, or OUT cannot be written from the start.</summary>
    public const int Usage = 2;

    /// <summary>No result.</summary>
    public const int NoResult = 3;

    /// <summary>A fault of ours.</summary>
    public const int OurFault = 4;

    /// <summary>Interrupted by the user; products are whole.</summary>
    public const int Interrupted = 130;

    public static int Of(Exception e) =>
        e switch
        {
            AlbireoException { Failure: Failure.Usage } => Usage,
            SettingsFileException => Usage,
            AlbireoException { Failure: Failure.NoResult } => NoResult,
            AlbireoException { Failure: Failure.Input } => UnusableInput,
            FitsFormatException => UnusableInput,
            OperationCanceledException => Interrupted,
            IOException or UnauthorizedAccessException => NoResult,
            _ => OurFault,
        };
}
