using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Albireo.Fits;

namespace Albireo.Tests.Fits;

/// <summary>The rules for hostile or broken files, each with files that break it.</summary>
public sealed class RobustnessTests
{
    [Theory]
    [InlineData("NAXIS1", "65536", "NAXIS2", "65536")]
    [InlineData("NAXIS1", "4294967296", "NAXIS2", "4294967296")]
    [InlineData("NAXIS1", "3037000500", "NAXIS2", "3037000500")]
    [InlineData("NAXIS1", "2147483648", "NAXIS2", "1")]
    [InlineData("NAXIS1", "-96", "NAXIS2", "1")]
    [InlineData("BITPIX", "24", "NAXIS2", "4")]
    [InlineData("BITPIX", "'abc'", "NAXIS2", "4")]
    [InlineData("NAXIS", "1000", "NAXIS2", "4")]
    [InlineData("NAXIS", "-1", "NAXIS2", "4")]
    [InlineData("NAXIS", "3", "NAXIS2", "4")]
    [InlineData("NAXIS1", "0x60", "NAXIS2", "4")]
    [InlineData("NAXIS1", "", "NAXIS2", "4")]
    public void Sizes_are_checked_against_the_file_before_anything_is_allocated(
        string keyword,
        string value,
        string other,
        string otherValue
    )
    {
        byte[] file = RawFits.With(RawFits.With(RawFits.Image(8, 8), keyword, value), other, otherValue);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        FitsFormatException error = Assert.Throws<FitsFormatException>(() =>
        {
            using FitsFile opened = FitsFile.Open(file, "bad.fits");
            opened.FirstImage();
        });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 4 << 20);
        Assert.StartsWith("bad.fits [HDU 0] ", error.Message, StringComparison.Ordinal);
        Assert.Contains("; expected ", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, error.Hdu);
    }

    [Fact]
    public void Random_groups_are_passed_over_by_their_size()
    {
        byte[] groups = RawFits.Header(
            "SIMPLE  =                    T",
            RawFits.Card("BITPIX", -32),
            RawFits.Card("NAXIS", 3),
            RawFits.Card("NAXIS1", 0),
            RawFits.Card("NAXIS2", 3),
            RawFits.Card("NAXIS3", 5),
            "GROUPS  =                    T",
            RawFits.Card("PCOUNT", 2),
            RawFits.Card("GCOUNT", 100)
        );
        byte[] data = new byte[(100 * 4 * (2 + 15) + 2879) / 2880 * 2880];
        byte[] extension = RawFits.Header(
            "XTENSION= 'IMAGE   '",
            RawFits.Card("BITPIX", 8),
            RawFits.Card("NAXIS", 1),
            RawFits.Card("NAXIS1", 4),
            RawFits.Card("PCOUNT", 0),
            RawFits.Card("GCOUNT", 1)
        );
        using FitsFile file = FitsFile.Open((byte[])[.. groups, .. data, .. extension, .. new byte[2880]], "g.fits");
        Assert.Equal([FitsHduKind.RandomGroups, FitsHduKind.Image], file.Hdus.Select(hdu => hdu.Kind));
        Assert.Equal(6800, file.Hdu(0).DataLength);
        Assert.Contains("random groups", Assert.Throws<FitsFormatException>(file.FirstImage).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_and_hdus_are_bounded_and_offsets_grow()
    {
        byte[] endless = new byte[5 << 20];
        endless.AsSpan().Fill((byte)' ');
        Encoding.ASCII.GetBytes("SIMPLE  =                    T").CopyTo(endless, 0);
        Assert.Contains(
            "nowhere in the first 1048576 bytes",
            Assert
                .Throws<FitsFormatException>(() => FitsFile.Open(endless, "endless", new FitsReadOptions { MaxHeaderBytes = 1 << 20 }))
                .Message,
            StringComparison.Ordinal
        );
        byte[] extension = RawFits.Header(
            "XTENSION= 'IMAGE   '",
            RawFits.Card("BITPIX", 8),
            RawFits.Card("NAXIS", 0),
            RawFits.Card("PCOUNT", 0),
            RawFits.Card("GCOUNT", 1)
        );
        byte[] many = [.. RawFits.Image(4, 4), .. Enumerable.Repeat(extension, 50).SelectMany(b => b)];
        using FitsFile file = FitsFile.Open(many, "many", new FitsReadOptions { MaxHdus = 20 });
        Assert.Equal(20, file.Hdus.Count);
        Assert.Contains("more than 20 HDUs", Assert.Single(file.Warnings), StringComparison.Ordinal);
        Assert.All(file.Hdus.Zip(file.Hdus.Skip(1)), pair => Assert.True(pair.Second.HeaderOffset > pair.First.HeaderOffset));
        Assert.Throws<FitsFormatException>(() => file.Hdu(20));
        byte[] backwards =
        [
            .. RawFits.Image(4, 4),
            .. RawFits.With(
                RawFits.Header(
                    "XTENSION= 'BINTABLE'",
                    RawFits.Card("BITPIX", 8),
                    RawFits.Card("NAXIS", 2),
                    RawFits.Card("NAXIS1", 8),
                    RawFits.Card("NAXIS2", 1),
                    RawFits.Card("PCOUNT", 0),
                    RawFits.Card("GCOUNT", 1)
                ),
                "PCOUNT",
                "-9000"
            ),
        ];
        using FitsFile other = FitsFile.Open(backwards, "backwards");
        Assert.Single(other.Hdus);
        Assert.Contains("PCOUNT = -9000", Assert.Single(other.Warnings), StringComparison.Ordinal);
    }

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
    public void Blank_pixels_stay_undefined_under_bzero()
    {
        byte[] bytes = RawFits.Image(4, 1, RawFits.Card("BZERO", 32768), RawFits.Card("BLANK", 2));
        using FitsFile file = FitsFile.Open(bytes, "blank.fits");
        FitsImage image = file.FirstImage();
        var floats = new float[4];
        var undefined = new bool[4];
        var whole = new ushort[4];
        image.ReadRows(0, 1, floats);
        image.ReadRows(0, 1, whole.AsSpan(), undefined);
        Assert.Equal([32768f, 32769f, float.NaN, 32771f], floats);
        Assert.Equal([false, false, true, false], undefined);
        Assert.Throws<InvalidOperationException>(() => image.ReadRows(0, 1, new short[4].AsSpan()));
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
        using var folder = new TemporaryFolder();
        int[] pixels = [.. Enumerable.Range(0, 300 * 200).Select(i => i * 31)];
        using (FitsOutput output = FitsOutput.Create(folder.File("a.fits")))
        {
            output.AddImage(null, [200, 300], pixels);
            output.AddImage(null, [200, 300], pixels);
            output.Commit();
        }
        byte[] packed = Gzip(File.ReadAllBytes(folder.File("a.fits")));
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

    [Fact]
    public void Only_regular_files_are_opened()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("empty.fits"), []);
        Assert.Contains(
            "empty",
            Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.File("empty.fits"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("folder", Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => FitsFile.Open(folder.File("absent.fits")));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "FIFOs and links are made by Unix tools");
        File.WriteAllBytes(folder.File("a.fits"), RawFits.Image(4, 4));
        File.CreateSymbolicLink(folder.File("link.fits"), folder.File("a.fits"));
        File.CreateSymbolicLink(folder.File("linklink.fits"), "link.fits");
        Directory.CreateSymbolicLink(folder.File("folder.fits"), folder.Path);
        using (FitsFile file = FitsFile.Open(folder.File("linklink.fits")))
        {
            Assert.Equal(4, file.FirstImage().Width);
        }
        Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.File("folder.fits")));
        using Process mkfifo = Process.Start("mkfifo", [folder.File("fifo.fits")]);
        mkfifo.WaitForExit();
        File.CreateSymbolicLink(folder.File("tofifo.fits"), folder.File("fifo.fits"));
        Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.File("fifo.fits")));
        Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.File("tofifo.fits")));
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1", "Git LFS")]
    [InlineData("<!DOCTYPE html><html>", "web page")]
    [InlineData("PK\u0003\u0004", "ZIP")]
    [InlineData("BZh91AY", "bzip2")]
    [InlineData("\u001f\u009d\u0090", "compress")]
    [InlineData("II*\0", "TIFF")]
    [InlineData("XISF0100", "XISF")]
    [InlineData("<?xml version", "XML")]
    [InlineData("\u0089PNG", "PNG")]
    [InlineData("\u00ff\u00d8\u00ff", "JPEG")]
    [InlineData("\u00ef\u00bb\u00bfSIMPLE", "byte-order mark")]
    [InlineData("\0\0\0\0", "zero bytes")]
    [InlineData("      ", "blanks")]
    [InlineData(" SIMPLE  = T", "not at the very start")]
    [InlineData("\u001b[31mred", "\\x1B[31mred")]
    public void Other_files_are_called_by_their_name(string content, string name)
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes(content)];
        Assert.Contains(name, Assert.Throws<FitsFormatException>(() => FitsFile.Open(bytes, "x.fits")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Oddities_are_warnings_and_pixels_are_read()
    {
        byte[] good = RawFits.Image(6, 5);
        Check([.. good, .. new byte[512]], "512 bytes after HDU 0");
        Check(good[..(2880 + 60)], "not filled up to a multiple of 2880");
        byte[] padded = [.. good];
        padded[^1] = (byte)' ';
        Check(padded, "not filled with zeros");
        byte[] junk = [.. good];
        junk[2879] = (byte)'x';
        Check(junk, "not filled with blanks behind END");
        Check(RawFits.Image(6, 5, "OBJECT  = 'open"), "closing quote");
        Check(RawFits.Image(6, 5, "OBJECT  = 'caf\u00e9'"), "not printable ASCII");
        Check(RawFits.Image(6, 5, RawFits.Card("BLANK", 70000)), "BLANK = 70000 can match no pixel");
        Check([.. good, .. RawFits.Header("XTENSION= 'IMAGE   '", RawFits.Card("BITPIX", 99))], "BITPIX = 99");
        Check(RawFits.With(good, "SIMPLE", "F"), "does not claim");
        Assert.Throws<FitsFormatException>(() => FitsFile.Open(RawFits.With(good, "SIMPLE", "'T'"), "x"));

        static void Check(byte[] bytes, string warning)
        {
            using FitsFile file = FitsFile.Open(bytes, "odd.fits");
            FitsImage image = file.FirstImage();
            var pixels = new float[30];
            image.ReadRows(0, 5, pixels);
            Assert.Equal(Enumerable.Range(0, 30).Select(i => (float)i), pixels);
            Assert.Contains(file.Warnings, text => text.Contains(warning, StringComparison.Ordinal));
            Assert.Contains(FitsVerifier.Verify(file), finding => finding.Text.Contains(warning, StringComparison.Ordinal));
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
