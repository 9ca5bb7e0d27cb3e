using System.Runtime.Intrinsics;
using Albireo.Science.Images;

namespace Albireo.Science.Calibration;

/// <summary>A frame with its edge pixels repeated outwards, and room for a whole vector at the end of each row.</summary>
internal sealed class PaddedImage
{
    private readonly float[] values;
    private readonly int stride;

    public PaddedImage(Image image, int margin)
    {
        stride = image.Width + (2 * margin) + Vector512<float>.Count;
        values = new float[stride * (image.Height + (2 * margin))];
        for (int y = 0; y < image.Height + (2 * margin); y++)
        {
            ReadOnlySpan<float> source = image.Row(Math.Clamp(y - margin, 0, image.Height - 1));
            Span<float> row = values.AsSpan(y * stride, stride);
            row[..margin].Fill(source[0]);
            source.CopyTo(row[margin..]);
            row[(margin + image.Width)..].Fill(source[^1]);
        }
    }

    /// <summary>Row 0 is <c>margin</c> rows above the frame's first; column 0 <c>margin</c> columns left of its first.</summary>
    public ReadOnlySpan<float> Row(int y) => values.AsSpan(y * stride, stride);
}
