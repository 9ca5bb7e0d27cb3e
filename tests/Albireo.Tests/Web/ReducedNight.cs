using Albireo.Tests.Support;

namespace Albireo.Tests.Web;

/// <summary>The small night reduced once by the command line; tests work on copies.</summary>
public sealed class ReducedNight : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly SmallNight night = new();

    public ReducedNight()
    {
        AlbireoRun run = AlbireoRun.Of(night.Command(night.Night.Folder, scratch.At("out")));
        Assert.True(run.Code == 0, run.ToString());
    }

    public SmallNight Night => night;

    public ScratchFolder Scratch => scratch;

    /// <summary>A fresh copy of night and OUT; run.json is made to remember the copy of the night.</summary>
    public (string Night, string Output) Copy()
    {
        string folder = scratch.At(Path.GetRandomFileName());
        string raw = night.CopyTo(Path.Combine(folder, "night"));
        string output = Path.Combine(folder, "out");
        foreach (string file in Directory.GetFiles(scratch.At("out"), "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(output, Path.GetRelativePath(scratch.At("out"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        string record = Path.Combine(output, "run.json");
        File.WriteAllText(record, File.ReadAllText(record).Replace(night.Night.Folder, raw, StringComparison.Ordinal));
        return (raw, output);
    }

    public void Dispose()
    {
        night.Dispose();
        scratch.Dispose();
    }
}
