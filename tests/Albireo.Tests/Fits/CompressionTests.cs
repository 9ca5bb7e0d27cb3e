using Albireo.Fits;
using Albireo.Science.Numerics;

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
        using var folder = new TemporaryFolder();
        string plain = folder.File("plain.fits");
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
        Run(plain, folder.File("packed.fits.fz"), (file, output) => FitsPacking.Pack(file, output, compression));
        Run(folder.File("packed.fits.fz"), folder.File("back.fits"), FitsPacking.Unpack);
        Assert.Equal(File.ReadAllBytes(plain), File.ReadAllBytes(folder.File("back.fits")));
        Assert.Empty(FitsVerifier.Verify(folder.File("packed.fits.fz")));
        using FitsFile packed = FitsFile.Open(folder.File("packed.fits.fz"));
        Assert.Equal(FitsPixelType.UInt16, packed.FirstImage().PixelType);
        Assert.Equal("M 57", packed.FirstImage().Header.Text("OBJECT"));
    }

    [Fact]
    public void Compressed_images_can_be_written_from_pixels()
    {
        using var folder = new TemporaryFolder();
        ushort[] pixels = [.. Enumerable.Range(0, 400).Select(i => (ushort)(i * i))];
        using (FitsOutput output = FitsOutput.Create(folder.File("a.fits.fz")))
        {
            output.AddCompressedImage(null, [20, 20], pixels);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.File("a.fits.fz"));
        var read = new ushort[400];
        file.FirstImage().ReadRows(0, 20, read.AsSpan());
        Assert.Equal(pixels, read);
        Assert.Throws<ArgumentException>(() =>
        {
            using FitsOutput output = FitsOutput.Create(folder.File("b.fits.fz"));
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

    private static void Run(string from, string to, Action<FitsFile, FitsOutput> action)
    {
        using FitsFile file = FitsFile.Open(from);
        using FitsOutput output = FitsOutput.Create(to);
        action(file, output);
        output.Commit();
    }
}
