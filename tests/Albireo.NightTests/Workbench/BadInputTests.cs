using System.Diagnostics;
using System.Text.Json.Nodes;
using Albireo.NightTests.Robustness;
using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;
using Albireo.Tests.Web;

namespace Albireo.NightTests.Workbench;

/// <summary>What goes wrong around an open workbench: a sentence on the page, and nothing lost.</summary>
[Collection(BrowserTests.Name)]
public sealed class BadInputTests(Chromium chromium) : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task The_browser_is_closed_in_the_middle_of_a_run()
    {
        (SimulatedNight night, string output) = Reduced(40);
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using (WorkbenchPage page = await chromium.Open(open.Links.Last()))
        {
            await page.Shown();
            await page.Press("2");
            await page.Press("r");
            await page.Until("document.querySelector('.progress, .job.done')");
        }
        // The run goes on; the next browser finds its result.
        await using WorkbenchPage next = await chromium.Open(open.Links.Last());
        await next.Press("2");
        await next.Until("document.querySelector('.job.done')?.innerText.includes('40 of 40 lights measured')");
    }

    [Fact]
    public async Task The_night_is_deleted_while_open()
    {
        (SimulatedNight night, string output) = Reduced(4);
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        Directory.Delete(night.Folder, recursive: true);
        await page.Says("does not exist; give a folder or files of raw frames.");
        await page.Until("document.querySelectorAll('.frames tbody tr').length >= 4"); // what was there is still listed
        await page.Press("ArrowRight");
        await page.Press("ArrowRight");
        await page.Press("ArrowRight");
        await page.Says("is not there any more");
        await page.Press("3");
        await page.Until("document.querySelector('[data-test=points]').innerText === '4 of 4'"); // the curve needs no raw frame
        await page.Keep("bad-1-night-deleted");
        await page.Press("2");
        await page.Press("r");
        await page.Until("document.querySelector('.job.failed')?.innerText.includes('does not exist')");
    }

    [Fact]
    public async Task The_output_folder_is_deleted_while_open()
    {
        (_, string output) = Reduced(4);
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        Directory.Delete(output, recursive: true);
        await page.Says("is not there any more; a run makes it anew.");
        await page.Press("2");
        await PickTwo(page);
        await page.Run();
        await page.Press("3");
        await page.Until("document.querySelector('[data-test=points]').innerText === '4 of 4'");
        await page.Until("!document.body.innerText.includes('is not there any more')");
    }

    [Fact]
    public async Task A_frame_is_replaced_by_another()
    {
        (SimulatedNight night, string output) = Reduced(4);
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown(Path.GetFileNameWithoutExtension(SmallNight.Light(1)));
        File.Copy(Path.Combine(night.Folder, SmallNight.Light(3)), Path.Combine(night.Folder, SmallNight.Light(1)), overwrite: true);
        File.SetLastWriteTimeUtc(Path.Combine(night.Folder, SmallNight.Light(1)), DateTime.UtcNow.AddSeconds(2));
        await page.Says("light-R-0001 is another file than the one that was measured; run the reduction again.");
        await page.Shown("light-R-0001");
        // One that is no FITS file any more is told as such, and the page goes on.
        await File.WriteAllTextAsync(Path.Combine(night.Folder, SmallNight.Light(2)), "not a picture");
        await page.Press("3");
        await page.Press("ArrowRight");
        await page.Until("document.querySelector('.sky .problem')?.innerText.includes('light-R-0002')");
        await page.Press("ArrowRight");
        await page.Shown("light-R-0003");
    }

    [Fact]
    public async Task Two_workbenches_share_one_folder()
    {
        (_, string output) = Reduced(6);
        await using OpenWorkbench first = await OpenWorkbench.Start(output, opens: false);
        await using OpenWorkbench second = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage one = await chromium.Open(first.Links.Last());
        await using WorkbenchPage two = await chromium.Open(second.Links.Last());
        await two.Says("Another workbench is open on this folder.");
        await one.Shown();
        await two.Shown();
        await one.Press("3");
        await two.Press("3");
        await one.Until("document.querySelector('[data-test=points]').innerText === '6 of 6'");
        await one.Press("x");
        await two.Until("document.querySelector('[data-test=points]').innerText === '5 of 6'");
        await two.Press("ArrowRight");
        await two.Press("x");
        await one.Until("document.querySelector('[data-test=points]').innerText === '4 of 6'"); // neither change is lost
    }

    [Fact]
    public async Task The_disk_is_full_at_an_export()
    {
        (_, string output) = Reduced(30);
        string folder = Directory.CreateDirectory(Path.Combine(output, "export")).FullName;
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", "size=4k", "tmpfs", folder), "needs the right to mount a file system of one page");
        try
        {
            await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
            await using WorkbenchPage page = await chromium.Open(open.Links.Last());
            await page.Shown();
            await page.Press("5");
            await page.Page.FillAsync(".export input[name=observer]", "ABC");
            await page.Page.ClickAsync(".export button[type=submit]");
            await page.Page.WaitForSelectorAsync("pre.file");
            string file = Path.Combine(folder, "aavso.txt");
            string before = await File.ReadAllTextAsync(file);
            await page.Page.FillAsync(".export input[name=observer]", "XYZ");
            await page.Page.ClickAsync(".export button[type=submit]");
            await page.Says("The disk is full");
            await page.Keep("bad-2-disk-full");
            Assert.Equal(before, await File.ReadAllTextAsync(file)); // the earlier file is whole
            Assert.Equal([file], Directory.GetFiles(folder));
            Assert.Equal("XYZ", await page.Page.InputValueAsync(".export input[name=observer]")); // nor is what was typed lost
            Assert.True(Mount("-o", "remount,size=64k", folder));
            await page.Page.ClickAsync(".export button[type=submit]");
            await page.Until("document.querySelector('pre.file')?.innerText.includes('XYZ')");
        }
        finally
        {
            using Process? unmounted = Process.Start("umount", [folder]);
            unmounted!.WaitForExit();
        }
    }

    private static bool Mount(params string[] arguments)
    {
        var start = new ProcessStartInfo("mount", arguments) { RedirectStandardError = true, UseShellExecute = false };
        using Process? process = Process.Start(start);
        process!.WaitForExit();
        return process.ExitCode == 0;
    }

    [Fact]
    public async Task The_server_is_killed_in_the_middle_of_a_run()
    {
        SimulatedNight night = Simulate(40);
        string output = scratch.At("out");
        AlbireoRun first = AlbireoRun.Of(["reduce", night.Folder, "-o", output, .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(first.Code == 0, first.ToString());
        foreach (
            string file in Directory
                .GetFiles(output, "*", SearchOption.AllDirectories)
                .Where(f => Path.GetExtension(f) != ".json" && Path.GetExtension(f) != ".fits")
        )
        {
            File.Delete(file);
        }
        SortedDictionary<string, string> raw = ProductTree.Files(night.Folder);
        using (var server = ServeProcess.Start(output))
        {
            await using WorkbenchPage page = await chromium.Open(server.Link);
            await page.Shown();
            await page.Press("2");
            await page.Press("r");
            await page.Until("document.querySelector('.progress, .job.done')");
            server.Kill();
            await page.Says("The server cannot be reached");
        }
        Assert.All(Directory.GetFiles(output, "*.fits", SearchOption.AllDirectories), FitsSums.Check); // what has its name is whole
        using var again = ServeProcess.Start(output);
        await using WorkbenchPage next = await chromium.Open(again.Link);
        await next.Shown();
        await next.Run();
        SortedDictionary<string, string> resumed = ProductTree.Products(output);
        AlbireoRun undisturbed = AlbireoRun.Of(["reduce", night.Folder, "-o", output, .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(undisturbed.Code == 0, undisturbed.ToString());
        foreach (string name in (string[])["lightcurve.csv", "observation.fits", "masters/bias.fits"])
        {
            Assert.Equal(ProductTree.Products(output)[name], resumed[name]);
        }
        ProductTree.AssertSame(raw, ProductTree.Files(night.Folder));
    }

    private async Task PickTwo(WorkbenchPage page)
    {
        await page.Press("Home");
        await page.Press("t");
        foreach ((double X, double Y) star in Truth!.Stars.Take(2).Select(s => (s.X, s.Y)))
        {
            string before = await page.Text(".picks");
            await page.Pick(star.X, star.Y, $"document.querySelector('.picks').innerText !== {JsonValue.Create(before).ToJsonString()}");
        }
        await page.Press("Escape");
        await page.Until("document.querySelectorAll('.picks .chip').length === 1");
    }

    private SimulationTruth? Truth { get; set; }

    private SimulatedNight Simulate(int lights)
    {
        SimulatedNight night = SmallNight.Simulate(
            SmallNight.Options with
            {
                Plan = SmallNight.Options.Plan with { LightFrames = lights, CadenceSeconds = 60 },
            },
            scratch.At("night")
        );
        Truth = night.Truth;
        return night;
    }

    private (SimulatedNight Night, string Output) Reduced(int lights)
    {
        SimulatedNight night = Simulate(lights);
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(["reduce", night.Folder, "-o", output, .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(run.Code == 0, run.ToString());
        return (night, output);
    }
}
