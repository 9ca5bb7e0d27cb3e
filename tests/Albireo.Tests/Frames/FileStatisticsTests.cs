using System.IO.Compression;
using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Frames;
using Albireo.Science.Calibration;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Frames;

public sealed class FileStatisticsTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Numbers_of_32_and_64_bits_are_not_rounded()
    {
        ImageStatistics ints = Of(Write<int>([2, 2], [2147483646, 2147483645, 2147483643, 2147483643])).Pixels;
        Assert.Equal((8589934577.0, 2147483643.0, 2147483646.0, 2147483643.0), (ints.Sum, ints.Minimum, ints.Maximum, ints.Mode));
        Assert.Equal((2147483644.25, 2147483644.0), (ints.Mean, ints.Median));
        ImageStatistics reals = Of(Write<double>([1, 4], [1e300, 1.00000000001, double.NaN, 3])).Pixels;
        Assert.Equal((1L, 1.00000000001, 1e300), (reals.UndefinedCount, reals.Minimum, reals.Maximum));
        ImageStatistics longs = Of(Write<long>([1, 3], [(1L << 53) - 1, (1L << 53) - 3, 0])).Pixels;
        Assert.Equal(((double)((1L << 53) - 1), (double)((1L << 53) - 3)), (longs.Maximum, longs.Median));
    }

    [Fact]
    public void A_cube_and_a_row_have_statistics_and_a_region_counts_in_every_plane()
    {
        string cube = Write<ushort>([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 65535]);
        FileStatistics whole = Of(cube);
        Assert.Equal([2, 2, 3], whole.Shape);
        Assert.Equal((12L, 65601.0, 6.5), (whole.Pixels.Count, whole.Pixels.Sum, whole.Pixels.Median));
        ImageStatistics part = Of(cube, new PixelRegion(1, 3, 0, 1)).Pixels;
        Assert.Equal((4L, 2 + 3 + 8 + 9.0), (part.Count, part.Sum));
        Assert.Equal("2 planes of 2 × 3 pixels count together", Assert.Single(whole.Warnings));
        Assert.Equal([2, 3], Of(Write<short>([1, 1, 2, 3], [1, 2, 3, 4, 5, 6])).Shape);
        Assert.Throws<FitsFormatException>(() => Of(Write<short>([4], [-1, 2, 2, 3])));
        Assert.Throws<AlbireoException>(() => FileStatistics.Of(cube, null, null, maskSources: true, default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2.0)]
    public void Counting_values_gives_what_sorting_them_gives(double? sigma)
    {
        var random = new SeededRandom(31);
        short[] whole =
        [
            .. Enumerable.Range(0, 5000).Select(i => (short)(i % 50 == 0 ? random.Uniform() * 60000 - 30000 : random.Uniform() * 90)),
        ];
        double[] reals = [.. whole.Select(v => (double)v)];
        ClipOptions? clip = sigma is { } s ? new ClipOptions { SigmaLow = s, SigmaHigh = s } : null;
        ImageStatistics counted = Of(Write<short>([50, 100], whole), clip: clip).Pixels;
        ImageStatistics sorted = Of(Write<double>([50, 100], reals), clip: clip).Pixels;
        Assert.Equal(sorted.Count, counted.Count);
        Assert.Equal(sigma is null, counted.Count == 5000);
        Assert.Equal(sorted.Sum, counted.Sum);
        Assert.Equal((sorted.Minimum, sorted.Maximum, sorted.Median), (counted.Minimum, counted.Maximum, counted.Median));
        Assert.Equal(sorted.StandardDeviation, counted.StandardDeviation, 1e-12 * sorted.StandardDeviation);
    }

    [Fact]
    public void A_picture_of_whole_numbers_takes_the_same_memory_whatever_its_size()
    {
        const int Side = 6000;
        string plain = Write<short>([Side, Side], new short[Side * Side]);
        string packed = scratch.At("zeros.fits.gz");
        using (var zip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
        using (FileStream from = File.OpenRead(plain))
        {
            from.CopyTo(zip);
        }
        foreach (string file in (string[])[plain, packed])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal((long)Side * Side, Of(file).Pixels.Count);
            // 72 MB of pixels; a gzipped file keeps what it has inflated, which it bounds itself.
            long most = file == packed ? 90 << 20 : 12 << 20;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, most);
        }
    }

    [Theory]
    [InlineData("every pixel is 7", 0, 7, 7, 7, 7)]
    [InlineData("no pixel has a value", 1, double.NaN, double.NaN, double.PositiveInfinity, double.NaN)]
    [InlineData("1 pixels are infinite", 0, 1, 2, double.NegativeInfinity, double.NaN)]
    public void Pixels_that_show_nothing_are_said(string expected, int code, double a, double b, double c, double d)
    {
        AlbireoRun run = AlbireoRun.Of("stats", "--json", Write<double>([2, 2], [a, b, c, d]));
        Assert.Equal(code, run.Code);
        Assert.Contains(run.ErrorLines, l => l.Contains(expected, StringComparison.Ordinal));
        Assert.Contains("\"shape\":[2,2]", run.Out);
    }

    [Fact]
    public void Counts_below_zero_without_BZERO_and_changed_bytes_are_said()
    {
        string file = Write<short>([2, 2], [-30000, -29000, 30000, -31000]);
        Assert.Contains("BZERO", Assert.Single(Of(file).Warnings));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[2883] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Contains("DATASUM", Of(file).Warnings[0]);
    }

    [Fact]
    public void What_is_odd_about_a_file_is_said()
    {
        string file = Write<short>([2, 2], [1, 2, 3, 4]);
        File.AppendAllText(file, "more");
        AlbireoRun run = AlbireoRun.Of("stats", "--json", file);
        Assert.Equal(0, run.Code);
        Assert.Contains("4 bytes after HDU 0, the last one, are ignored.", Assert.Single(run.ErrorLines));
        Assert.StartsWith(file, run.ErrorLines[0]);
        Assert.Contains("\"sum\":10,", run.Out);
    }

    private static FileStatistics Of(string path, PixelRegion? region = null, ClipOptions? clip = null) =>
        FileStatistics.Of(path, region, clip, maskSources: false, TestContext.Current.CancellationToken);

    private string Write<T>(long[] shape, T[] pixels)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        string path = scratch.At($"{typeof(T).Name}_{string.Join('x', shape)}.fits");
        using FitsOutput output = FitsOutput.Create(path);
        output.AddImage(new FitsHeader(), shape, (ReadOnlySpan<T>)pixels);
        output.Commit();
        return path;
    }
}
