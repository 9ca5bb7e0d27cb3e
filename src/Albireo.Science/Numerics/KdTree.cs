namespace Albireo.Science.Numerics;

/// <summary>
/// Nearest neighbours among points of a plane (Bentley 1975). Where several points are equally far, which of them are among the nearest
/// is decided as in <c>scipy.spatial.cKDTree</c> 1.10: the same balanced tree, the same order within leaves (that of the C++ library's
/// <c>nth_element</c>), the same queue. On a grid of boxes such ties are the rule, and values interpolated from the ten nearest then
/// equal those of software that is built on it.
/// </summary>
internal sealed class KdTree
{
    private const int LeafSize = 10;

    private readonly double[] points;
    private readonly int[] indices;
    private readonly List<Node> nodes = [];
    private readonly double lowA = double.PositiveInfinity;
    private readonly double highA = double.NegativeInfinity;
    private readonly double lowB = double.PositiveInfinity;
    private readonly double highB = double.NegativeInfinity;

    /// <summary>A tree of points.</summary>
    /// <param name="points">[n, 2]; at least one, all finite.</param>
    public KdTree(double[] points)
    {
        this.points = points;
        indices = new int[points.Length / 2];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = i;
            (lowA, highA) = (Math.Min(lowA, points[2 * i]), Math.Max(highA, points[2 * i]));
            (lowB, highB) = (Math.Min(lowB, points[(2 * i) + 1]), Math.Max(highB, points[(2 * i) + 1]));
        }
        Build(0, indices.Length);
    }

    /// <summary>Half of the plane on either side of a line, or a leaf (axis −1) with the points [start, end) of the index.</summary>
    private readonly record struct Node(int Axis, double Split, int Start, int End, int Less, int Greater);

    /// <summary>A part of the plane still to be searched, with its least squared distance in all and along each axis.</summary>
    private readonly record struct Cell(int Node, double Least, double SquareA, double SquareB);

    private int Build(int start, int end)
    {
        int id = nodes.Count;
        nodes.Add(new Node(-1, 0, start, end, -1, -1));
        if (end - start <= LeafSize)
        {
            return id;
        }
        (double low0, double high0) = Range(start, end, 0);
        (double low1, double high1) = Range(start, end, 1);
        int axis = high1 - low1 > high0 - low0 ? 1 : 0;
        if ((axis == 0 ? high0 - low0 : high1 - low1) == 0)
        {
            return id;
        }
        int middle = start + ((end - start) / 2);
        new PartialOrder(points, indices, axis).Select(start, middle, end);
        double split = points[(2 * indices[middle]) + axis];
        int cut = Partition(start, end, axis, split);
        if (cut == start)
        {
            // Half of the points or more share the least value: these go to the lower side.
            split = Math.BitIncrement(split);
            cut = Partition(start, end, axis, split);
        }
        int less = Build(start, cut);
        int greater = Build(cut, end);
        nodes[id] = new Node(axis, split, start, end, less, greater);
        return id;
    }

    private (double Low, double High) Range(int start, int end, int axis)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = start; i < end; i++)
        {
            double value = points[(2 * indices[i]) + axis];
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        return (low, high);
    }

    /// <summary>Moves points below the split to the front, by exchanges from both ends.</summary>
    private int Partition(int start, int end, int axis, double split)
    {
        (int first, int last) = (start, end);
        while (true)
        {
            while (first < last && points[(2 * indices[first]) + axis] < split)
            {
                first++;
            }
            last--;
            while (first < last && !(points[(2 * indices[last]) + axis] < split))
            {
                last--;
            }
            if (first >= last)
            {
                return first;
            }
            (indices[first], indices[last]) = (indices[last], indices[first]);
            first++;
        }
    }

    /// <summary>A search; one object serves many positions, on one thread.</summary>
    internal sealed class Search(KdTree tree, int count)
    {
        private readonly PriorityHeap<Cell> queue = new();
        private readonly PriorityHeap<int> nearest = new();

        /// <summary>Finds the nearest points of (a, b), nearest first.</summary>
        /// <param name="a">First coordinate.</param>
        /// <param name="b">Second coordinate.</param>
        /// <param name="found">Receives indices of points.</param>
        /// <param name="squares">Receives their squared distances.</param>
        /// <returns>How many were found: the count asked for, or all points.</returns>
        public int Find(double a, double b, Span<int> found, Span<double> squares)
        {
            double bound = double.PositiveInfinity;
            double outsideA = Math.Max(0, Math.Max(a - tree.highA, tree.lowA - a));
            double outsideB = Math.Max(0, Math.Max(b - tree.highB, tree.lowB - b));
            outsideA *= outsideA;
            outsideB *= outsideB;
            var cell = new Cell(0, outsideA + outsideB, outsideA, outsideB);
            queue.Clear();
            while (true)
            {
                Node node = tree.nodes[cell.Node];
                if (node.Axis < 0)
                {
                    Scan(node, a, b, ref bound);
                    if (queue.Count == 0)
                    {
                        break;
                    }
                    cell = queue.Pop().Item;
                    continue;
                }
                if (cell.Least > bound)
                {
                    break;
                }
                double offset = (node.Axis == 0 ? a : b) - node.Split;
                double square = offset * offset;
                Cell near = cell with { Node = offset < 0 ? node.Less : node.Greater };
                int beyond = offset < 0 ? node.Greater : node.Less;
                Cell far =
                    node.Axis == 0
                        ? new Cell(beyond, cell.Least + (square - cell.SquareA), square, cell.SquareB)
                        : new Cell(beyond, cell.Least + (square - cell.SquareB), cell.SquareA, square);
                if (near.Least > far.Least)
                {
                    (near, far) = (far, near);
                }
                if (far.Least <= bound)
                {
                    queue.Push(far.Least, far);
                }
                cell = near;
            }
            int result = nearest.Count;
            while (nearest.Count > 0)
            {
                (double priority, int item) = nearest.Pop();
                (found[nearest.Count], squares[nearest.Count]) = (item, -priority);
            }
            return result;
        }

        private void Scan(Node leaf, double a, double b, ref double bound)
        {
            for (int i = leaf.Start; i < leaf.End; i++)
            {
                int point = tree.indices[i];
                double da = tree.points[2 * point] - a;
                double db = tree.points[(2 * point) + 1] - b;
                double square = (da * da) + (db * db);
                if (!(square < bound))
                {
                    continue;
                }
                if (nearest.Count == count)
                {
                    nearest.Remove();
                }
                nearest.Push(-square, point);
                if (nearest.Count == count)
                {
                    bound = -nearest.Least;
                }
            }
        }
    }
}
