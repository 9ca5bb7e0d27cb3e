using Albireo.Science.Detection;

namespace Albireo.Tests.Detection;

public class BandPixelsTests
{
    [Fact]
    public void Marked_pixels_are_found_in_any_range_of_columns()
    {
        int[] marked = [16, 63, 64, 130, 207];
        using var band = new BandPixels(firstRow: 0, rows: 2, stride: 208, pad: 16, width: 170, height: 2);
        foreach (int column in marked)
        {
            band.MarkBad(1, column);
        }
        for (int start = 0; start < 208; start++)
        {
            for (int end = start + 1; end <= 208; end++)
            {
                Assert.Equal(marked.Any(c => c >= start && c < end), band.HasBad(1, start, end));
                Assert.False(band.HasBad(0, start, end));
            }
        }
    }
}
