namespace Albireo.Web.Runs;

/// <summary>Where a run stands.</summary>
public enum JobState
{
    Running,
    Done,
    Failed,
    Cancelled,
}
