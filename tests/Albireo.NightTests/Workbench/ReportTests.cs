using Albireo.Pipeline.Stages;
using Albireo.Tests.Report;
using Albireo.Tests.Support;
using Microsoft.Playwright;

namespace Albireo.NightTests.Workbench;

/// <summary>report.html as a reader has it: from disk, without a network, on a screen, a phone and on paper.</summary>
[Collection(BrowserTests.Name)]
public sealed class ReportTests(Chromium chromium) : IDisposable
{
    private static readonly string[] Chapters =
    [
        "Results",
        "Light curve",
        "Finder chart",
        "Comparison stars",
        "Target and ensemble",
        "Systematics",
        "Frame by frame",
        "Precision",
        "Point spread function",
        "Radial profile",
        "Statistics",
        "Apertures",
        "Masters",
        "Frames left out",
        "Time audit",
        "The same again",
        "Versions",
        "Citations",
    ];

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task It_opens_from_disk_without_a_network()
    {
        string path = Made();
        string html = await File.ReadAllTextAsync(path);
        HtmlChecker.Check(html);
        await using IBrowserContext context = await chromium.Context(390, 844, isDark: true, isOffline: true);
        IPage page = await context.NewPageAsync();
        var (asked, faults) = (new List<string>(), new List<string>());
        page.Request += (_, r) => asked.Add(r.Url);
        page.PageError += (_, e) => faults.Add(e);
        page.Console += (_, m) => faults.Add(m.Text);
        await page.GotoAsync("file://" + path);
        Assert.Equal(["file://" + path], asked);
        Assert.Empty(faults);
        string[] headings = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('h2')].map(h => h.innerText)");
        Assert.Empty(Chapters.Except(headings));
        string[] plots = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('figcaption code')].map(c => c.innerText)"
        );
        Assert.True(plots.Length >= 8);
        Assert.All(plots, p => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, p)), p));

        // A phone needs no sideways scrolling, and shows every figure in its narrow form.
        Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= 390);
        Assert.Equal(0, await page.Locator(".wide:visible").CountAsync());
        await WorkbenchPage.Keep(page, "report-1-phone");
        await page.SetViewportSizeAsync(1280, 900);
        Assert.Equal(0, await page.Locator(".narrow:visible").CountAsync());
        await WorkbenchPage.Keep(page, "report-2-wide");

        // Paper: nothing is cut off in a box that would have to be scrolled, and dark screens print on white.
        await page.SetViewportSizeAsync(720, 1000);
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => [...document.querySelectorAll('.scroll')].every(e => getComputedStyle(e).overflow === 'visible' && getComputedStyle(e).maxHeight === 'none')"
            )
        );
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        await WorkbenchPage.Keep(page, "report-3-print");
        Assert.NotEmpty(await page.PdfAsync());
    }

    private string Made()
    {
        SimulatedNight night = SmallNight.Simulate(
            SmallNight.Options with
            {
                TransitDepth = 0.03,
                Plan = SmallNight.Options.Plan with { LightFrames = 40, CadenceSeconds = 240 },
            },
            scratch.At("night")
        );
        File.WriteAllText(Path.Combine(night.Folder, SmallNight.Light(7)), "SIMPLE  =                    T"); // it claims to be FITS
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(["reduce", night.Folder, "-o", output, .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(run.Code == 1, run.ToString());
        AlbireoRun fit = AlbireoRun.Of(
            "fit",
            "-o",
            output,
            "--period",
            "2.5",
            "--a-rs",
            "8",
            "--inclination",
            "90",
            "--u1",
            "0.4",
            "--u2",
            "0.2"
        );
        Assert.True(fit.Code == 0, fit.ToString());
        return Path.Combine(output, "report.html");
    }
}
