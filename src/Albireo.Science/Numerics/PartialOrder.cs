namespace Albireo.Science.Numerics;

/// <summary>
/// Brings the element of one rank to its place, smaller ones before it (Hoare 1961), leaving the others in the very order in which the
/// GNU C++ library's <c>nth_element</c> leaves them: <see cref="KdTree"/> depends on it. (That library's change to a heap after very
/// many unlucky rounds is left out; the points of a grid never come near it.)
/// </summary>
internal readonly ref struct PartialOrder(double[] points, int[] indices, int axis)
{
    /// <summary>Orders [first, last) about position <paramref name="nth"/>.</summary>
    public void Select(int first, int nth, int last)
    {
        while (last - first > 3)
        {
            MoveMedianToFirst(first, first + 1, first + ((last - first) / 2), last - 1);
            int cut = Partition(first + 1, last, first);
            if (cut <= nth)
            {
                first = cut;
            }
            else
            {
                last = cut;
            }
        }
        for (int i = first + 1; i < last; i++)
        {
            int moved = indices[i];
            int j = i;
            for (; j > first && Value(moved) < Value(indices[j - 1]); j--)
            {
                indices[j] = indices[j - 1];
            }
            indices[j] = moved;
        }
    }

    private int Partition(int first, int last, int pivot)
    {
        while (true)
        {
            while (Less(first, pivot))
            {
                first++;
            }
            last--;
            while (Less(pivot, last))
            {
                last--;
            }
            if (first >= last)
            {
                return first;
            }
            Swap(first, last);
            first++;
        }
    }

    private void MoveMedianToFirst(int result, int a, int b, int c)
    {
        if (Less(a, b))
        {
            Swap(
                result,
                Less(b, c) ? b
                    : Less(a, c) ? c
                    : a
            );
        }
        else
        {
            Swap(
                result,
                Less(a, c) ? a
                    : Less(b, c) ? c
                    : b
            );
        }
    }

    private double Value(int index) => points[(2 * index) + axis];

    private bool Less(int a, int b) => Value(indices[a]) < Value(indices[b]);

    private void Swap(int a, int b) => (indices[a], indices[b]) = (indices[b], indices[a]);
}
