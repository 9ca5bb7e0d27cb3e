using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Albireo.Web.Runs;

/// <summary>Tells every open page what has happened. A page that does not listen misses what is old, never holds up a run.</summary>
public sealed class PageEvents
{
    private const int Waiting = 256;
    private readonly ConcurrentDictionary<Channel<PageEvent>, byte> pages = new();
    private volatile bool isClosed;

    public void Send(PageEvent happened)
    {
        foreach (Channel<PageEvent> page in pages.Keys)
        {
            page.Writer.TryWrite(happened);
        }
    }

    /// <summary>All events from now on, until the page goes away or the server ends.</summary>
    public async IAsyncEnumerable<PageEvent> Listen([EnumeratorCancellation] CancellationToken cancellation)
    {
        var page = Channel.CreateBounded<PageEvent>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });
        pages.TryAdd(page, 0);
        try
        {
            if (isClosed)
            {
                yield break;
            }
            await foreach (PageEvent happened in page.Reader.ReadAllAsync(cancellation))
            {
                yield return happened;
            }
        }
        finally
        {
            pages.TryRemove(page, out _);
        }
    }

    /// <summary>Ends all listening.</summary>
    public void Close()
    {
        isClosed = true;
        foreach (Channel<PageEvent> page in pages.Keys)
        {
            page.Writer.TryComplete();
        }
    }
}
