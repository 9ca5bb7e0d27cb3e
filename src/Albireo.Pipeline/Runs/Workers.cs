using System.Runtime.ExceptionServices;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Runs;

/// <summary>Threads for frames and bands. The first failure is passed on to the caller when all threads have ended.</summary>
public static class Workers
{
    /// <summary>Runs the same work on several threads, the calling one among them.</summary>
    public static void Run(int threads, Action work)
    {
        Exception? failure = null;
        void Guarded()
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, e, null);
            }
        }
        var others = new WorkerThread[Math.Max(0, threads - 1)];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = WorkerThread.Begin(Guarded);
        }
        Guarded();
        foreach (WorkerThread other in others)
        {
            other.Join();
        }
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>A runner of bands on <paramref name="threads"/> threads.</summary>
    public static BandRunner Bands(int threads) => threads <= 1 ? BandRunner.Serial : new ThreadedRunner(threads);

    private sealed class ThreadedRunner(int threads) : BandRunner
    {
        protected override void RunBands(int count, Action<int> band)
        {
            int next = -1;
            Workers.Run(
                Math.Min(threads, count),
                () =>
                {
                    int i;
                    while ((i = Interlocked.Increment(ref next)) < count)
                    {
                        band(i);
                    }
                }
            );
        }
    }
}
