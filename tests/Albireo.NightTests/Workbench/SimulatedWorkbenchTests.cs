using System.Text;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;
using Albireo.Tests.Web;

namespace Albireo.NightTests.Workbench;

/// <summary>A simulated night with calibration frames in the browser: intake, masters, picture, linked plots, a night that grows.</summary>
[Collection(BrowserTests.Name)]
public sealed class SimulatedWorkbenchTests(Chromium chromium) : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task What_the_user_says_of_frames_counts_for_the_command_line_too()
    {
        SimulatedNight night = Simulate(8);
        SortedDictionary<string, string> raw = ProductTree.Files(night.Folder);
        string output = scratch.At("out");
        await using OpenWorkbench open = await OpenWorkbench.Start(night.Folder, output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        await page.Until("document.body.innerText.includes('2 bias frames') && document.body.innerText.includes('2 flats')");

        // Filtering, then two frames left out in bulk, with a reason.
        await page.Page.FillAsync("input[type=search]", "light");
        await page.Until("document.body.innerText.includes('8 of 14 files')");
        await page.Page.CheckAsync("input[aria-label='Select light-R-0002']");
        await page.Page.CheckAsync("input[aria-label='Select light-R-0005']");
        await page.Page.FillAsync("input[aria-label=Reason]", "clouds");
        await page.Press("Escape");
        await page.Press("x");
        await page.Until("[...document.querySelectorAll('.frames tr')].filter(r => r.innerText.includes('left out')).length === 2");
        await page.Page.ClickAsync("text=where values come from");
        await page.Until("document.querySelector('.frames').innerText.includes('FILTER = R')");
        await page.Keep("simulated-1-intake");
        AlbireoRun inventory = AlbireoRun.Of("inventory", night.Folder, "-o", output, "--json");
        JsonNode[] leftOut =
        [
            .. JsonNode.Parse(inventory.Out)!["frames"]!.AsArray().Where(f => (string?)f!["status"] == "left_out").Select(f => f!),
        ];
        Assert.Equal(["light-R-0002", "light-R-0005"], leftOut.Select(f => (string)f["frame"]!).Order());
        Assert.All(leftOut, f => Assert.Contains("clouds", (string)f["reason"]!));

        // Undo takes one step back, here both frames at once; redo does it again.
        await page.Press("u");
        await page.Until("![...document.querySelectorAll('.frames tr')].some(r => r.innerText.includes('left out'))");
        await page.Press("Shift+U");
        await page.Until("[...document.querySelectorAll('.frames tr')].filter(r => r.innerText.includes('left out')).length === 2");
        ProductTree.AssertSame(raw, ProductTree.Files(night.Folder)); // raw frames are never written to

        await PickAll(page, night);
        await page.Run();
        AlbireoRun run = AlbireoRun.Of(["reduce", night.Folder, "-o", scratch.At("other"), .. Stars((await page.Curve()))]);
        Assert.Contains("8 of 8 lights", run.Out); // without OUT/night.yaml all count
        Assert.Equal(6, (await page.Curve())["frames"]!.AsArray().Count);

        // Which master each light got.
        await page.Press("1");
        await page.Page.ClickAsync("summary:has-text('Masters and header')");
        await page.Until("document.querySelector('details[open]').innerText.includes('bias.fits')");
        await page.Until("document.querySelector('pre.file').innerText.includes('EXPTIME')");
        await page.Keep("simulated-2-masters");
    }

    [Fact]
    public async Task A_point_shows_its_frame_and_the_picture_does_what_keys_say()
    {
        SimulatedNight night = Simulate(12);
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(["reduce", night.Folder, "-o", output, .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(run.Code == 0, run.ToString());
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last(), isDark: true);
        await page.Shown();
        await page.Press("3");
        await page.Page.WaitForSelectorAsync(".plot canvas");

        // The plot's own pixel of a point, from its data.
        JsonNode curve = await page.Curve();
        string wanted = (string)curve["frames"]![7]!["name"]!;
        string was = await page.Text(".viewer .name b");
        await page.Page.Mouse.MoveAsync(900, 300);
        (float X, float Y) at = await PointOf(page, 7);
        await page.Page.Mouse.ClickAsync(at.X, at.Y);
        await page.Until($"document.querySelector('.viewer .name b').innerText === '{wanted}'");
        Assert.NotEqual(was, wanted);
        await page.Shown(wanted);
        await page.Keep("simulated-3-linked");

        // Pixel read-out: the exact value of the file.
        await page.Press("0");
        SimulatedFrameCheck check = await ReadPixel(page, 80, 60);
        JsonNode block = (
            JsonNode.Parse(
                await page.Page.EvaluateAsync<string>(
                    $"async () => (await fetch('/api/frames/{(string)curve["frames"]![7]!["id"]!}/pixels?x={check.X}&y={check.Y}&width=1&height=1')).text()"
                )
            )
        )!;
        Assert.Equal((double)block["values"]![0]!, check.Value);

        // Zoom, flips, stretch, layers, overlays, blink: nothing breaks, the picture changes.
        foreach (string key in (string[])["+", "f", "v", "s", "g", "i", "l", "k", "a", "a", "o", "z", "Shift+ArrowLeft", "0"])
        {
            await page.Press(key);
        }
        await page.Shown(wanted);
        await page.Keep("simulated-4-picture");
        await page.Press("b");
        await page.Until($"document.querySelector('.viewer .name b').innerText !== '{wanted}'");
        await page.Press("Escape");
        await page.Press("?");
        await page.Until("document.querySelector('.help')");
        await page.Press("Escape");
        await page.Until("!document.querySelector('.help')");

        // On a tablet held upright nothing is cut off sideways.
        await page.Page.SetViewportSizeAsync(820, 1180);
        await page.Until("document.documentElement.scrollWidth <= 820");
        await page.Keep("simulated-5-tablet");
        foreach (string tab in (string[])["1", "2", "3", "4", "5", "6"])
        {
            await page.Press(tab);
            await page.Until(
                $"document.querySelectorAll('[role=tab][aria-selected=true]').length >= 1 && document.documentElement.scrollWidth <= 820"
            );
        }
        // Everything that can be pressed or filled in has a name for screen readers.
        string nameless = await page.Page.EvaluateAsync<string>(
            "() => [...document.querySelectorAll('button, input, select, textarea, canvas[role], [role=img]')].filter(e => !(e.getAttribute('aria-label') || e.innerText?.trim() || e.labels?.length || e.placeholder || e.title)).map(e => e.outerHTML.slice(0, 80)).join('\\n')"
        );
        Assert.Equal("", nameless);
    }

    [Fact]
    public async Task The_curve_grows_while_frames_land()
    {
        SimulatedNight night = Simulate(12);
        string growing = Directory.CreateDirectory(scratch.At("growing")).FullName;
        string[] lights = [.. Directory.GetFiles(night.Folder, "light-*").Order(StringComparer.Ordinal)];
        foreach (string file in Directory.GetFiles(night.Folder).Except(lights).Concat(lights.Take(6)))
        {
            File.Copy(file, Path.Combine(growing, Path.GetFileName(file)));
        }
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(["reduce", growing, "-o", output, .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(run.Code == 0, run.ToString());
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        await page.Press("3");
        await page.Until("document.querySelector('[data-test=points]').innerText === '6 of 6'");
        await page.Press("w");
        await page.Says("reduced as they land");
        foreach (string[] batch in lights.Skip(6).Chunk(3))
        {
            foreach (string file in batch)
            {
                File.Copy(file, Path.Combine(growing, Path.GetFileName(file)));
            }
            int now = Directory.GetFiles(growing, "light-*").Length;
            await page.Until($"document.querySelector('[data-test=points]').innerText === '{now} of {now}'");
        }
        await page.Keep("simulated-6-grown");
        AlbireoRun whole = AlbireoRun.Of(["reduce", growing, "-o", scratch.At("whole"), .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(whole.Code == 0, whole.ToString());
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(scratch.At("whole"), "lightcurve.csv")),
            await File.ReadAllTextAsync(Path.Combine(output, "lightcurve.csv"))
        );
    }

    [Fact]
    public async Task Markup_in_a_header_is_shown_as_text()
    {
        SimulatedNight night = Simulate(3);
        const string markup = "<img src=x onerror=alert(1)>";
        foreach (string light in Directory.GetFiles(night.Folder, "light-*"))
        {
            byte[] bytes = await File.ReadAllBytesAsync(light);
            int card = Encoding.ASCII.GetString(bytes).IndexOf("OBJECT  =", StringComparison.Ordinal);
            Encoding.ASCII.GetBytes($"OBJECT  = '{markup}'".PadRight(80)).CopyTo(bytes, card);
            await File.WriteAllBytesAsync(light, bytes);
        }
        await using OpenWorkbench open = await OpenWorkbench.Start(night.Folder, scratch.At("out"), opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        page.Page.Dialog += (_, d) => Assert.Fail("a script of the header ran: " + d.Message);
        await page.Shown();
        await page.Says(markup);
        await page.Page.ClickAsync("summary:has-text('Masters and header')");
        await page.Until("document.querySelector('pre.file')?.innerText.includes('onerror')");
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => document.querySelectorAll('img').length"));
    }

    private SimulatedNight Simulate(int lights) =>
        SmallNight.Simulate(
            SmallNight.Options with
            {
                Plan = SmallNight.Options.Plan with { LightFrames = lights, CadenceSeconds = 120 },
            },
            scratch.At("night")
        );

    private static async Task PickAll(WorkbenchPage page, SimulatedNight night)
    {
        await page.Press("2");
        await page.Press("Home");
        StarTruth[] stars = [.. night.Truth.Stars.TakeWhile(s => !s.Name.StartsWith("field-", StringComparison.Ordinal))];
        await page.Press("t");
        int comparisons = 0;
        foreach (StarTruth star in stars.OrderByDescending(s => s.Name.StartsWith("target", StringComparison.Ordinal)))
        {
            if (star.Name.StartsWith("check", StringComparison.Ordinal))
            {
                await page.Press("e");
            }
            string sign = star.Name.Split('-')[0] switch
            {
                "target" => "!document.querySelector('.picks').innerText.includes('click it on a frame')",
                "check" => "!document.querySelector('.picks').innerText.includes('optional')",
                _ => $"document.querySelectorAll('.picks .chip').length === {++comparisons}",
            };
            await page.Pick(star.X, star.Y, sign);
        }
        await page.Press("Escape");
    }

    /// <summary>--target … as the page's own command line has them.</summary>
    private static string[] Stars(JsonNode curve)
    {
        string[] words = ((string)curve["command"]!).Split(' ');
        return [.. words.SkipWhile(w => w != "--target").TakeWhile(w => w != "--reference")];
    }

    /// <summary>Where a frame's point lies on the screen: the circle that marks the chosen frame is drawn there.</summary>
    private static async Task<(float X, float Y)> PointOf(WorkbenchPage page, int index)
    {
        JsonNode figure = JsonNode.Parse(
            await page.Page.EvaluateAsync<string>("async () => (await fetch('/api/figures/lightcurve')).text()")
        )!;
        JsonNode series = figure["panels"]![0]!["series"]!.AsArray().First(s => s!["point_names"] is not null)!;
        double[] x = [.. series["x"]!.AsArray().Select(v => (double)v!)];
        string box = await page.Page.EvaluateAsync<string>(
            "() => { const r = document.querySelector('.u-over').getBoundingClientRect(); return JSON.stringify({ x: r.x, y: r.y, width: r.width, height: r.height }); }"
        );
        JsonNode over = JsonNode.Parse(box)!;
        // The x axis is padded by one part in a hundred; along y every height is tried until the cursor is near enough.
        double span = x.Max() - x.Min();
        double part = ((x[index] - x.Min()) + (0.01 * span)) / (1.02 * span);
        double[] y = [.. series["y"]!.AsArray().Select(v => (double)v!)];
        (double low, double high) = Limits(figure);
        double down = (high - y[index]) / (high - low);
        return (
            (float)((double)over["x"]! + (part * (double)over["width"]!)),
            (float)((double)over["y"]! + (down * (double)over["height"]!))
        );
    }

    /// <summary>The y limits that the page takes: all used points, with 8 % of room.</summary>
    private static (double Low, double High) Limits(JsonNode figure)
    {
        var values = new List<double>();
        foreach (JsonNode? series in figure["panels"]![0]!["series"]!.AsArray())
        {
            JsonArray y = series!["y"]!.AsArray();
            JsonArray? states = series["states"]?.AsArray();
            values.AddRange(
                Enumerable
                    .Range(0, y.Count)
                    .Where(i => y[i] is not null && (states is null || (string)states[i]! == "used"))
                    .Select(i => (double)y[i]!)
            );
        }
        double room = 0.08 * (values.Max() - values.Min());
        return (values.Min() - room, values.Max() + room);
    }

    private sealed record SimulatedFrameCheck(int X, int Y, double Value);

    /// <summary>Moves the pointer over a pixel and reads what the page says.</summary>
    private static async Task<SimulatedFrameCheck> ReadPixel(WorkbenchPage page, double x, double y)
    {
        await page.Click(x, y);
        await page.Until("/x \\d+/.test(document.querySelector('.readout').innerText)");
        string[] words = (await page.Text(".readout")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new SimulatedFrameCheck(int.Parse(words[1]), int.Parse(words[3]), double.Parse(words[4]));
    }
}
