using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Tests.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Products;

/// <summary>A small file is there whole, or as it was before.</summary>
public sealed class TextProductTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_there_is_replaced_whole(bool flushToDisk)
    {
        File.WriteAllText(folder.At("a.csv"), new string('x', 10_000));
        TextProduct.Write(folder.At("a.csv"), "α\n", flushToDisk);
        Assert.Equal([0xCE, 0xB1, 0x0A], File.ReadAllBytes(folder.At("a.csv")));
        TextProduct.Write(folder.At("a.csv"), stream => stream.Write(new byte[70_000]), flushToDisk);
        Assert.Equal(new byte[70_000], File.ReadAllBytes(folder.At("a.csv")));
        Assert.Equal(folder.At("a.csv"), Assert.Single(Directory.GetFiles(folder.Path)));
    }

    /// <summary>Where the stream's buffer has gone to the disk already, and where it has not.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void A_failure_half_way_leaves_the_old_file_and_no_part(int bytes)
    {
        File.WriteAllText(folder.At("a.json"), "old");
        foreach (string name in (string[])["a.json", "new.json"])
        {
            var fault = new InvalidDataException("half-way");
            InvalidDataException thrown = Assert.Throws<InvalidDataException>(() =>
                TextProduct.Write(
                    folder.At(name),
                    stream =>
                    {
                        stream.Write(new byte[bytes]);
                        throw fault;
                    }
                )
            );
            Assert.Same(fault, thrown);
        }
        Assert.Equal(folder.At("a.json"), Assert.Single(Directory.GetFiles(folder.Path)));
        Assert.Equal("old", File.ReadAllText(folder.At("a.json")));
    }

    [Fact]
    public void A_name_that_cannot_be_taken_leaves_no_part()
    {
        Directory.CreateDirectory(folder.At("a.csv"));
        Exception refused = Assert.ThrowsAny<Exception>(() => TextProduct.Write(folder.At("a.csv"), "x"));
        Assert.True(refused is IOException or UnauthorizedAccessException, refused.ToString());
        Assert.Empty(
            Directory.GetFiles(
                folder.Path,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
            )
        );
        Assert.Throws<DirectoryNotFoundException>(() => TextProduct.Write(folder.At("none", "a.csv"), "x"));
    }

    [Fact]
    public void A_part_that_a_killed_run_left_is_swept()
    {
        string part = "";
        TextProduct.Write(folder.At("a.csv"), _ => part = Assert.Single(Directory.GetFiles(folder.Path)));
        Assert.Matches(@"^\.a\.csv\.[a-z0-9]+\.part$", Path.GetFileName(part));
        string left = Path.Combine(Directory.CreateDirectory(folder.At("hat-p-32", "plots")).FullName, Path.GetFileName(part));
        File.WriteAllText(left, "half");
        OutputFolder.Open(folder.Path).Dispose();
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(folder.At("a.csv")));
    }

    [Fact]
    public void Whoever_may_read_a_new_file_may_read_a_product()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }
        File.WriteAllText(folder.At("plain.csv"), "x");
        TextProduct.Write(folder.At("a.csv"), "x");
        Assert.Equal(File.GetUnixFileMode(folder.At("plain.csv")), File.GetUnixFileMode(folder.At("a.csv")));
    }
}
