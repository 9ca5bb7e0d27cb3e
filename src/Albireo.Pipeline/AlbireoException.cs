namespace Albireo.Pipeline;

/// <summary>What went wrong, in one sentence for the user: the file or option, what was found, what to do.</summary>
public sealed class AlbireoException(Failure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public Failure Failure { get; } = failure;
}
