using Albireo.Fits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

public sealed class FitsOutputTests
{
    [Fact]
    public void Without_commit_nothing_remains_and_with_it_the_old_file_is_replaced_whole()
    {
        using var folder = new ScratchFolder();
        string path = folder.At("a.fits");
        File.WriteAllText(path, "old");
        using (FitsOutput output = FitsOutput.Create(path))
        {
            output.AddImage(null, [2, 2], new float[4]);
            string part = Assert.Single(Directory.GetFiles(folder.Path, ".a.fits.*.part"));
            Assert.NotEqual(path, part);
            Assert.Equal("old", File.ReadAllText(path));
        }
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal("old", File.ReadAllText(path));
        using (FitsOutput output = FitsOutput.Create(path, flushToDisk: true))
        {
            output.AddImage(null, [2, 2], new float[4]);
            output.Commit();
            Assert.Throws<ObjectDisposedException>(output.Commit);
        }
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Empty(FitsVerifier.Verify(path));
        Assert.Equal(2880 * 2, new FileInfo(path).Length);
    }

    [Fact]
    public void A_file_without_hdus_or_pixels_that_are_missing_cannot_be_committed()
    {
        using var folder = new ScratchFolder();
        using FitsOutput output = FitsOutput.Create(folder.At("a.fits"));
        Assert.Throws<InvalidOperationException>(output.Commit);
        using FitsImageWriter writer = output.BeginImage(null, [3, 3], FitsPixelType.Int16);
        writer.Write<short>([1, 2, 3]);
        Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Throws<ArgumentException>(() => writer.Write<short>(new short[7]));
        writer.Write<short>(new short[6]);
        writer.Complete();
        Assert.Throws<ArgumentException>(() => output.AddImage(null, [2, 2], new float[5]));
        Assert.Throws<InvalidOperationException>(() => output.AddImage(null, [2, 2], new float[3]));
    }

    [Fact]
    public void The_users_cards_are_kept_and_structural_ones_put_right()
    {
        using var folder = new ScratchFolder();
        var header = new FitsHeader();
        foreach (
            string card in new[]
            {
                "SIMPLE  =                    T / my comment",
                "BITPIX  =                    8 / wrong",
                "NAXIS   =                    3",
                "NAXIS3  =                    7",
                "FREE = 1 / kept as it is",
                "BZERO   =                32768 / unsigned",
                "BLANK   =                    5",
                "",
                "HISTORY first",
                "HISTORY first",
                "CHECKSUM= 'AAAAAAAAAAAAAAAA'",
                "OBJECT  = 'M 57'",
            }
        )
        {
            header.AddCard(card);
        }
        string path = folder.At("a.fits");
        using (FitsOutput output = FitsOutput.Create(path))
        {
            output.AddImage(header, [2, 3], new ushort[6]);
            output.AddImage(header, [2, 3], new float[6]);
            output.Commit();
        }
        Assert.Empty(FitsVerifier.Verify(path));
        using FitsFile file = FitsFile.Open(path);
        string[] keywords = [.. file.Hdu(0).Header.Select(card => card.Keyword)];
        Assert.Equal(
            [
                "SIMPLE",
                "BITPIX",
                "NAXIS",
                "NAXIS1",
                "NAXIS2",
                "BSCALE",
                "FREE =",
                "BZERO",
                "",
                "HISTORY",
                "HISTORY",
                "CHECKSUM",
                "OBJECT",
                "DATASUM",
            ],
            [.. keywords.Select(k => k.StartsWith("FREE", StringComparison.Ordinal) ? "FREE =" : k)]
        );
        Assert.Contains("SIMPLE  =                    T / my comment".PadRight(80), file.Hdu(0).Header.Select(card => card.Image));
        Assert.Contains("BZERO   =                32768 / unsigned".PadRight(80), file.Hdu(0).Header.Select(card => card.Image));
        Assert.Equal("wrong", file.Hdu(0).Header.Find("BITPIX")!.Comment);
        Assert.Equal(
            ["XTENSION", "BITPIX", "NAXIS", "NAXIS1", "NAXIS2", "PCOUNT", "GCOUNT"],
            file.Hdu(1).Header.Take(7).Select(card => card.Keyword)
        );
        Assert.False(file.Hdu(1).Header.Contains("BZERO"));
        Assert.Equal(-32, ((FitsImage)file.Hdu(1)).BitPix);
    }

