using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// The first looks at the groups of a night. Those that need no master which is not there yet are looked at together, as far as memory
/// and open files allow, so that no thread waits at the end of a group.
/// </summary>
/// <param name="plan">All groups in the order in which they are combined.</param>
/// <param name="isWanted">Whether a group is to be looked at for certain.</param>
internal sealed class FirstLooks(IReadOnlyList<StackJob> plan, Func<StackJob, bool> isWanted) : IDisposable
{
    private readonly Dictionary<StackJob, FirstLook> early = new(ReferenceEqualityComparer.Instance);

    /// <summary>The look at a group, taken now or before.</summary>
    /// <param name="place">Of the group in the plan.</param>
    /// <param name="job">The group, with the masters that there are.</param>
    /// <param name="done">Told after every frame.</param>
    /// <returns>The caller's.</returns>
    public FirstLook Of(int place, StackJob job, Action done)
    {
        if (early.Remove(plan[place], out FirstLook? taken))
        {
            return taken;
        }
        long room = job.Masters.MemoryLeft(job.Run.Limits) / 2;
        var look = new FirstLook(job, room);
        early.Add(plan[place], look);
        foreach (StackJob other in Companions(place, room / 2))
        {
            early.Add(other, new FirstLook(other with { Masters = job.Masters }, room));
        }
        FirstLook.Take([.. early.Values], done);
        early.Remove(plan[place]);
        return look;
    }

    public void Dispose()
    {
        foreach (FirstLook look in early.Values)
        {
            look.Dispose();
        }
    }

    /// <summary>The groups behind one that can be looked at with it: so many that all frames together would find room unpacked.</summary>
    private IEnumerable<StackJob> Companions(int place, long room)
    {
        StackJob job = plan[place];
        (int frames, long bytes) = (job.Frames.Count, Bytes(job));
        int mostOpen = OpenFiles.MostOfAStack();
        foreach (StackJob other in plan.Skip(place + 1))
        {
            frames += other.Frames.Count;
            bytes += Bytes(other);
            if (frames > mostOpen || bytes > room || (other.LooksAtClean && job.Kind != FrameKind.Flat) || !isWanted(other))
            {
                yield break;
            }
            yield return other;
        }
    }

    private static long Bytes(StackJob job) => job.Frames.Sum(f => (long)f.Width * f.Height * sizeof(float));
}
