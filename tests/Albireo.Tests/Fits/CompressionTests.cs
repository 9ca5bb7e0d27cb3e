using Albireo.Fits;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

public sealed class CompressionTests
{
    [Fact]
    public void Every_codec_gives_what_funpack_gives()
    {
        foreach ((string name, byte[] bytes, double[] pixels) in CodecFiles.All().Where(codec => codec.Pixels.Length > 0))
        {
            using FitsFile file = FitsFile.Open(bytes, name);
            FitsImage image = file.Hdus.OfType<FitsImage>().Last();
            Assert.Equal(FitsHduKind.CompressedImage, image.Kind);
            Assert.Equal("codec " + name, image.Header.Text("OBJECT"));
            var doubles = new double[image.PixelCount];
            var singles = new float[image.PixelCount];
            image.ReadRows(0, (int)image.RowCount, doubles);
            image.ReadRows(0, (int)image.RowCount, singles);
            Assert.True(doubles.Select(p => (float)p).SequenceEqual(pixels.Select(p => (float)p)), name);
            Assert.True(singles.SequenceEqual(pixels.Select(p => (float)p)), name);
            for (int row = 0; row + 3 <= image.RowCount; row += 2)
            {
                var region = new double[3 * 11];
                image.ReadRegion(8, row, 11, 3, region);
                Assert.Equal(
                    from y in Enumerable.Range(row, 3)
                    from x in Enumerable.Range(8, 11)
                    select doubles[(y * image.Width) + x],
                    region
                );
            }
            Assert.Empty(file.Warnings);
        }
    }

    [Fact]
    public void A_compressed_table_equals_the_plain_one()
    {
        using FitsFile plain = FitsFile.Open(CodecFiles.File("table_plain"), "plain");
        using FitsFile packed = FitsFile.Open(CodecFiles.File("table"), "packed");
        FitsTable one = ((FitsTableHdu)plain.Hdu(1)).Read();
        var hdu = (FitsTableHdu)packed.Hdu(1);
        FitsTable other = hdu.Read();
        Assert.Equal(FitsHduKind.CompressedTable, hdu.Kind);
        foreach ((FitsColumn a, FitsColumn b) in one.Columns.Zip(other.Columns))
        {
            Assert.Equal((a.Name, a.Type, a.Repeat), (b.Name, b.Type, b.Repeat));
            Assert.Equal(a.Data.Cast<object>(), b.Data.Cast<object>());
            Assert.Equal(a.RowStarts, b.RowStarts);
        }
        FitsTable part = hdu.Read(3, 2, ["v", "N"]);
        Assert.Equal([9.0, 12.0], part.Reals("N"));
        Assert.Equal([0, 3, 7], part.Column("V").RowStarts!);
    }

    [Theory]
    [InlineData(FitsCompression.Rice)]
    [InlineData(FitsCompression.Gzip)]
    public void What_is_packed_unpacks_to_the_same_file(FitsCompression compression)
    {
        const ulong Seed = 5;
        var random = new SeededRandom(Seed);
        using var folder = new ScratchFolder();
        string plain = folder.At("plain.fits");
        var header = new FitsHeader();
        header.Set("OBJECT", "M 57", "name");
        header.AddCard("FREE =  1 / not at its usual place");
        header.AddHistory("made by a test");
        using (FitsOutput output = FitsOutput.Create(plain))
        {
            output.AddImage(header, [13, 45], [.. Enumerable.Range(0, 585).Select(_ => (ushort)random.Below(65536))], blank: 7);
            output.AddImage(
                null,
                [3, 5, 40],
                [.. Enumerable.Range(0, 600).Select(i => (short)(i % 50 < 3 ? random.Below(30000) : 100 + random.Below(9)))]
            );
            output.AddImage(null, [4, 33], [.. Enumerable.Range(0, 132).Select(_ => (int)random.NextBits())]);
            output.AddImage(null, [4, 33], [.. Enumerable.Range(0, 132).Select(_ => (byte)random.Below(256))]);
            output.AddImage(null, [4, 33], [.. Enumerable.Range(0, 132).Select(_ => (float)random.Normal())]);
            output.AddImage(null, [4, 33], [.. Enumerable.Range(0, 132).Select(_ => random.Normal())]);
            output.AddImage(null, [2, 33], [.. Enumerable.Range(0, 66).Select(_ => (long)random.NextBits())]);
            output.AddTable(null, SampleTables.Everything());
            output.Commit();
        }
        Run(plain, folder.At("packed.fits.fz"), (file, output) => FitsPacking.Pack(file, output, compression));
        Run(folder.At("packed.fits.fz"), folder.At("back.fits"), FitsPacking.Unpack);
        Assert.Equal(File.ReadAllBytes(plain), File.ReadAllBytes(folder.At("back.fits")));
        Assert.Empty(FitsVerifier.Verify(folder.At("packed.fits.fz")));
        using FitsFile packed = FitsFile.Open(folder.At("packed.fits.fz"));
        Assert.Equal(FitsPixelType.UInt16, packed.FirstImage().PixelType);
        Assert.Equal("M 57", packed.FirstImage().Header.Text("OBJECT"));
    }

