using System.Collections.Concurrent;
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

    /// <summary>
    /// Listens from this call on, until it is disposed of or the server ends: what a page asks for after this call and what it is told
    /// leave no gap between them.
    /// </summary>
    public Listener Listen() => new(this);

    /// <summary>Ends all listening.</summary>
    public void Close()
    {
        isClosed = true;
        foreach (Channel<PageEvent> page in pages.Keys)
        {
            page.Writer.TryComplete();
        }
    }

    /// <summary>One page's ear.</summary>
    public sealed class Listener : IDisposable
    {
        private readonly PageEvents events;
        private readonly Channel<PageEvent> page = Channel.CreateBounded<PageEvent>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest }
        );

        internal Listener(PageEvents events)
        {
            this.events = events;
            events.pages.TryAdd(page, 0);
            if (events.isClosed)
            {
                page.Writer.TryComplete();
            }
        }

        public IAsyncEnumerable<PageEvent> All(CancellationToken cancellation) => page.Reader.ReadAllAsync(cancellation);

        public void Dispose() => events.pages.TryRemove(page, out _);
    }
}
