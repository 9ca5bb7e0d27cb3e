using System.Numerics.Tensors;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>The bias level of every row, or of every column, of a frame.</summary>
/// <param name="Values">ADU; NaN where the strip has no defined pixel, which makes the line undefined.</param>
/// <param name="IsByRow">Whether there is one value a row; else one a column.</param>
public sealed record OverscanLevels(float[] Values, bool IsByRow)
{
    /// <summary>The levels of a part of the frame.</summary>
    public OverscanLevels Cut(PixelRegion region) =>
        this with
        {
            Values = IsByRow ? Values[region.FirstRow..region.EndRow] : Values[region.FirstColumn..region.EndColumn],
        };

    /// <summary>Takes the level out of row <paramref name="y"/>; may be in place.</summary>
    /// <param name="row">Raw counts, ADU.</param>
    /// <param name="y">Which row of the frame.</param>
    /// <param name="result">Counts above the level.</param>
    public void Subtract(ReadOnlySpan<float> row, int y, Span<float> result)
    {
        if (IsByRow)
        {
            TensorPrimitives.Subtract(row, Values[y], result);
        }
        else
        {
            Require.SameLength(row.Length, Values.Length);
            TensorPrimitives.Subtract(row, Values, result);
        }
    }
}
