using System.IO.Enumeration;
using Albireo.Pipeline;
using Albireo.Web.Runs;

namespace Albireo.Web.Watching;

/// <summary>
/// Looks at the raw frames' folders and at OUT again and again: names, sizes and times only, which works on every file system. Once
/// new frames have kept still from one look to the next, the intake is taken anew and, if the user wants it, the run repeated; what
/// lands meanwhile waits for the next one.
/// </summary>
internal sealed class NightWatcher(Workbench workbench, TimeSpan interval) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;
    private string known = "";
    private string seen = "";
    private string stored = workbench.Stamp;
    private bool isWaiting;

    public void Start() => loop = Task.Run(() => Loop(stop.Token));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task Loop(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            workbench.Night.Retake(cancellation);
            known = seen = Signature();
            workbench.Events.Send(new PageEvent("night"));
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                try
                {
                    Look(cancellation);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or AlbireoException)
                {
                    // Something went away between two looks at it; the next look sees what is left.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private void Look(CancellationToken cancellation)
    {
        string now = Signature();
        bool isSettled = now == seen;
        seen = now;
        if (isSettled && now != known && !workbench.Jobs.IsRunning)
        {
            known = now;
            workbench.Night.Retake(cancellation);
            workbench.Events.Send(new PageEvent("night"));
            isWaiting = true;
        }
        if (isWaiting && workbench.FollowsNight && !workbench.Jobs.IsRunning)
        {
            isWaiting = false;
            Run();
        }
        if (workbench.Jobs.IsRunning)
        {
            return;
        }
        string stamp = workbench.Stamp;
        if (stamp != stored)
        {
            stored = stamp;
            workbench.Events.Send(new PageEvent("observation"));
        }
        else
        {
            workbench.SitDownAgain();
        }
    }

    private void Run()
    {
        try
        {
            ReductionJob.Start(workbench, new RunChange());
        }
        catch (Exception e) when (e is BusyException or AlbireoException)
        {
            // Somebody was quicker, or OUT cannot tell what to run; the page shows why when it is asked.
            workbench.Log(e.Message);
        }
    }

    /// <summary>Every file below the inputs with its size and time, and what the user says of them.</summary>
    private string Signature()
    {
        var hash = new HashCode();
        int count = 0;
        foreach (string input in workbench.Inputs.Append(workbench.Night.EditsPath))
        {
            try
            {
                IEnumerable<(string Path, long Length, long Ticks)> files =
                    Directory.Exists(input)
                        ? new FileSystemEnumerable<(string Path, long Length, long Ticks)>(
                            input,
                            (ref FileSystemEntry e) => (e.ToFullPath(), e.Length, e.LastWriteTimeUtc.Ticks),
                            new EnumerationOptions
                            {
                                RecurseSubdirectories = true,
                                AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
                            }
                        )
                        {
                            ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory,
                            ShouldRecursePredicate = (ref FileSystemEntry e) => e.ToFullPath() != workbench.Output,
                        }.OrderBy(f => f.Path, StringComparer.Ordinal)
                    : new FileInfo(input) is { Exists: true } one ? [(input, one.Length, one.LastWriteTimeUtc.Ticks)]
                    : [];
                foreach ((string Path, long Length, long Ticks) file in files)
                {
                    hash.Add(file);
                    count++;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                hash.Add(e.GetType());
            }
        }
        return $"{count}:{hash.ToHashCode():x}";
    }
}
