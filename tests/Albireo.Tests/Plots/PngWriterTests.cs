using Albireo.Pipeline.Plots;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Plots;

public class PngWriterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(64, 33, 3)]
    public void What_is_written_is_read_back(int width, int height, int channels)
    {
        var random = new SeededRandom(30);
        byte[] pixels = [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)(i + random.Below(3)))];
        PngReader read = PngReader.Read(PngWriter.ToBytes(width, height, pixels));
        Assert.Equal((width, height, channels), (read.Width, read.Height, read.Channels));
        Assert.Equal(pixels, read.Pixels);
    }

    [Fact]
    public void A_smooth_picture_is_packed_well_and_always_the_same()
    {
        byte[] pixels = [.. Enumerable.Range(0, 256 * 256).Select(i => (byte)((i % 256) + (i / 256)))];
        byte[] file = PngWriter.ToBytes(256, 256, pixels);
        Assert.True(file.Length < 2000, $"{file.Length} bytes");
        Assert.Equal(file, PngWriter.ToBytes(256, 256, pixels));
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(file.AsSpan(file.Length - 12)));
    }

    [Fact]
    public void Bytes_that_fit_neither_grey_nor_colour_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PngWriter.ToBytes(2, 2, new byte[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PngWriter.ToBytes(0, 2, []));
    }
}
