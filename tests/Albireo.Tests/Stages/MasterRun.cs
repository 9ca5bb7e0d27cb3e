using Albireo.Pipeline;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Tests.Stages;

/// <summary>The stages inventory and masters alone, with what they told.</summary>
internal sealed record MasterRun(
    Masters Masters,
    NightInventory Night,
    Recipe Recipe,
    IReadOnlyList<string> Notices,
    string Log,
    string Output
)
{
    public static MasterRun Of(string night, string output, string recipe, string[] settings, ResourceLimits? limits = null) =>
        Of([night], output, recipe, settings, limits);

    public static MasterRun Of(string[] nights, string output, string recipe, string[] settings, ResourceLimits? limits = null)
    {
        Recipe bound = RecipeBinder.Bind([.. RecipeFile.Load(recipe), .. settings.Select(s => Setting.Parse(s, "--set"))]);
        string path = Path.Combine(output, "out");
        Masters masters;
        NightInventory night;
        RunContext run;
        using (OutputFolder folder = OutputFolder.Open(path))
        {
            run = new RunContext(folder, IRunObserver.None, limits ?? ResourceLimits.Default, TestContext.Current.CancellationToken);
            night = NightInventory.Take(nights);
            masters = MakeMasters.Run(night, bound, run);
            run.Settle();
        }
        return new MasterRun(masters, night, bound, run.Notices, File.ReadAllText(Path.Combine(path, "albireo.log")), path);
    }

    public Master Master(string name) => Assert.Single(Masters.All, m => m.Name == name + ".fits");

    /// <summary>What serves a light.</summary>
    public MasterSet For(string light) => Masters.For(Frame(light), Recipe.Calibrate);

    public FrameInfo Frame(string name) => Assert.Single(Night.Frames, f => f.Name == name);
}
