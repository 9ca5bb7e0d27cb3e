using Albireo.Science.Images;

namespace Albireo.Tests.Images;

/// <summary>headers.md, row saturation: left-shifted 12- and 14-bit data; 4095 in 12-bit data.</summary>
public sealed class CountCeilingTests
{
    [Theory]
    [InlineData(65520.0, new float[] { 16, 320, 4096, 65520 })] // 12 bits shifted by four
    [InlineData(65532.0, new float[] { 4, 8, 1024, 1028 })] // 14 bits shifted by two
    [InlineData(4095.0, new float[] { 310, 4095, 500, 4095 })] // 12 bits as they are, two pixels full
    [InlineData(16383.0, new float[] { 16383, 311, 16383, 500 })]
    [InlineData(null, new float[] { 310, 4095, 500, 501 })] // one pixel may be there by chance
    [InlineData(null, new float[] { 4095, 4095, 4096, 501 })] // counts above: not full
    [InlineData(null, new float[] { 310, 311, 500, 65535 })]
    [InlineData(null, new float[] { 0, 0, 0, 0 })]
    public void What_the_counts_show(double? expected, float[] counts) =>
        Assert.Equal(expected, CountCeiling.Of([.. counts, float.NaN], 65535));

    [Fact]
    public void Fractions_are_no_raw_counts_and_means_of_two_are_counted_twice()
    {
        Assert.Null(CountCeiling.Of([16.5f, 32, 48], 65535));
        Assert.Equal(65520, CountCeiling.Of([24f, 32, 40], 65535, averaged: 2));
        Assert.Null(CountCeiling.Of([4095f, 4095], 4095));
    }

    /// <summary>Whole frames, wherever the pixel lies that tells.</summary>
    [Theory]
    [InlineData(4, null, 65520.0)] // shifted by four
    [InlineData(2, null, 65532.0)]
    [InlineData(0, null, 4095.0)] // full at 4095
    [InlineData(4, 17f, null)] // one odd count
    [InlineData(2, 18.5f, null)] // one that is none
    [InlineData(4, 2e9f, null)]
    [InlineData(0, 500.5f, null)]
    [InlineData(0, 4096f, null)] // a count above those that are full
    [InlineData(0, 16384f, null)]
    [InlineData(0, float.PositiveInfinity, 4095.0)] // undefined
    [InlineData(0, -3f, 4095.0)]
    public void What_a_frame_shows(int shift, float? odd, double? expected)
    {
        foreach (int place in (int[])[0, 15, 4100, 9_000, 9_999])
        {
            // 9 999 pixels and one behind the last whole lane; undefined ones between them.
            float[] counts =
            [
                .. Enumerable
                    .Range(0, 10_000)
                    .Select(i => i % 97 == 5 ? float.NaN : (float)(Math.Min((i * 7919L % 5000) + 1, 4095) << shift)),
            ];
            counts[place] = odd ?? counts[place];
            Assert.Equal(expected, CountCeiling.Of(counts, 65535));
        }
    }
}
