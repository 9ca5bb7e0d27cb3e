using Albireo.Pipeline;

namespace Albireo.Web.Runs;

/// <summary>What OUT remembers of its last run, in the words of the command line; null where nothing was said.</summary>
/// <param name="ObjectName">Of <c>--object</c>.</param>
public sealed record RememberedRun(string? Sky, string? Site, string? ObjectName, string? Filter, bool KeepsCalibrated)
{
    internal static RememberedRun? Of(ReductionRequest? request) =>
        request is null
            ? null
            : new RememberedRun(
                request.Sky is { } sky ? CommandLine.Words(sky) : null,
                request.Site is { } site ? CommandLine.Words(site) : null,
                request.ObjectName,
                request.Filter,
                request.KeepCalibrated
            );
}
