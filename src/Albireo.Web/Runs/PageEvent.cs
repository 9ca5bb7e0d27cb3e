namespace Albireo.Web.Runs;

/// <summary>Something that open pages should know.</summary>
/// <param name="Kind"><c>job</c> with its status; <c>night</c> and <c>observation</c> when what lies on disk is another since; <c>state</c> when what can be undone or waits for a run is.</param>
/// <param name="Job">Of a job, else null.</param>
public sealed record PageEvent(string Kind, JobStatus? Job = null);
