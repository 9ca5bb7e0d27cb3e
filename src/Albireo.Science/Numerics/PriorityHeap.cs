namespace Albireo.Science.Numerics;

/// <summary>A binary heap, least priority first, whose order among equals is that of scipy's kd-tree.</summary>
internal sealed class PriorityHeap<T>
{
    private (double Priority, T Item)[] heap = new (double, T)[16];

    /// <summary>Items held.</summary>
    public int Count { get; private set; }

    /// <summary>The least priority; there must be an item.</summary>
    public double Least => heap[0].Priority;

    /// <summary>Forgets all items.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds an item.</summary>
    public void Push(double priority, T item)
    {
        if (Count == heap.Length)
        {
            Array.Resize(ref heap, 2 * Count);
        }
        int i = Count++;
        heap[i] = (priority, item);
        while (i > 0 && heap[i].Priority < heap[(i - 1) / 2].Priority)
        {
            (heap[i], heap[(i - 1) / 2]) = (heap[(i - 1) / 2], heap[i]);
            i = (i - 1) / 2;
        }
    }

    /// <summary>Takes the item of least priority.</summary>
    public (double Priority, T Item) Pop()
    {
        (double, T) first = heap[0];
        Remove();
        return first;
    }

    /// <summary>Drops the item of least priority.</summary>
    public void Remove()
    {
        heap[0] = heap[--Count];
        int i = 0;
        while (true)
        {
            int left = (2 * i) + 1;
            int right = left + 1;
            bool overLeft = left < Count && heap[i].Priority > heap[left].Priority;
            bool overRight = right < Count && heap[i].Priority > heap[right].Priority;
            if (!overLeft && !overRight)
            {
                return;
            }
            int next = right < Count && heap[left].Priority > heap[right].Priority ? right : left;
            (heap[next], heap[i]) = (heap[i], heap[next]);
            i = next;
        }
    }
}
