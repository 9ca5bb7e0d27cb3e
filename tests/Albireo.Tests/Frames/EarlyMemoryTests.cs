using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Tests.Fits;

namespace Albireo.Tests.Frames;

public sealed class EarlyMemoryTests
{
    /// <summary>One memory for a process: asked for once, taken once, by a picture of its size; other words are passed over.</summary>
    [Fact]
    public void The_first_picture_on_the_command_line_gets_it_once()
    {
        using var folder = new TemporaryFolder();
        string text = folder.File("stars.csv");
        string picture = folder.File("picture.fits");
        File.WriteAllText(text, "x,y");
        using (FitsOutput output = FitsOutput.Create(picture))
        {
            output.AddImage<short>(null, [30, 40], new short[1200]);
            output.Commit();
        }
        Assert.Null(EarlyMemory.Take(1200));
        EarlyMemory.Prepare(["find", "--nothing", text, folder.File("missing.fits"), picture]);
        Assert.Equal(1200, EarlyMemory.Take(1200)?.Length);
        Assert.Null(EarlyMemory.Take(1200));
    }
}
