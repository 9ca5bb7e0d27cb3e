using System.Diagnostics;
using System.Globalization;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;

namespace Albireo.Pipeline.Runs;

/// <summary>What every stage of a run shares: where products go, who watches, how much of the machine may be used.</summary>
public sealed class RunContext(OutputFolder output, IRunObserver observer, ResourceLimits limits, CancellationToken cancellation)
{
    private readonly List<string> notices = [];
    private readonly Lock noticesLock = new();
    private readonly List<Task> later = [];
    private readonly Lazy<WriterBehind> writer = new(() => new WriterBehind(limits));

    public OutputFolder Output { get; } = output;
    public ResourceLimits Limits { get; } = limits;
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Buffers that one stage's workers leave to the next.</summary>
    public Workspaces Workspaces { get; } = new();

    /// <summary>When the run began, as run.json has it; null where there is none.</summary>
    public string? Started { get; internal set; }

    /// <summary>What the user was told, in order, without repetition.</summary>
    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (noticesLock)
            {
                return [.. notices];
            }
        }
    }

    /// <summary>For the large products of frames; they have their names when <see cref="Frames"/> ends, at the latest.</summary>
    internal WriterBehind Writer => writer.Value;

    /// <summary>Tells the user one sentence, once; it also goes to the log and the report.</summary>
    public void Notice(string sentence)
    {
        lock (noticesLock)
        {
            if (notices.Contains(sentence))
            {
                return;
            }
            notices.Add(sentence);
        }
        Output.Log.Write(sentence);
        observer.Notice(sentence);
    }

    /// <summary>Runs the whole, with every failure in the log.</summary>
    public T Logged<T>(Func<T> work)
    {
        Output.Log.Write($"{ProgramVersion.Text}: started");
        try
        {
            T result = work();
            Settle();
            return result;
        }
        catch (OperationCanceledException)
        {
            Output.Log.Write("interrupted");
            throw;
        }
        catch (Exception e)
        {
            Output.Log.Write(e is AlbireoException ? e.Message : e.ToString());
            throw;
        }
        finally
        {
            // A run that fails leaves nothing behind that still writes; its own failure is the one to tell of.
            Task.WhenAny(Task.WhenAll(later)).Wait();
            if (writer.IsValueCreated)
            {
                writer.Value.Dispose();
            }
        }
    }

    /// <summary>Does something beside the run: what nobody need wait for before its end. Its failure is the run's.</summary>
    public Task Later(Action work)
    {
        var task = Task.Run(work);
        later.Add(task);
        return task;
    }

    /// <summary>Waits for what is done beside the run.</summary>
    public void Settle()
    {
        foreach (Task task in later)
        {
            task.GetAwaiter().GetResult();
        }
        later.Clear();
    }

    /// <summary>Runs frames through a sequence, several at once; each one's fate and the time of each step go to the log.</summary>
    /// <param name="name">The stage as the user sees it.</param>
    /// <param name="sequence">What happens to each frame.</param>
    /// <param name="frames">In the order of the outcomes.</param>
    /// <param name="started">A frame that has passed the first steps already and is not read again, or null.</param>
    /// <param name="known">What becomes of frames that need not be run; null: all are run.</param>
    /// <param name="ended">What is done with each outcome, by its number, while its worker's buffers are still the frame's; null: nothing.</param>
    public IReadOnlyList<FrameOutcome> Frames(
        string name,
        Sequence sequence,
        IReadOnlyList<FrameInfo> frames,
        Frame? started,
        Func<FrameInfo, FrameOutcome?>? known = null,
        Action<int, FrameOutcome>? ended = null
    )
    {
        const int bytesPerPixel = 32; // file, raw, clean, uncertainty, mask, detection's scratch
        long pixels = frames.Max(f => (long)f.Width * f.Height);
        IReadOnlyList<FrameOutcome> outcomes = Stage(
            name,
            frames.Count,
            done =>
            {
                IReadOnlyList<FrameOutcome> run = sequence.Run(
                    frames,
                    started,
                    Limits.FramesInFlight(pixels, bytesPerPixel),
                    done,
                    Cancellation,
                    known,
                    ended,
                    Workspaces
                );
                if (writer.IsValueCreated)
                {
                    writer.Value.Drain();
                }
                return run;
            }
        );
        foreach (FrameOutcome outcome in outcomes)
        {
            string fate =
                outcome.IsReused ? "reused"
                : outcome.IsUsed ? "done"
                : $"left out by {outcome.StoppedBy}: {outcome.Reason}";
            Output.Log.Write($"{outcome.Frame.Info.Name}: {fate}");
            if (outcome.Frame.Operation is { } operation)
            {
                Output.Log.Write(operation);
            }
            foreach (string remark in outcome.Frame.Remarks)
            {
                Notice("lights: " + remark);
            }
        }
        foreach ((string step, TimeSpan time) in sequence.Timings())
        {
            Output.Log.Write(string.Create(CultureInfo.InvariantCulture, $"time in {step}: {time.TotalSeconds:F3} s over all threads"));
        }
        return outcomes;
    }

    /// <summary>Runs a stage, watched and timed.</summary>
    public T Stage<T>(string name, int items, Func<Action, T> work)
    {
        Cancellation.ThrowIfCancellationRequested();
        observer.StageStarted(name, items);
        long started = Stopwatch.GetTimestamp();
        T result = work(() => observer.ItemDone(name));
        Output.Log.Write(
            $"{name}: {items} in {Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("F3", CultureInfo.InvariantCulture)} s"
        );
        return result;
    }
}