    [Fact]
    public void Compressed_images_can_be_written_from_pixels()
    {
        using var folder = new ScratchFolder();
        ushort[] pixels = [.. Enumerable.Range(0, 400).Select(i => (ushort)(i * i))];
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits.fz")))
        {
            output.AddCompressedImage(null, [20, 20], pixels);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.At("a.fits.fz"));
        var read = new ushort[400];
        file.FirstImage().ReadRows(0, 20, read.AsSpan());
        Assert.Equal(pixels, read);
        Assert.Throws<ArgumentException>(() =>
        {
            using FitsOutput output = FitsOutput.Create(folder.At("b.fits.fz"));
            output.AddCompressedImage(null, [20, 21], pixels);
        });
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_dither_sequence_ends_as_the_standard_says()
    {
        // FITS 4.0, appendix I: the 10 000th seed is 1043618065.
        Assert.Equal((float)(1043618065 / 2147483647.0), Dither.Numbers[^1]);
        Assert.Equal(Dither.Length, Dither.Numbers.Length);
    }

    [Fact]
    public void Tiles_may_be_plain_quantised_by_columns_and_masked()
    {
        // Three tiles of four pixels: quantised, gzipped as they are, and not compressed; the first has a mask as well.
        using var folder = new ScratchFolder();
        byte[] quantised = BigEndianInts(10, 20, -99, 40);
        byte[] plain = [.. new[] { 1.5f, 2.5f, float.NaN, 4.5f }.SelectMany(f => BitConverter.GetBytes(f).Reverse())];
        var table = new FitsTable(3);
        table.AddVariable("COMPRESSED_DATA", new byte[][] { Gzip(quantised), [], [] });
        table.AddVariable("GZIP_COMPRESSED_DATA", new byte[][] { [], Gzip(plain), [] });
        table.AddVariable("UNCOMPRESSED_DATA", new byte[][] { [], [], plain });
        table.AddVariable("NULL_PIXEL_MASK", new byte[][] { Gzip([0, 1, 0, 0]), [], [] });
        table.Add("ZSCALE", new[] { 0.5, 1, 1 });
        table.Add("ZZERO", new[] { 100.0, 0, 0 });
        table.Add("ZBLANK", new[] { -99, 0, 0 });
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            output.AddTable(Tiled(-32, 4, 3, ("ZCMPTYPE", "GZIP_1"), ("ZMASKCMP", "GZIP_1"), ("ZQUANTIZ", "NO_DITHER")), table);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.At("a.fits"));
        FitsImage image = file.FirstImage();
        var pixels = new float[12];
        image.ReadRows(0, 3, pixels);
        Assert.Equal([105, float.NaN, float.NaN, 120, 1.5f, 2.5f, float.NaN, 4.5f, 1.5f, 2.5f, float.NaN, 4.5f], pixels);
        Assert.Equal(1, image.RowsOfTile);
        Assert.Empty(FitsVerifier.Verify(file));
    }

    [Fact]
    public void Whole_numbers_may_lie_uncompressed_with_zblank()
    {
        using var folder = new ScratchFolder();
        var table = new FitsTable(2);
        table.AddVariable("COMPRESSED_DATA", new byte[][] { [0, 1, 0, 2, 0, 3], [0, 4, 0, 5, 0, 6] });
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            FitsHeader header = Tiled(16, 3, 2, ("ZCMPTYPE", "NOCOMPRESS"));
            header.Set("ZBLANK", 5);
            output.AddTable(header, table);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.At("a.fits"));
        FitsImage image = file.FirstImage();
        var pixels = new int[6];
        var undefined = new bool[6];
        image.ReadRows(0, 2, pixels.AsSpan(), undefined);
        Assert.Equal([1, 2, 3, 4, 5, 6], pixels);
        Assert.Equal([false, false, false, false, true, false], undefined);
        var one = new int[1];
        image.ReadRegion(1, 1, 1, 1, one.AsSpan());
        Assert.Equal([5], one);
    }

    private static FitsHeader Tiled(int bitPix, int width, int height, params (string Keyword, string Text)[] texts)
    {
        var header = new FitsHeader();
        header.Set("ZIMAGE", true);
        header.Set("ZBITPIX", bitPix);
        header.Set("ZNAXIS", 2);
        header.Set("ZNAXIS1", width);
        header.Set("ZNAXIS2", height);
        foreach ((string keyword, string text) in texts)
        {
            header.Set(keyword, text);
        }
        return header;
    }

    private static byte[] BigEndianInts(params int[] values) => [.. values.SelectMany(value => BitConverter.GetBytes(value).Reverse())];

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }

    private static void Run(string from, string to, Action<FitsFile, FitsOutput> action)
    {
        using FitsFile file = FitsFile.Open(from);
        using FitsOutput output = FitsOutput.Create(to);
        action(file, output);
        output.Commit();
    }
}
