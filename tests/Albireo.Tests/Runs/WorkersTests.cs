using System.Collections.Concurrent;
using Albireo.Pipeline.Runs;

namespace Albireo.Tests.Runs;

public sealed class WorkersTests
{
    [Fact]
    public void Work_is_done_on_that_many_threads_at_once()
    {
        using var all = new Barrier(3);
        var seen = new ConcurrentBag<int>();
        for (int run = 0; run < 20; run++)
        {
            seen.Clear();
            Workers.Run(
                3,
                () =>
                {
                    Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(20)), "not all of them run at once");
                    seen.Add(Environment.CurrentManagedThreadId);
                }
            );
            Assert.Equal(3, seen.Distinct().Count());
            Assert.Contains(Environment.CurrentManagedThreadId, seen);
        }
    }

    /// <summary>A thread that has work shares out work of its own.</summary>
    [Fact]
    public void Work_within_work_comes_to_an_end()
    {
        int done = 0;
        Workers.Run(3, () => Workers.Run(3, () => Workers.Run(2, () => Interlocked.Increment(ref done))));
        Assert.Equal(18, done);
    }

    [Fact]
    public void A_failure_is_passed_on_when_all_have_ended()
    {
        int ended = 0;
        int begun = 0;
        var e = Assert.Throws<InvalidOperationException>(() =>
            Workers.Run(
                4,
                () =>
                {
                    if (Interlocked.Increment(ref begun) == 1)
                    {
                        throw new InvalidOperationException("no");
                    }
                    Thread.Sleep(20);
                    Interlocked.Increment(ref ended);
                }
            )
        );
        Assert.Equal("no", e.Message);
        Assert.Equal(3, ended);
        Workers.Run(4, () => Interlocked.Increment(ref ended));
        Assert.Equal(7, ended);
    }
}
