using System.Diagnostics;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Web.Runs;

/// <summary>Runs one thing at a time. It goes on whether or not a page is open, and can be cancelled; products stay whole.</summary>
public sealed class Jobs(PageEvents events) : IAsyncDisposable
{
    private const int Remembered = 200;
    private readonly Lock gate = new();
    private readonly List<JobStatus> history = [];
    private CancellationTokenSource? cancel;
    private Task running = Task.CompletedTask;
    private JobStatus? status;
    private int count;

    /// <summary>The job that runs or ran last.</summary>
    public JobStatus? Current
    {
        get
        {
            lock (gate)
            {
                return status;
            }
        }
    }

    public bool IsRunning => Current?.State == JobState.Running;

    /// <summary>What has been done here, the latest last.</summary>
    public IReadOnlyList<JobStatus> History
    {
        get
        {
            lock (gate)
            {
                return [.. history];
            }
        }
    }

    /// <summary>Begins something.</summary>
    /// <param name="kind">The stage's word.</param>
    /// <param name="command">What to type for the same.</param>
    /// <param name="work">Its work, on a thread of its own.</param>
    /// <param name="lines">What the command line would print of the result.</param>
    /// <returns>The status at the start, and the result to come.</returns>
    /// <exception cref="BusyException">Something else is under way.</exception>
    public (JobStatus Started, Task<T> Result) Start<T>(
        string kind,
        string command,
        Func<IRunObserver, CancellationToken, T> work,
        Func<T, IEnumerable<string>> lines
    )
    {
        lock (gate)
        {
            if (status is { State: JobState.Running } other)
            {
                throw new BusyException(
                    $"A run is under way ({other.Kind}{(other.Total > 0 ? $": {other.Stage} {other.Done} of {other.Total}" : "")}); wait for it or cancel it."
                );
            }
            cancel?.Dispose();
            cancel = new CancellationTokenSource();
            status = new JobStatus
            {
                Id = ++count,
                Kind = kind,
                Command = command,
                State = JobState.Running,
            };
            CancellationToken token = cancel.Token;
            Task<T> result = Task.Factory.StartNew(
                () => Guarded(work, lines, token),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            running = result;
            // A failure is told in the status; nobody may be there to await it.
            _ = result.ContinueWith(t => t.Exception, TaskScheduler.Default);
            events.Send(new PageEvent("job", status));
            return (status, result);
        }
    }

    /// <summary>Asks what runs to stop at the next frame.</summary>
    public void Cancel()
    {
        lock (gate)
        {
            cancel?.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cancel();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        cancel?.Dispose();
    }

    private T Guarded<T>(Func<IRunObserver, CancellationToken, T> work, Func<T, IEnumerable<string>> lines, CancellationToken cancellation)
    {
        try
        {
            T result = work(new Observer(this), cancellation);
            string[] said = [.. lines(result).Select(SafeText.OneLine)];
            Change(s => s with { State = JobState.Done, Lines = said });
            return result;
        }
        catch (Exception e)
        {
            bool isCancelled = e is OperationCanceledException;
            string sentence = SafeText.OneLine(Failures.Of(e).Sentence);
            Change(s => s with { State = isCancelled ? JobState.Cancelled : JobState.Failed, Error = sentence });
            throw;
        }
    }

    private void Change(Func<JobStatus, JobStatus> change, bool tell = true)
    {
        lock (gate)
        {
            status = change(status!);
            if (status.State != JobState.Running)
            {
                history.Add(status);
                history.RemoveRange(0, Math.Max(0, history.Count - Remembered));
            }
            if (tell)
            {
                events.Send(new PageEvent("job", status));
            }
        }
    }

    private sealed class Observer(Jobs jobs) : IRunObserver
    {
        private const int LeastMilliseconds = 50;
        private long lastTold;

        public void StageStarted(string stage, int total) => jobs.Change(s => s with { Stage = stage, Done = 0, Total = total });

        public void ItemDone(string stage)
        {
            bool isDue = Stopwatch.GetElapsedTime(Interlocked.Read(ref lastTold)).TotalMilliseconds >= LeastMilliseconds;
            if (isDue)
            {
                Interlocked.Exchange(ref lastTold, Stopwatch.GetTimestamp());
            }
            jobs.Change(s => s with { Done = s.Done + 1 }, isDue);
        }

        public void Notice(string sentence) => jobs.Change(s => s with { Notices = [.. s.Notices, SafeText.OneLine(sentence)] });
    }
}
