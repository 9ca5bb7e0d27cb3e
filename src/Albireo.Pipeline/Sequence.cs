using System.Collections;
using System.Diagnostics;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline;

/// <summary>
/// An ordered list of named frame steps. Each frame is read once and visits all steps while it is in memory; several frames are in
/// flight at once, outcomes come in the order of the frames. Slices are sequences: <c>sequence[..2]</c>.
/// </summary>
public sealed class Sequence(IReadOnlyList<FrameStep> steps) : IReadOnlyList<FrameStep>
{
    private readonly long[] ticks = new long[steps.Count + 1];

    public int Count => steps.Count;
    public FrameStep this[int index] => steps[index];

    public Sequence Slice(int start, int length) => new([.. steps.Skip(start).Take(length)]);

    /// <summary>The sequence with steps of a caller's own.</summary>
    /// <param name="change">From this sequence to the one that is to be run; null for none.</param>
    /// <param name="fixedSteps">The first steps, which the reference frame has passed already and which stay.</param>
    /// <exception cref="ArgumentException">One of the first steps is another.</exception>
    internal Sequence Changed(Func<Sequence, Sequence>? change, int fixedSteps)
    {
        Sequence changed = change?.Invoke(this) ?? this;
        for (int i = 0; i < fixedSteps; i++)
        {
            if (changed.Count <= i || changed[i] != this[i])
            {
                throw new ArgumentException(
                    $"Own steps come after {this[fixedSteps - 1].Name}: the reference frame has passed the steps before.",
                    nameof(change)
                );
            }
        }
        return changed;
    }

    public IEnumerator<FrameStep> GetEnumerator() => steps.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Time spent in each step so far, summed over threads; reading comes first.</summary>
    public IEnumerable<(string Step, TimeSpan Time)> Timings() =>
        ticks.Select((t, i) => (i == 0 ? "read" : steps[i - 1].Name, Stopwatch.GetElapsedTime(0, t)));

    /// <summary>Runs all frames through all steps.</summary>
    /// <param name="frames">In the order in which outcomes are returned.</param>
    /// <param name="started">A frame that has passed the first steps already and goes on from there, or null.</param>
    /// <param name="inFlight">How many frames at once.</param>
    /// <param name="done">Called after each frame, on any thread.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <param name="known">What becomes of frames that need not be run, or null for them that do; null: all are run.</param>
    /// <param name="ended">What is done with each outcome, by its number, while its worker's buffers are the frame's; it has no fluxes afterwards.</param>
    /// <param name="workspaces">Whose buffers the workers use; null: new ones.</param>
    public IReadOnlyList<FrameOutcome> Run(
        IReadOnlyList<FrameInfo> frames,
        Frame? started,
        int inFlight,
        Action done,
        CancellationToken cancellation,
        Func<FrameInfo, FrameOutcome?>? known = null,
        Action<int, FrameOutcome>? ended = null,
        Workspaces? workspaces = null
    )
    {
        workspaces ??= new Workspaces();
        var outcomes = new FrameOutcome[frames.Count];
        int next = -1;
        Workers.Run(
            Math.Min(inFlight, frames.Count),
            () =>
                workspaces.Lend(workspace =>
                {
                    int i;
                    while ((i = Interlocked.Increment(ref next)) < frames.Count)
                    {
                        Frame frame = started?.Info == frames[i] ? started : new Frame { Info = frames[i], Workspace = workspace };
                        FrameOutcome outcome = known?.Invoke(frames[i]) ?? RunOne(frame, cancellation);
                        ended?.Invoke(i, outcome);
                        // The next frame is measured in the same memory: what nobody has taken by now is gone, not overwritten.
                        outcomes[i] = outcome.Frame.Fluxes is null
                            ? outcome
                            : outcome with
                            {
                                Frame = outcome.Frame with { Fluxes = null },
                            };
                        done();
                    }
                })
        );
        cancellation.ThrowIfCancellationRequested();
        return outcomes;
    }

    /// <summary>Runs one frame through the steps that it has not passed yet. Its pictures are dropped at the end unless they are to be kept.</summary>
    public FrameOutcome RunOne(Frame frame, CancellationToken cancellation, bool keepPictures = false)
    {
        string step = "read";
        try
        {
            if (frame.RawRows is null)
            {
                frame = Timed(0, frame, f => FrameReader.Read(f.Info, f.Workspace));
            }
            while (frame.StepsPassed < steps.Count && frame.Discarded is null)
            {
                cancellation.ThrowIfCancellationRequested();
                int index = frame.StepsPassed;
                step = steps[index].Name;
                frame = Timed(index + 1, frame, steps[index].Work) with { StepsPassed = index + 1 };
            }
        }
        catch (Exception e)
            when (e is FitsFormatException or FrameUnusableException || (step == "read" && e is IOException or UnauthorizedAccessException))
        {
            // Only a file that cannot be read is the frame's own fault; a product that cannot be written ends the run.
            return new FrameOutcome(WithoutPictures(frame), step, e.Message, IsUnusable: true);
        }
        return new FrameOutcome(
            keepPictures ? frame : WithoutPictures(frame),
            frame.Discarded is null ? null : step,
            frame.Discarded,
            IsUnusable: false
        );
    }

    private Frame Timed(int slot, Frame frame, Func<Frame, Frame> work)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            return work(frame);
        }
        finally
        {
            Interlocked.Add(ref ticks[slot], Stopwatch.GetTimestamp() - start);
        }
    }

    private static Frame WithoutPictures(Frame frame) =>
        frame with
        {
            Raw = null,
            Clean = null,
            Mask = null,
            Uncertainty = null,
            Background = null,
            Sources = [],
            Header = null,
        };
}
