using Albireo.Web.Changes;

namespace Albireo.Web.Runs;

/// <summary>What a page asks for first.</summary>
/// <param name="Second">Whether another workbench has the same OUT open.</param>
/// <param name="Follows">Whether a run starts by itself when frames have landed.</param>
/// <param name="Job">What runs or ran last, or null.</param>
/// <param name="History">What has been done here, the latest last.</param>
/// <param name="Observations">Names of the observations in OUT.</param>
/// <param name="Observation">The one that is shown, or null.</param>
/// <param name="ExportFormats">By name.</param>
/// <param name="Remembered">What the next run keeps where nothing else is said.</param>
/// <param name="Picks">Stars that wait for a run, or null.</param>
/// <param name="Undo">What would be taken back next, or null.</param>
/// <param name="Redo">What would be done again next, or null.</param>
/// <param name="Missing">What has gone since it was opened, in a sentence, or null.</param>
public sealed record WorkbenchState(
    string Version,
    string Output,
    IReadOnlyList<string> Inputs,
    bool Second,
    bool Follows,
    JobStatus? Job,
    IReadOnlyList<JobStatus> History,
    IReadOnlyList<string> Observations,
    string? Observation,
    IReadOnlyList<string> ExportFormats,
    RememberedRun? Remembered,
    Picks? Picks,
    string? Undo,
    string? Redo,
    string? Missing
);
