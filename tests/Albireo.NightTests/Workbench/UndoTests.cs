using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;
using Albireo.Tests.Web;

namespace Albireo.NightTests.Workbench;

/// <summary>Whatever is done in the workbench can be taken back, also after a reload, and OUT is then as it was.</summary>
[Collection(BrowserTests.Name)]
public sealed class UndoTests(Chromium chromium) : IDisposable
{
    private const string NoTargetYet = "document.querySelector('.picks li').innerText.includes('click it')";
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task The_first_pick_on_a_raw_night()
    {
        SimulatedNight night = Simulate();
        await using OpenWorkbench open = await OpenWorkbench.Start(night.Folder, scratch.At("out"), opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        await page.Press("2");
        await page.Press("t");
        var star = night.Truth.Stars[0];
        await page.Pick(star.X, star.Y, $"!{NoTargetYet}");
        await Reload(page);
        await page.Press("2");
        await page.Until($"!{NoTargetYet}"); // what waits for a run is kept
        await page.Press("u");
        await page.Until(NoTargetYet);
        await Reload(page);
        await page.Press("2");
        await page.Until(NoTargetYet);
        await page.Press("Shift+U");
        await page.Until($"!{NoTargetYet}");
    }

    [Fact]
    public async Task The_first_target_of_measured_stars()
    {
        SimulatedNight night = Simulate();
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of("reduce", night.Folder, "-o", output);
        Assert.Contains("--target", run.Error); // it says how to name one
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        string[] plots = Plots(output);
        await page.Press("3");
        await page.Says("No target was named");
        await page.Press("Home");
        await page.Press("t");
        await page.Pick(night.Truth.Stars[0].X, night.Truth.Stars[0].Y, "document.querySelector('[data-test=points]')");
        Assert.True(File.Exists(Path.Combine(output, "lightcurve.csv")));
        string curve = await File.ReadAllTextAsync(Path.Combine(output, "lightcurve.csv"));
        await Reload(page);
        await page.Press("3");
        await page.Press("u");
        await page.Says("No target was named");
        await page.Until("document.querySelector('.status .command').innerText.includes('--target none')");
        Assert.False(File.Exists(Path.Combine(output, "lightcurve.csv")));
        Assert.Equal(plots, Plots(output));
        await page.Press("Shift+U");
        await page.Until("document.querySelector('[data-test=points]')");
        Assert.Equal(curve, await File.ReadAllTextAsync(Path.Combine(output, "lightcurve.csv")));
    }

    [Fact]
    public async Task A_first_fit_and_what_was_done_before_a_reload()
    {
        SimulatedNight night = Simulate();
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(["reduce", night.Folder, "-o", output, .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(run.Code == 0, run.ToString());
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        SortedDictionary<string, string> before = Results(output);
        await page.Press("4");
        foreach (
            (string name, string value) in ((string, string)[])
                [("period", "2.5"), ("a-rs", "8"), ("inclination", "90"), ("u1", "0.4"), ("u2", "0.2")]
        )
        {
            await page.Page.FillAsync($".fit input[name={name}]", value); // held, so that the fit takes a moment
        }
        await page.Page.ClickAsync(".fit button[type=submit]");
        await page.Page.WaitForSelectorAsync("[data-test=fit-rp_rs]");
        string fit = await File.ReadAllTextAsync(Path.Combine(output, "fit.json"));
        await page.Press("Escape");
        await page.Press("3");
        await page.Press("Home");
        await page.Settled();
        await page.Press("x");
        await page.Until("document.querySelector('[data-test=points]').innerText === '29 of 30'");

        await Reload(page);
        await page.Press("3");
        await page.Press("u");
        await page.Until("document.querySelector('[data-test=points]').innerText === '30 of 30'");
        await page.Press("4");
        await page.Page.WaitForSelectorAsync("[data-test=fit-rp_rs]"); // it belongs to this curve again
        await page.Press("u");
        await page.Until("!document.querySelector('[data-test=fit-rp_rs]')");
        await page.Until("document.querySelector('.status .command').innerText.includes('--forget')");
        await page.Until("document.querySelector('.status .busy').innerText === ''");
        ProductTree.AssertSame(before, Results(output)); // OUT is as it was before the fit
        await page.Press("Shift+U");
        await page.Page.WaitForSelectorAsync("[data-test=fit-rp_rs]");
        Assert.Equal(fit, await File.ReadAllTextAsync(Path.Combine(output, "fit.json")));
    }

    private static async Task Reload(WorkbenchPage page)
    {
        await page.Page.ReloadAsync();
        await page.Shown();
    }

    /// <summary>All products; run.json tells with what the curve was made last, in other words than a reduction does.</summary>
    private static SortedDictionary<string, string> Results(string output)
    {
        SortedDictionary<string, string> products = ProductTree.Products(output);
        products.Remove("run.json");
        return products;
    }

    private static string[] Plots(string output) =>
        [.. Directory.GetFiles(Path.Combine(output, "plots")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private SimulatedNight Simulate() =>
        SmallNight.Simulate(
            SmallNight.Options with
            {
                TransitDepth = 0.03,
                Plan = SmallNight.Options.Plan with { LightFrames = 30, CadenceSeconds = 300 },
            },
            scratch.At("night")
        );
}
