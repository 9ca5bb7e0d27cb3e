using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Albireo.Fits;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Products;

/// <summary>
/// Writes calibrated frames on threads of its own and past the system's file cache. A night of them is larger than the cache is worth:
/// copying them there costs as much processor time as calibrating them, and throws out the raw frames. Where the disk is slow and behind,
/// or cannot be written to directly, a file goes through the cache after all, so that nobody waits for the disk.
/// </summary>
internal sealed class WriterBehind : IDisposable
{
    /// <summary>Larger pieces are not written faster, and fresh memory is dear.</summary>
    private const int LargestPiece = 1 << 21;
    private const int SmallestPiece = 1 << 16;

    /// <summary>This part of the memory that a run may use is for what waits to be written.</summary>
    private const int PartOfMemory = 16;

    /// <summary>
    /// The disk has something to do while a writer waits for a processor: the cores calibrate frames meanwhile, and let it wait longer
    /// than a piece takes.
    /// </summary>
    private const int Writers = 6;

    /// <summary>A disk that takes less from a writer is not waited for; a faster one takes a frame in less time than the cache.</summary>
    private const double SlowBytesPerSecond = 1e8;

    private readonly BlockingCollection<Action?> queue = []; // null: a writer may go
    private readonly ConcurrentStack<WriterPiece> free = []; // the last one used is the one that is in a cache
    private readonly SemaphoreSlim pieces;
    private readonly Thread[] threads = new Thread[Writers];
    private readonly CountdownEvent open = new(1);
    private readonly long mostBehind;
    private long behind;
    private long written;
    private long ticksOfWriting;
    private volatile bool isImpossible;
    private volatile Exception? failure;

    /// <param name="limits">How many files are written at once, and how much memory there is.</param>
    /// <param name="mostBehindBytes">With more than this waiting for a slow disk, files go through the cache; null: half of the memory for it.</param>
    public WriterBehind(ResourceLimits limits, long? mostBehindBytes = null)
    {
        // Each file can hold three pieces that are not full: two under a header that is still to come, and the one being filled.
        int count = 8 + (4 * limits.Threads);
        long size = Math.Clamp(limits.MemoryBytes / PartOfMemory / count, SmallestPiece, LargestPiece);
        PieceBytes = (int)(size / DirectWriting.Alignment * DirectWriting.Alignment);
        pieces = new SemaphoreSlim(count);
        mostBehind = mostBehindBytes ?? count / 2 * (long)PieceBytes;
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Write) { IsBackground = true, Name = "writer" };
            threads[i].Start();
        }
    }

    /// <summary>Files are handed to the disk in pieces of this size, which each lie at a multiple of it.</summary>
    public int PieceBytes { get; }

    /// <summary>Whether the disk is slow as far as it has been seen; before that, too.</summary>
    private bool IsSlow
    {
        get
        {
            double seconds = (double)Interlocked.Read(ref ticksOfWriting) / Stopwatch.Frequency;
            return !(Interlocked.Read(ref written) > SlowBytesPerSecond * seconds);
        }
    }

    /// <summary>Begins a file.</summary>
    /// <param name="path">The name it shall have; its folder exists.</param>
    public FitsOutput Create(string path)
    {
        Check();
        if (isImpossible || (Interlocked.Read(ref behind) > mostBehind && IsSlow))
        {
            return FitsOutput.Create(path);
        }
        PartFile part = PartFile.Create(path);
        if (DirectWriting.Begin(part.Handle))
        {
            return FitsOutput.Create(new BehindTarget(this, part));
        }
        isImpossible = true;
        part.Dispose();
        return FitsOutput.Create(path);
    }

    /// <summary>Waits until everything is written.</summary>
    /// <exception cref="IOException">Something could not be written.</exception>
    public void Drain()
    {
        Settle();
        Check();
    }

    public void Dispose()
    {
        Settle(); // the last piece of a file asks for the end of it
        Array.ForEach(threads, _ => queue.Add(null));
        Array.ForEach(threads, t => t.Join());
        queue.Dispose();
        pieces.Dispose();
        open.Dispose();
    }

    /// <summary>Memory for a piece of a file; waits for the disk where too much is in use.</summary>
    internal WriterPiece Take()
    {
        pieces.Wait();
        if (free.TryPop(out WriterPiece? piece))
        {
            return piece;
        }
        WriterPiece[] fresh = WriterPiece.Several(PieceBytes);
        free.PushRange(fresh, 1, fresh.Length - 1);
        return fresh[0];
    }

    /// <summary>Takes back a piece that holds nothing to be written.</summary>
    internal void Return(WriterPiece piece)
    {
        piece.Filled = 0;
        free.Push(piece);
        pieces.Release();
    }

    /// <summary>Hands a piece over; nothing more is put into it.</summary>
    /// <param name="file">Whose it is.</param>
    /// <param name="piece">The bytes.</param>
    /// <param name="offset">Of the first of them.</param>
    /// <param name="done">Done when it is written, or when nothing is written any more.</param>
    internal void Put(PartFile file, WriterPiece piece, long offset, Action done)
    {
        int length = piece.Filled;
        Interlocked.Add(ref behind, length);
        Do(() =>
        {
            try
            {
                if (failure is null)
                {
                    long began = Stopwatch.GetTimestamp();
                    DirectWriting.Write(file.Handle, piece, offset);
                    Interlocked.Add(ref ticksOfWriting, Stopwatch.GetTimestamp() - began);
                    Interlocked.Add(ref written, length);
                }
            }
            catch (Exception e)
            {
                failure ??= e;
            }
            finally
            {
                Interlocked.Add(ref behind, -length);
                Return(piece);
                done();
            }
        });
    }

    /// <summary>Ends a file of which nothing is under way any more.</summary>
    /// <param name="file">Closed afterwards, whatever happens.</param>
    /// <param name="length">Of the whole; null where it is not wanted.</param>
    internal void End(PartFile file, long? length) =>
        Do(() =>
        {
            using (file)
            {
                if (failure is null && length is { } whole)
                {
                    DirectWriting.End(file.Handle, whole);
                    file.Commit();
                }
            }
        });

    private void Settle()
    {
        open.Signal();
        open.Wait();
        open.Reset();
    }

    private void Do(Action work)
    {
        open.AddCount();
        queue.Add(work);
    }

    private void Write()
    {
        while (queue.Take() is { } work)
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                failure ??= e;
            }
            open.Signal();
        }
    }

    private void Check()
    {
        if (failure is { } met)
        {
            ExceptionDispatchInfo.Throw(met);
        }
    }
}
