using System.Collections.Concurrent;

namespace Albireo.Pipeline.Frames;

/// <summary>Workspaces for the workers of a run, one stage after the other: memory that is in use already costs less than fresh memory.</summary>
public sealed class Workspaces
{
    private readonly ConcurrentBag<Workspace> idle = [];

    /// <summary>Lends one to a worker for as long as it works.</summary>
    public void Lend(Action<Workspace> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Workspace workspace = idle.TryTake(out Workspace? used) ? used : new Workspace();
        work(workspace);
        idle.Add(workspace);
    }
}
