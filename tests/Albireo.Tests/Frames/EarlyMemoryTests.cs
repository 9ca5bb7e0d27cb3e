using System.Diagnostics;
using System.IO.Compression;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Tests.Fits;

namespace Albireo.Tests.Frames;

public sealed class EarlyMemoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<int> allocated = [];

    public void Dispose() => folder.Dispose();

    /// <summary>One memory for a process: asked for once, taken once, by a picture of its size; other words are passed over.</summary>
    [Fact]
    public void The_first_picture_on_the_command_line_gets_it_once()
    {
        string text = folder.File("stars.csv");
        string picture = folder.File("picture.fits");
        File.WriteAllText(text, "x,y");
        using (FitsOutput output = FitsOutput.Create(picture))
        {
            output.AddImage<short>(null, [30, 40], new short[1200]);
            output.Commit();
        }
        Assert.Null(EarlyMemory.Take(1200));
        EarlyMemory.Prepare(["find", "--nothing", text, folder.File("missing.fits"), Huge("huge.fits", 30_000), picture]);
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
        File.WriteAllBytes(folder.File("whole.fits"), bytes[..(2880 + 2400)]);
        File.WriteAllBytes(folder.File("cut.fits"), bytes[..(2880 + 2399)]);
        Assert.Equal(1200, EarlyMemory.For(folder.File("whole.fits"), Allocate)?.Length);
        Assert.Equal([1200], allocated);
        allocated.Clear();
        AssertNone(folder.File("cut.fits"));
    }

    [Fact]
    public void A_packed_picture_gets_none()
    {
        using (FileStream stream = File.Create(folder.File("a.fits.gz")))
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(RawFits.Image(30, 40));
        }
        string tiles = folder.File("a.fits.fz");
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
        AssertNone(folder.File("a.fits.gz"));
        AssertNone(tiles);
    }

    [Fact]
    public void What_is_no_picture_gets_none()
    {
        File.WriteAllBytes(folder.File("bitpix.fits"), RawFits.With(RawFits.Image(30, 40), "BITPIX", "0"));
        File.WriteAllBytes(folder.File("negative.fits"), RawFits.With(RawFits.Image(30, 40), "NAXIS1", "-30"));
        File.WriteAllBytes(
            folder.File("header.fits"),
            RawFits.Header("SIMPLE  =                    T", RawFits.Card("BITPIX", 8), RawFits.Card("NAXIS", 0))
        );
        File.WriteAllBytes(folder.File("half.fits"), RawFits.Image(30, 40)[..1000]);
        File.WriteAllText(folder.File("text.fits"), "not a FITS file");
        File.WriteAllText(folder.File("empty.fits"), "");
        foreach (
            string name in (string[])
                ["bitpix.fits", "negative.fits", "header.fits", "half.fits", "text.fits", "empty.fits", "none.fits", ""]
        )
        {
            AssertNone(folder.File(name));
        }
    }

    /// <summary>To open a FIFO that nobody writes to waits for ever.</summary>
    [Fact]
    public async Task A_pipe_is_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs in folders.");
        using (Process pipe = Process.Start("mkfifo", [folder.File("pipe.fits")]))
        {
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        File.CreateSymbolicLink(folder.File("link.fits"), folder.File("pipe.fits"));
        foreach (string name in (string[])["pipe.fits", "link.fits"])
        {
            await Task.Run(() => AssertNone(folder.File(name)), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Any_fault_counts_as_not_tried()
    {
        File.WriteAllBytes(folder.File("a.fits"), RawFits.Image(30, 40));
        Assert.Null(EarlyMemory.For(folder.File("a.fits"), _ => new float[int.MaxValue])); // OutOfMemoryException: more than any array holds
        Assert.Null(EarlyMemory.For(folder.File("a.fits"), _ => throw new InvalidOperationException()));
    }

    private string Huge(string name, int side)
    {
        byte[] bytes = RawFits.With(RawFits.Image(30, 40), "NAXIS1", $"{side}");
        File.WriteAllBytes(folder.File(name), RawFits.With(bytes, "NAXIS2", $"{side}"));
        return folder.File(name);
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
