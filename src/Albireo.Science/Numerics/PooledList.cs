using System.Buffers;
using System.Runtime.CompilerServices;

namespace Albireo.Science.Numerics;

/// <summary>A growing list over rented arrays: what a frame's stars need is used again by the next frame instead of being collected.</summary>
internal sealed class PooledList<T>(int capacity) : IDisposable
    where T : unmanaged
{
    private T[] items = ArrayPool<T>.Shared.Rent(capacity);

    public int Count { get; private set; }

    /// <summary>What it holds; only until the next addition.</summary>
    public Span<T> Items => items.AsSpan(0, Count);

    /// <summary>Adds a number of items that the caller sets; they hold anything before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // called for every run of pixels
    public Span<T> Add(int count)
    {
        if (Count + count > items.Length)
        {
            Grow(Count + count);
        }
        Span<T> added = items.AsSpan(Count, count);
        Count += count;
        return added;
    }

    public void Add(in T item) => Add(1)[0] = item;

    /// <summary>Leaves only the first items.</summary>
    public void Truncate(int count) => Count = Math.Min(count, Count);

    public void Dispose() => ArrayPool<T>.Shared.Return(items);

    private void Grow(int least)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(2 * items.Length, least));
        Items.CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
