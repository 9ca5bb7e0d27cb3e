using Albireo.Fits;
using Albireo.Pipeline.Runs;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

public sealed class FitsImageTests
{
    [Fact]
    public void Every_pixel_type_reads_back_as_it_was_written()
    {
        Check<byte>(i => (byte)(i * 7), FitsPixelType.Byte);
        Check<sbyte>(i => (sbyte)((i * 7) - 128), FitsPixelType.SByte);
        Check<short>(i => (short)((i * 977) - 32768), FitsPixelType.Int16);
        Check<ushort>(i => (ushort)(i * 977), FitsPixelType.UInt16);
        Check<int>(i => (i * 12345677) - 5, FitsPixelType.Int32);
        Check<uint>(i => (uint)i * 123456789u, FitsPixelType.UInt32);
        Check<long>(i => (i * 1234567890123456789L) - 5, FitsPixelType.Int64);
        Check<ulong>(i => (ulong)i * 1234567890123456789UL, FitsPixelType.UInt64);
    }

    [Fact]
    public void Floating_pixels_keep_their_bits()
    {
        using var folder = new ScratchFolder();
        float[] singles = [1.5f, float.NaN, float.PositiveInfinity, -0f, float.Epsilon, 1e38f];
        double[] doubles = [1.5, double.NaN, double.NegativeInfinity, -0d, double.Epsilon, 1e308];
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            output.AddImage(null, [2, 3], singles);
            output.AddImage(null, [3, 2], doubles);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.At("a.fits"));
        var readSingles = new float[6];
        var readDoubles = new double[6];
        file.FirstImage().ReadRows(0, 2, readSingles);
        ((FitsImage)file.Hdu(1)).ReadRows(0, 3, readDoubles);
        Assert.Equal(singles.Select(BitConverter.SingleToInt32Bits), readSingles.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(doubles.Select(BitConverter.DoubleToInt64Bits), readDoubles.Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, -128)]
    [InlineData(16, 0)]
    [InlineData(16, 32768)]
    [InlineData(16, 100)]
    [InlineData(32, 0)]
    [InlineData(32, 2147483648)]
    [InlineData(64, 0)]
    [InlineData(64, 9223372036854775808)]
    [InlineData(-32, 0)]
    [InlineData(-64, 0)]
    public void Vector_decoding_equals_its_definition(int bitPix, double zero)
    {
        const ulong Seed = 11;
        var random = new SeededRandom(Seed);
        for (int length = 0; length <= 130; length++)
        {
            var bytes = new byte[length * Math.Abs(bitPix) / 8];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)random.Below(256);
            }
            foreach (long? blank in new long?[] { null, bitPix == 8 ? 17 : -2, 0 })
            {
                var scaling = new PixelScaling(1, zero, bitPix < 0 ? null : blank);
                var fast = new float[length];
                var slow = new float[length];
                FloatPixels.Decode(bytes, bitPix, scaling, fast);
                FloatPixels.DecodeScalar(bytes, bitPix, scaling, slow);
                Assert.Equal(slow.Select(BitConverter.SingleToInt32Bits), fast.Select(BitConverter.SingleToInt32Bits));
            }
        }
    }

    [Fact]
    public void Rows_beyond_two_gigabytes_are_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs sparse files");
        using var folder = new ScratchFolder();
        const int Width = 50_000;
        const int Height = 30_000;
        byte[] header = RawFits.Header(
            "SIMPLE  =                    T",
            RawFits.Card("BITPIX", 16),
            RawFits.Card("NAXIS", 2),
            RawFits.Card("NAXIS1", Width),
            RawFits.Card("NAXIS2", Height)
        );
        using (FileStream file = File.Create(folder.At("big.fits")))
        {
            file.Write(header);
            file.SetLength(2880 + ((2L * Width * Height) + 2879) / 2880 * 2880);
            file.Position = 2880 + (2L * ((29_999L * Width) + 7));
            file.Write([1, 2]);
        }
        using FitsFile fits = FitsFile.Open(folder.At("big.fits"));
        FitsImage image = fits.FirstImage();
        var row = new short[Width];
        image.ReadRows(Height - 1, 1, row.AsSpan());
        Assert.Equal(258, row[7]);
        Assert.Equal(258, row.Sum(v => v));
        var region = new float[2];
        image.ReadRegion(7, Height - 1, 1, 1, region);
        Assert.Equal(258, region[0]);
    }

    [Fact]
    public async Task Rows_are_read_by_several_threads_at_once()
    {
        foreach (byte[] bytes in new[] { CodecFiles.File("rice_tiles"), CodecFiles.File("hcompress"), RawFits.Image(26, 21) })
        {
            using FitsFile file = FitsFile.Open(bytes, "shared");
            FitsImage image = file.FirstImage();
            var all = new float[image.PixelCount];
            image.ReadRows(0, image.Height, all);
            await Parallel.ForAsync(
                0,
                400,
                TestContext.Current.CancellationToken,
                (i, _) =>
                {
                    int first = i % (image.Height - 2);
                    var rows = new float[2 * image.Width];
                    image.ReadRows(first, 2, rows);
                    Assert.Equal(all[(first * image.Width)..((first + 2) * image.Width)], rows);
                    return ValueTask.CompletedTask;
                }
            );
        }
    }

    /// <summary>What the header says of the pixels is read when the first of them are: by both threads here, or by one while the other waits.</summary>
    [Fact]
    public void The_first_rows_of_a_file_are_read_by_two_threads_at_once()
    {
        const int files = 20_000;
        byte[] bytes = RawFits.Image(26, 21, RawFits.Card("BZERO", 32768));
        var zeros = new double[2][];
        FitsImage[] images = [.. Enumerable.Range(0, files).Select(_ => FitsFile.Open(bytes, "shared").FirstImage())];
        int begun = 0;
        Workers.Run(
            2,
            () =>
            {
                int thread = Interlocked.Increment(ref begun);
                double[] seen = zeros[thread - 1] = new double[files];
                SpinWait.SpinUntil(() => Volatile.Read(ref begun) >= 2);
                for (int i = 0; i < files; i++)
                {
                    seen[i] = images[i].Zero;
                }
            }
        );
        Assert.All(zeros, seen => Assert.DoesNotContain(seen, zero => zero != 32768));
    }

    [Fact]
    public void Cubes_and_axes_of_length_one()
    {
        using var folder = new ScratchFolder();
        int[] pixels = [.. Enumerable.Range(0, 24)];
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            output.AddImage(null, [2, 3, 4], pixels);
            output.AddImage(null, [1, 1, 6, 4], pixels);
            output.AddImage(null, [6, 4, 1], pixels);
            output.AddImage(null, [24], pixels);
            output.AddHeader();
            output.AddCompressedImage(null, [6, 4, 1], pixels);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.At("a.fits"));
        FitsImage[] images = [.. file.Hdus.Cast<FitsImage>()];
        Assert.Equal(
            [(4, 3, 6L), (4, 6, 6L), (4, 6, 6L), (24, 1, 1L), (0, 0, 0L), (4, 6, 6L)],
            images.Select(i => (i.Width, i.Height, i.RowCount))
        );
        Assert.Equal(1, file.FirstImage().Index);
        Assert.Equal([2L, 3, 4], images[0].Shape);
        var unpacked = new int[24];
        images[5].ReadRows(0, 6, unpacked.AsSpan());
        Assert.Equal(pixels, unpacked);
        var second = new int[12];
        images[0].ReadRows(3, 3, second.AsSpan());
        Assert.Equal(pixels[12..], second);
        Assert.Throws<ArgumentOutOfRangeException>(() => images[0].ReadRows(5, 2, second.AsSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => images[0].ReadRegion(2, 0, 3, 1, second.AsSpan()));
        Assert.Throws<ArgumentException>(() => images[0].ReadRows(0, 6, second.AsSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Hdu(-1));
        Assert.Throws<FitsFormatException>(() => file.Hdu(6));
    }

    private static void Check<T>(Func<int, T> value, FitsPixelType type)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        using var folder = new ScratchFolder();
        T[] pixels = [.. Enumerable.Range(0, 67 * 41).Select(value)];
        string path = folder.At("a.fits");
        using (FitsOutput output = FitsOutput.Create(path))
        {
            output.AddImage(null, [41, 67], pixels);
            output.Commit();
        }
        Assert.Equal(["a.fits"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        foreach (FitsFile opened in new[] { FitsFile.Open(path), FitsFile.Open(File.ReadAllBytes(path), "memory") })
        {
            using FitsFile file = opened;
            FitsImage image = file.FirstImage();
            Assert.Equal(type, image.PixelType);
            Assert.Equal((67, 41), (image.Width, image.Height));
            var read = new T[pixels.Length];
            image.ReadRows(0, 41, read.AsSpan());
            Assert.Equal(pixels, read);
            var floats = new float[pixels.Length];
            image.ReadRows(0, 41, floats);
            Assert.Equal(pixels.Select(float.CreateTruncating), floats);
            var doubles = new double[67 * 3];
            image.ReadRows(5, 3, doubles);
            Assert.Equal(pixels.Skip(5 * 67).Take(3 * 67).Select(double.CreateTruncating), doubles);
            var region = new T[12];
            image.ReadRegion(60, 38, 4, 3, region.AsSpan());
            Assert.Equal(from y in Enumerable.Range(38, 3) from x in Enumerable.Range(60, 4) select pixels[(y * 67) + x], region);
            Assert.Empty(file.Warnings);
        }
    }
}
