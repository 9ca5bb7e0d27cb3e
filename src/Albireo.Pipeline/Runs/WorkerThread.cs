using System.Collections.Concurrent;

namespace Albireo.Pipeline.Runs;

/// <summary>A thread that waits for the next piece of work when it has done one: a run shares work out dozens of times.</summary>
internal sealed class WorkerThread
{
    private static readonly ConcurrentBag<WorkerThread> Idle = [];
    private readonly object gate = new();
    private Action? work;

    private WorkerThread() => new Thread(Loop) { IsBackground = true, Name = "worker" }.Start();

    /// <summary>Begins on a thread that is idle, or on a new one.</summary>
    /// <param name="work">Throws nothing.</param>
    public static WorkerThread Begin(Action work)
    {
        WorkerThread thread = Idle.TryTake(out WorkerThread? idle) ? idle : new WorkerThread();
        thread.Set(work);
        return thread;
    }

    /// <summary>Waits for the end of the work; the thread is free for other work then.</summary>
    public void Join()
    {
        lock (gate)
        {
            while (work is not null)
            {
                Monitor.Wait(gate);
            }
        }
        Idle.Add(this);
    }

    private void Loop()
    {
        while (true)
        {
            Next()();
            Set(null); // what it holds may be large
        }
    }

    private Action Next()
    {
        lock (gate)
        {
            while (work is null)
            {
                Monitor.Wait(gate);
            }
            return work;
        }
    }

    private void Set(Action? next)
    {
        lock (gate)
        {
            work = next;
            Monitor.PulseAll(gate);
        }
    }
}
