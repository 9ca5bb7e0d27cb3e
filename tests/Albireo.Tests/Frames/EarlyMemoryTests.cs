using System.Diagnostics;
using System.IO.Compression;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Tests.Fits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Frames;

public sealed class EarlyMemoryTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly List<int> allocated = [];

    public void Dispose() => folder.Dispose();

    /// <summary>One memory for a process: asked for once, taken once, by a picture of its size; other words are passed over.</summary>
    [Fact]
    public void The_first_picture_on_the_command_line_gets_it_once()
    {
        string text = folder.At("stars.csv");
        string picture = folder.At("picture.fits");
        File.WriteAllText(text, "x,y");
        using (FitsOutput output = FitsOutput.Create(picture))
        {
            output.AddImage<short>(null, [30, 40], new short[1200]);
            output.Commit();
        }
        Assert.Null(EarlyMemory.Take(1200));
        EarlyMemory.Prepare(["find", "--nothing", text, folder.At("missing.fits"), Huge("huge.fits", 30_000), picture]);
        Assert.Equal(1200, EarlyMemory.Take(1200)?.Length);
        Assert.Null(EarlyMemory.Take(1200));
    }

    [Theory]
    [InlineData(30_000)] // 3.6 GB of pixels
    [InlineData(60_000)] // more than an array holds
    public void A_header_that_promises_more_than_the_file_holds_gets_none(int side)
    {
        string path = Huge("huge.fits", side);
        Assert.Equal(5760, new FileInfo(path).Length);
        AssertNone(path);
    }

    /// <summary>A file whose last block is not filled up is read; one that lacks a byte of its last pixel is not.</summary>
    [Fact]
    public void The_length_counts_to_the_byte()
    {
        byte[] bytes = RawFits.Image(30, 40);
        File.WriteAllBytes(folder.At("whole.fits"), bytes[..(2880 + 2400)]);
        File.WriteAllBytes(folder.At("cut.fits"), bytes[..(2880 + 2399)]);
        Assert.Equal(1200, EarlyMemory.For(folder.At("whole.fits"), Allocate)?.Length);
        Assert.Equal([1200], allocated);
        allocated.Clear();
        AssertNone(folder.At("cut.fits"));
    }

    [Fact]
    public void A_packed_picture_gets_none()
    {
        using (FileStream stream = File.Create(folder.At("a.fits.gz")))
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(RawFits.Image(30, 40));
        }
        string tiles = folder.At("a.fits.fz");
        using (FitsFile plain = FitsFile.Open(RawFits.Image(30, 40), "plain"))
        using (FitsOutput output = FitsOutput.Create(tiles))
        {
            FitsPacking.Pack(plain, output);
            output.Commit();
        }
        using (FitsFile packed = FitsFile.Open(tiles))
        {
            Assert.Equal((30, 40), (packed.FirstImage().Width, packed.FirstImage().Height));
        }
        AssertNone(folder.At("a.fits.gz"));
        AssertNone(tiles);
    }

    [Fact]
    public void What_is_no_picture_gets_none()
    {
        File.WriteAllBytes(folder.At("bitpix.fits"), RawFits.With(RawFits.Image(30, 40), "BITPIX", "0"));
        File.WriteAllBytes(folder.At("negative.fits"), RawFits.With(RawFits.Image(30, 40), "NAXIS1", "-30"));
        File.WriteAllBytes(
            folder.At("header.fits"),
            RawFits.Header("SIMPLE  =                    T", RawFits.Card("BITPIX", 8), RawFits.Card("NAXIS", 0))
        );
        File.WriteAllBytes(folder.At("half.fits"), RawFits.Image(30, 40)[..1000]);
        File.WriteAllText(folder.At("text.fits"), "not a FITS file");
        File.WriteAllText(folder.At("empty.fits"), "");
        foreach (
            string name in (string[])
                ["bitpix.fits", "negative.fits", "header.fits", "half.fits", "text.fits", "empty.fits", "none.fits", ""]
        )
        {
            AssertNone(folder.At(name));
        }
    }

    /// <summary>To open a FIFO that nobody writes to waits for ever.</summary>
    [Fact]
    public async Task A_pipe_is_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs in folders.");
        using (Process pipe = Process.Start("mkfifo", [folder.At("pipe.fits")]))
        {
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        File.CreateSymbolicLink(folder.At("link.fits"), folder.At("pipe.fits"));
        foreach (string name in (string[])["pipe.fits", "link.fits"])
        {
            await Task.Run(() => AssertNone(folder.At(name)), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Any_fault_counts_as_not_tried()
    {
        File.WriteAllBytes(folder.At("a.fits"), RawFits.Image(30, 40));
        Assert.Null(EarlyMemory.For(folder.At("a.fits"), _ => new float[int.MaxValue])); // OutOfMemoryException: more than any array holds
        Assert.Null(EarlyMemory.For(folder.At("a.fits"), _ => throw new InvalidOperationException()));
    }

    private string Huge(string name, int side)
    {
        byte[] bytes = RawFits.With(RawFits.Image(30, 40), "NAXIS1", $"{side}");
        File.WriteAllBytes(folder.At(name), RawFits.With(bytes, "NAXIS2", $"{side}"));
        return folder.At(name);
    }

    private void AssertNone(string path)
    {
        Assert.Null(EarlyMemory.For(path, Allocate));
        Assert.Empty(allocated);
    }

    private float[] Allocate(int length)
    {
        allocated.Add(length);
        return new float[Math.Min(length, 1200)];
    }
}
