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
        Workspace workspace = Take();
        work(workspace);
        Return(workspace);
    }

    /// <summary>Lends one until it is returned.</summary>
    public Workspace Take() => idle.TryTake(out Workspace? used) ? used : new Workspace();

    /// <summary>What lies in it is nobody's any more.</summary>
    public void Return(Workspace workspace) => idle.Add(workspace);
}
