using System.IO.Compression;
using System.Text;
using Albireo.Fits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

/// <summary>The rules for hostile or broken packed files: tiles and their heap, whole files in gzip.</summary>
public sealed class PackedRobustnessTests
{
    [Theory]
    [InlineData("rice_i16", "ZVAL1", "64", "BLOCKSIZE of 16 or 32")]
    [InlineData("rice_i16", "ZVAL2", "3", "BYTEPIX of 1, 2 or 4")]
    [InlineData("rice_i16", "ZVAL2", "8", "BYTEPIX of 1, 2 or 4")]
    [InlineData("rice_i16", "ZTILE1", "0", "1 or more")]
    [InlineData("rice_i16", "ZTILE2", "-1", "1 or more")]
    [InlineData("rice_i16", "ZNAXIS2", "1000000000", "one for each tile")]
    [InlineData("rice_i16", "ZNAXIS1", "2147483648", "0 to 2147483647")]
    [InlineData("rice_i16", "ZBITPIX", "0", "8, 16, 32")]
    [InlineData("rice_i16", "ZCMPTYPE", "'BOGUS'", "RICE_1, GZIP_1")]
    [InlineData("rice_i16", "ZCMPTYPE", "'GZIP_1'", "gzip data")]
    [InlineData("rice_i16", "ZCMPTYPE", "'HCOMPRESS_1'", "HCOMPRESS data")]
    [InlineData("rice_i16", "TFORM1", "'1B'", "P or Q")]
    [InlineData("rice_i16", "TFORM1", "'1PQ(9)'", "one of L X B I J K A E D C M")]
    [InlineData("rice_i16", "TFIELDS", "-1", "0 to 999")]
    [InlineData("rice_i16", "TTYPE1", "'OTHER'", "holds the tiles")]
    [InlineData("dither1", "ZDITHER0", "0", "1 to 10000")]
    [InlineData("dither1", "ZDITHER0", "10001", "1 to 10000")]
    [InlineData("dither1", "ZQUANTIZ", "'DITHER_9'", "SUBTRACTIVE_DITHER_1")]
    public void Parameters_of_compression_are_checked(string codec, string keyword, string value, string expected)
    {
        byte[] file = RawFits.With(CodecFiles.File(codec), keyword, value);
        FitsFormatException error = Assert.Throws<FitsFormatException>(() =>
        {
            using FitsFile opened = FitsFile.Open(file, "bad.fz");
            FitsImage image = opened.FirstImage();
            image.ReadRows(0, image.Height, new float[image.PixelCount]);
        });
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
        Assert.Equal(1, error.Hdu);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(0, int.MaxValue)]
    [InlineData(4, -1)]
    [InlineData(4, int.MaxValue)]
    [InlineData(4, 1 << 20)]
    public void Descriptors_stay_within_the_heap(int place, int value)
    {
        byte[] file = CodecFiles.File("rice_i16");
        using (FitsFile whole = FitsFile.Open(file, "whole"))
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan((int)whole.Hdu(1).DataOffset + (8 * 5) + place), value);
        }
        using FitsFile opened = FitsFile.Open(file, "bad.fz");
        FitsImage image = opened.FirstImage();
        FitsFormatException error = Assert.Throws<FitsFormatException>(() => image.ReadRows(5, 1, new float[image.Width]));
        Assert.Contains("descriptor of row 6", error.Message, StringComparison.Ordinal);
        image.ReadRows(0, 5, new float[image.Width * 5]);
    }

    [Fact]
    public void A_cut_rice_stream_is_noticed_at_any_byte()
    {
        int[] pixels = [.. Enumerable.Range(0, 500).Select(i => i % 37 == 0 ? -30000 : i * i % 700)];
        foreach (int bytePix in new[] { 1, 2, 4 })
        {
            int[] numbers = bytePix == 1 ? [.. pixels.Select(p => p & 255)] : pixels;
            var packed = new byte[RiceEncoder.MostBytes(numbers.Length, bytePix)];
            int length = RiceEncoder.Encode(numbers, bytePix, packed);
            for (int cut = 0; cut <= length; cut++)
            {
                var padded = new byte[cut + RiceDecoder.Padding];
                packed.AsSpan(0, cut).CopyTo(padded);
                var decoded = new int[numbers.Length];
                if (cut < length)
                {
                    Assert.Throws<TileException>(() => RiceDecoder.Decode(padded, cut, 32, bytePix, decoded));
                }
                else
                {
                    RiceDecoder.Decode(padded, cut, 32, bytePix, decoded);
                    Assert.Equal(numbers, decoded);
                }
            }
        }
    }

    [Fact]
    public void Plio_runs_stay_within_the_tile()
    {
        Assert.Throws<TileException>(() => PlioDecoder.Decode([0, 0, 0, 0, 0, 5, 0x4F, 0xFF, 0, 0], new int[96]));
        Assert.Throws<TileException>(() => PlioDecoder.Decode([0, 0, 0, 0, 0x7F, 0xFF, 0x40, 1], new int[96]));
        Assert.Throws<TileException>(() => PlioDecoder.Decode([0, 0], new int[96]));
        Assert.Throws<TileException>(() => PlioDecoder.Decode([0, 0, 0, 0, 0, 4, 0x1F, 0xFF], new int[96]));
        Assert.Throws<TileException>(() => PlioDecoder.Decode([0, 0, 0, 0, 0, 4, 0x80, 1], new int[96]));
        var pixels = new int[6];
        PlioDecoder.Decode([0, 0, 0, 0, 0, 8, 0x20, 4, 0x40, 2, 0x00, 1, 0x50, 2, 0x30, 1], pixels);
        Assert.Equal([5, 5, 0, 0, 5, 0], pixels);
    }

    [Fact]
    public void Quantised_values_follow_the_formula_of_the_standard()
    {
        var reals = new double[4];
        int[] stored = [10, Quantization.ExactZero, -5, 7];
        new Quantization(0.5, 100, -5, DitherMethod.Subtractive2, 1).Restore(stored, 0, reals);
        (_, int next) = Dither.Start(0, 1);
        Assert.Equal(((10 - (double)Dither.Numbers[next] + 0.5) * 0.5) + 100, reals[0]);
        Assert.Equal(0, reals[1]);
        Assert.Equal(double.NaN, reals[2]);
        Assert.Equal(((7 - (double)Dither.Numbers[next + 3] + 0.5) * 0.5) + 100, reals[3]);
        new Quantization(0.5, 100, null, DitherMethod.None, 0).Restore(stored, 0, reals);
        Assert.Equal([105, (Quantization.ExactZero * 0.5) + 100, 97.5, 103.5], reals);
    }

    [Fact]
    public void Gzip_is_whole_or_refused()
    {
        byte[] plain = RawFits.Image(40, 40);
        byte[] packed = Gzip(plain);
        for (int cut = 2; cut < packed.Length; cut += 1 + (cut / 60))
        {
            Assert.Throws<FitsFormatException>(() => ReadAll(packed[..cut]));
        }
        foreach (int end in Enumerable.Range(1, 8))
        {
            byte[] wrong = [.. packed];
            wrong[^end] ^= 4;
            Assert.Throws<FitsFormatException>(() => ReadAll(wrong));
        }
        byte[] reserved = [.. packed];
        reserved[3] |= 0x80;
        Assert.Throws<FitsFormatException>(() => ReadAll(reserved));
        byte[] named = [.. packed[..3], 8, .. packed[4..10], .. Encoding.ASCII.GetBytes("a.fits"), 0, .. packed[10..]];
        Assert.Equal((1600, 0), ReadAll(named));
        byte[] endlessName = [.. packed[..3], 8, .. packed[4..10], .. Enumerable.Repeat((byte)'x', 100_000), .. packed[10..]];
        Assert.Throws<FitsFormatException>(() => ReadAll(endlessName));
        Assert.Equal((1600, 0), ReadAll([.. Gzip(plain[..3000]), .. Gzip(plain[3000..])]));
        Assert.Equal((1600, 1), ReadAll([.. packed, 1, 2, 3]));
        Assert.Equal((1600, 0), ReadAll(packed));
    }

    [Fact]
    public void Gzip_bombs_are_bounded()
    {
        byte[] bomb = Gzip([.. RawFits.Image(40, 40), .. new byte[64 << 20]]);
        var options = new FitsReadOptions { MaxInflatedBytes = 1 << 20, MaxBufferedBytes = 1 << 16 };
        using FitsFile file = FitsFile.Open(bomb, "bomb.fits.gz", options);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        FitsImage small = file.FirstImage();
        Assert.Contains("inflate to more than 1048576 bytes", Assert.Single(file.Warnings), StringComparison.Ordinal);
        Assert.Throws<FitsFormatException>(() => small.ReadRows(0, 40, new float[1600]));
        using FitsFile wide = FitsFile.Open(bomb, "bomb.fits.gz");
        FitsImage image = wide.FirstImage();
        image.ReadRows(0, 40, new float[1600]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 8 << 20);
        Assert.Contains("67108864 bytes after HDU 0", Assert.Single(wide.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_beyond_the_buffered_front_of_a_gzipped_file_is_read_all_the_same()
    {
        using var folder = new ScratchFolder();
        int[] pixels = [.. Enumerable.Range(0, 300 * 200).Select(i => i * 31)];
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            output.AddImage(null, [200, 300], pixels);
            output.AddImage(null, [200, 300], pixels);
            output.Commit();
        }
        byte[] packed = Gzip(File.ReadAllBytes(folder.At("a.fits")));
        using FitsFile file = FitsFile.Open(packed, "a.fits.gz", new FitsReadOptions { MaxBufferedBytes = 100_000 });
        foreach (FitsImage image in file.Hdus.OfType<FitsImage>())
        {
            foreach (int row in new[] { 150, 10, 199, 0 })
            {
                var read = new int[300];
                image.ReadRows(row, 1, read.AsSpan());
                Assert.Equal(pixels.AsSpan(row * 300, 300).ToArray(), read);
            }
        }
    }

    private static (int Pixels, int Warnings) ReadAll(byte[] bytes)
    {
        using FitsFile file = FitsFile.Open(bytes, "packed.fits.gz");
        FitsImage image = file.FirstImage();
        var pixels = new short[image.PixelCount];
        image.ReadRows(0, image.Height, pixels.AsSpan());
        Assert.Equal(Enumerable.Range(0, pixels.Length).Select(i => (short)i), pixels);
        return (pixels.Length, file.Warnings.Count);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }
}
