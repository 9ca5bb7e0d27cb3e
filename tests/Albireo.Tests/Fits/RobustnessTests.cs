using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Albireo.Fits;
using Albireo.Tests.Support;

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
    public void Only_regular_files_are_opened()
    {
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder.At("empty.fits"), []);
        Assert.Contains(
            "empty",
            Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.At("empty.fits"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("folder", Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => FitsFile.Open(folder.At("absent.fits")));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "FIFOs and links are made by Unix tools");
        File.WriteAllBytes(folder.At("a.fits"), RawFits.Image(4, 4));
        File.CreateSymbolicLink(folder.At("link.fits"), folder.At("a.fits"));
        File.CreateSymbolicLink(folder.At("linklink.fits"), "link.fits");
        Directory.CreateSymbolicLink(folder.At("folder.fits"), folder.Path);
        using (FitsFile file = FitsFile.Open(folder.At("linklink.fits")))
        {
            Assert.Equal(4, file.FirstImage().Width);
        }
        Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.At("folder.fits")));
        using Process mkfifo = Process.Start("mkfifo", [folder.At("fifo.fits")]);
        mkfifo.WaitForExit();
        File.CreateSymbolicLink(folder.At("tofifo.fits"), folder.At("fifo.fits"));
        Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.At("fifo.fits")));
        Assert.Throws<FitsFormatException>(() => FitsFile.Open(folder.At("tofifo.fits")));
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
}
