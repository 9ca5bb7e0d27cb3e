using Albireo.Pipeline.Runs;

namespace Albireo.Web;

/// <summary>What <c>albireo serve</c> is asked for.</summary>
public sealed record WorkbenchOptions
{
    /// <summary>OUT of a reduction, or a night of raw frames.</summary>
    public required string Path { get; init; }

    /// <summary>OUT where <see cref="Path"/> is a night; null: the night's name with <c>-albireo</c> in the current folder.</summary>
    public string? Output { get; init; }

    /// <summary>0 for a free one.</summary>
    public int Port { get; init; }
    public ResourceLimits Limits { get; init; } = ResourceLimits.Default;

    /// <summary>Is told the one-time link, and each further one when one has been used.</summary>
    public Action<string>? Announce { get; init; }

    /// <summary>How often the folders are looked at.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(1);
}
