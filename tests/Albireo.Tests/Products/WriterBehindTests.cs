using Albireo.Fits;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Tests.Fits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Products;

public sealed class WriterBehindTests : IDisposable
{
    private readonly ScratchFolder folder = new(isOnDisk: true);

    public void Dispose() => folder.Dispose();

    /// <summary>Less than a page; pieces not full; headers that lie across the border of two pieces; many pieces.</summary>
    [Theory]
    [InlineData(3, 2)]
    [InlineData(650, 500)]
    [InlineData(1024, 1023)]
    [InlineData(1023, 1024)]
    [InlineData(1500, 3000)]
    public void The_bytes_are_those_of_the_plain_way(int width, int height)
    {
        string plain = folder.At("plain.fits");
        string behind = folder.At("behind.fits");
        using (FitsOutput output = FitsOutput.Create(plain))
        {
            Fill(output, width, height);
        }
        using (var writer = new WriterBehind(Limits(1)))
        {
            using (FitsOutput output = writer.Create(behind))
            {
                Fill(output, width, height);
            }
            writer.Drain();
        }
        Assert.Equal(File.ReadAllBytes(plain), File.ReadAllBytes(behind));
        Assert.Equal([behind, plain], Directory.GetFiles(folder.Path).Order());
    }

    /// <summary>Zeros that are not written: whole pieces of them, at the end of a piece before others, and at the end of the file.</summary>
    [Fact]
    public void Zeros_are_read_where_none_were_written()
    {
        string path = folder.At("zeros.fits");
        int piece;
        using (var writer = new WriterBehind(Limits(1)))
        {
            // The memory of a piece holds other bytes before.
            using (FitsOutput output = writer.Create(path))
            {
                Fill(output, 1400, 1400);
            }
            writer.Drain();
            piece = writer.PieceBytes;
            using (FitsOutput output = writer.Create(path))
            {
                output.AddImage<byte>(null, [3 * piece], WithZeros(3 * piece));
                output.AddImage<byte>(null, [2 * piece], new byte[2 * piece]);
                output.AddImage<byte>(null, [3 * piece], WithZeros(3 * piece));
                output.AddImage<byte>(null, [2 * piece], new byte[2 * piece]);
                output.Commit();
            }
            writer.Drain();
        }
        using FitsFile file = FitsFile.Open(path);
        Assert.Equal(4, file.Hdus.Count);
        Assert.All(file.Hdus, h => Assert.Equal((FitsChecksumStatus.Valid, FitsChecksumStatus.Valid), h.VerifyChecksums()));
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal(2 * piece, 3 * piece - bytes.AsSpan(2880, 3 * piece).Count((byte)0));
        Assert.Equal(0, bytes.Length % 2880);
    }

    [Fact]
    public void Where_the_disk_is_behind_files_go_through_the_cache()
    {
        using var writer = new WriterBehind(Limits(1), mostBehindBytes: -1);
        using (FitsOutput output = writer.Create(folder.At("cached.fits")))
        {
            Fill(output, 600, 500);
        }
        // Nothing was handed to the writer, so the file is there before it is asked to end.
        using FitsFile file = FitsFile.Open(folder.At("cached.fits"));
        Assert.All(file.Hdus, h => Assert.Equal((FitsChecksumStatus.Valid, FitsChecksumStatus.Valid), h.VerifyChecksums()));
    }

    [Fact]
    public void What_is_not_committed_leaves_nothing()
    {
        using (var writer = new WriterBehind(Limits(1)))
        {
            using (FitsOutput output = writer.Create(folder.At("half.fits")))
            {
                output.AddImage<float>(null, [1200, 1200], new float[1200 * 1200]);
            }
            writer.Drain();
        }
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_file_that_cannot_get_its_name_is_the_failure_of_the_run_and_leaves_nothing()
    {
        string taken = folder.At("taken.fits");
        Directory.CreateDirectory(taken);
        using var writer = new WriterBehind(Limits(1));
        using (FitsOutput output = writer.Create(taken))
        {
            Fill(output, 20, 10);
        }
        Assert.ThrowsAny<Exception>(writer.Drain);
        Assert.ThrowsAny<Exception>(() => writer.Create(folder.At("next.fits")));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Several_threads_write_more_than_there_is_memory_for()
    {
        using (var writer = new WriterBehind(Limits(2), mostBehindBytes: long.MaxValue))
        {
            Workers.Run(
                2,
                () =>
                {
                    for (int i = 0; i < 3; i++)
                    {
                        using FitsOutput output = writer.Create(folder.At($"{Environment.CurrentManagedThreadId}-{i}.fits"));
                        Fill(output, 1400, 1400);
                    }
                }
            );
            writer.Drain();
        }
        byte[] first = File.ReadAllBytes(Directory.GetFiles(folder.Path)[0]);
        Assert.Equal(6, Directory.GetFiles(folder.Path).Length);
        Assert.All(Directory.GetFiles(folder.Path), f => Assert.True(first.AsSpan().SequenceEqual(File.ReadAllBytes(f))));
    }

    /// <summary>What waits to be written takes a sixteenth of the memory a run may use; the bytes do not depend on it.</summary>
    [Theory]
    [InlineData(1_000_000_000, 1 << 21)]
    [InlineData(200_000_000, 1016 << 10)]
    [InlineData(1_000_000, 1 << 16)]
    public void Pieces_follow_the_memory(long memory, int expected)
    {
        string path = folder.At("night.fits");
        using (var writer = new WriterBehind(new ResourceLimits(1, memory)))
        {
            Assert.InRange(writer.PieceBytes, expected - DirectWriting.Alignment, expected);
            Assert.Equal(0, writer.PieceBytes % DirectWriting.Alignment);
            using (FitsOutput output = writer.Create(path))
            {
                Fill(output, 700, 900);
            }
            writer.Drain();
        }
        using FitsFile file = FitsFile.Open(path);
        Assert.All(file.Hdus, h => Assert.Equal((FitsChecksumStatus.Valid, FitsChecksumStatus.Valid), h.VerifyChecksums()));
    }

    /// <summary>Two thirds of it are not zeros: the first half and the last sixth.</summary>
    private static byte[] WithZeros(int length)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan(0, length / 2).Fill(7);
        bytes.AsSpan(length * 5 / 6).Fill(9);
        return bytes;
    }

    private static ResourceLimits Limits(int threads) => new(threads, ResourceLimits.DefaultMemory);

    private static void Fill(FitsOutput output, int width, int height)
    {
        float[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (i * 7919 % 10007) - 0.5f)];
        var header = new FitsHeader();
        header.Set("OBJECT", "test");
        output.AddImage<float>(header, [height, width], pixels);
        output.AddImage<float>(null, [height, width], pixels);
        output.AddImage<byte>(null, [height, width], new byte[width * height]);
        output.Commit();
    }
}