    [Fact]
    public void An_untouched_file_is_copied_byte_by_byte()
    {
        using var folder = new ScratchFolder();
        var header = new FitsHeader();
        header.Set("LONGTEXT", new string('x', 300), "long");
        header.Set("ESO DET GAIN", 2);
        header.AddCard("lower   = 1 / odd but kept");
        header.AddCard("");
        header.AddCard("HIERARCH no value here");
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            output.AddImage(header, [3, 4, 5], new int[60]);
            output.AddTextTable(header, SampleTables.Plain());
            output.AddTable(header, SampleTables.Everything());
            output.Commit();
        }
        using (FitsFile file = FitsFile.Open(folder.At("a.fits")))
        using (FitsOutput output = FitsOutput.Create(folder.At("b.fits")))
        {
            foreach (FitsHdu hdu in file.Hdus)
            {
                output.Copy(hdu);
            }
            output.Commit();
            Assert.Throws<ArgumentException>(() =>
            {
                using FitsOutput other = FitsOutput.Create(folder.At("c.fits"));
                other.Copy(file.Hdu(1));
            });
        }
        Assert.Equal(File.ReadAllBytes(folder.At("a.fits")), File.ReadAllBytes(folder.At("b.fits")));
    }

    [Fact]
    public void Scaled_images_read_back_within_half_a_step()
    {
        using var folder = new ScratchFolder();
        double[] values = [.. Enumerable.Range(0, 100).Select(i => i == 7 ? double.NaN : Math.Sin(i) * 50)];
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            foreach (int bitPix in new[] { 8, 16, 32, 64, -32, -64 })
            {
                using FitsImageWriter writer = output.BeginScaledImage(
                    null,
                    [10, 10],
                    bitPix,
                    0.5,
                    bitPix == 8 ? -60 : 10,
                    bitPix == 8 ? 255 : -1000
                );
                writer.Write<double>(values);
                writer.Complete();
            }
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.At("a.fits"));
        foreach (FitsImage image in file.Hdus.Cast<FitsImage>())
        {
            var read = new double[100];
            image.ReadRows(0, 10, read);
            Assert.All(
                read.Zip(values),
                pair => Assert.True(double.IsNaN(pair.Second) ? double.IsNaN(pair.First) : Math.Abs(pair.First - pair.Second) <= 0.2500001)
            );
            var floats = new float[100];
            image.ReadRows(0, 10, floats);
            Assert.Equal(read.Select(r => (float)r), floats);
        }
        using FitsOutput bad = FitsOutput.Create(folder.At("b.fits"));
        Assert.Throws<ArgumentException>(() => bad.BeginScaledImage(null, [1, 1], 16, 0, 0));
        using FitsImageWriter narrow = bad.BeginScaledImage(null, [1, 1], 8, 1, 0);
        Assert.Throws<OverflowException>(() => narrow.Write<double>([300]));
        Assert.Throws<OverflowException>(() => narrow.Write<double>([double.NaN]));
    }

    [Fact]
    public void Checksums_notice_a_changed_bit()
    {
        using var folder = new ScratchFolder();
        string path = folder.At("a.fits");
        using (FitsOutput output = FitsOutput.Create(path))
        {
            output.AddImage(null, [20, 20], Enumerable.Range(0, 400).ToArray());
            output.Commit();
        }
        byte[] bytes = File.ReadAllBytes(path);
        byte[] data = [.. bytes];
        data[3000] ^= 1;
        byte[] header = [.. bytes];
        header[45] ^= 1; // in the comment of SIMPLE
        Assert.Contains("DATASUM", Single(data), StringComparison.Ordinal);
        Assert.Contains("CHECKSUM", Single(header), StringComparison.Ordinal);

        static string Single(byte[] changed)
        {
            using FitsFile file = FitsFile.Open(changed, "changed", new FitsReadOptions { VerifyChecksums = true });
            _ = file.Hdu(0);
            FitsFinding finding = Assert.Single(FitsVerifier.Verify(file), f => f.Severity == FitsSeverity.Error);
            Assert.Equal(0, finding.Hdu);
            return Assert.Single(file.Warnings);
        }
    }

    [Fact]
    public void Checksums_are_those_of_the_standard()
    {
        // FITS 4.0, appendix J: the complement of 868229149 is encoded as hcHjjc9ghcEghc9g.
        Assert.Equal("hcHjjc9ghcEghc9g", FitsChecksum.Encode(868229149));
        Assert.Equal(0x0001_0000u, FitsChecksum.Add(0, [0, 0, 255, 255, 0, 0, 0, 1]));
        Assert.Equal(1u, FitsChecksum.Add(1, [255, 255, 255, 255]));
        byte[] many = [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7))];
        ulong sum = 0;
        for (int i = 0; i < many.Length; i += 4)
        {
            sum += System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(many.AsSpan(i));
        }
        while (sum >> 32 != 0)
        {
            sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        }
        Assert.Equal((uint)sum, FitsChecksum.Add(0, many));
    }

    [Fact]
    public void Inherit_takes_over_the_primary_cards()
    {
        using var folder = new ScratchFolder();
        var primary = new FitsHeader();
        primary.Set("OBJECT", "M 57");
        primary.Set("EXPTIME", 30.0);
        primary.Set("LONGTEXT", new string('y', 200));
        var extension = new FitsHeader();
        extension.Set("INHERIT", true);
        extension.Set("EXPTIME", 60.0);
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            output.AddHeader(primary);
            output.AddImage(extension, [2, 2], new byte[4]);
            output.AddImage(null, [2, 2], new byte[4]);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.At("a.fits"));
        FitsHeader joined = file.FirstImage().InheritedHeader();
        Assert.Equal("M 57", joined.Text("OBJECT"));
        Assert.Equal(60.0, joined.Real("EXPTIME"));
        Assert.Equal(200, joined.Text("LONGTEXT")!.Length);
        Assert.Equal(2, joined.Integer("NAXIS1"));
        Assert.Same(file.Hdu(2).Header, file.Hdu(2).InheritedHeader());
    }
}
