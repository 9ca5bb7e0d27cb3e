using Albireo.Science.Numerics;

namespace Albireo.Science.Background;

/// <summary>
/// Mean of the ten nearest measured boxes, weighted by inverse distance from their centres in pixels (Shepard 1968), as photutils'
/// BkgIDWInterpolator; at a box's centre the box's own value.
/// </summary>
internal sealed class MeshShepard : MeshInterpolator
{
    private readonly KdTree tree;
    private readonly double[] values;

    /// <summary>Prepares the interpolation.</summary>
    /// <param name="mesh">Row-major [rows, columns].</param>
    /// <param name="measured">Which boxes take part.</param>
    /// <param name="columns">Boxes in a row.</param>
    /// <param name="boxWidth">Pixel columns in a box.</param>
    /// <param name="boxHeight">Pixel rows in a box.</param>
    public MeshShepard(double[] mesh, bool[] measured, int columns, int boxWidth, int boxHeight)
    {
        var points = new List<double>();
        var known = new List<double>();
        for (int i = 0; i < mesh.Length; i++)
        {
            if (measured[i])
            {
                points.Add((i / columns * boxHeight) + ((boxHeight - 1) / 2.0));
                points.Add((i % columns * boxWidth) + ((boxWidth - 1) / 2.0));
                known.Add(mesh[i]);
            }
        }
        tree = new KdTree([.. points]);
        values = [.. known];
    }

    /// <inheritdoc/>
    public override void Row(int y, Span<float> destination)
    {
        var search = new KdTree.Search(tree, MeshRepair.Neighbours);
        for (int x = 0; x < destination.Length; x++)
        {
            destination[x] = (float)MeshRepair.InverseDistanceMean(search, values, y, x);
        }
    }

    /// <inheritdoc/>
    public override double At(double x, double y) =>
        MeshRepair.InverseDistanceMean(new KdTree.Search(tree, MeshRepair.Neighbours), values, y, x);
}
