using System.Globalization;
using System.Text.Json.Nodes;
using Albireo.Tests.Support;
using Microsoft.Playwright;

namespace Albireo.NightTests.Workbench;

/// <summary>The workbench in a browser, worked as a user does: by keys, clicks on the picture, and what can be read.</summary>
public sealed class WorkbenchPage : IAsyncDisposable
{
    /// <summary>Milliseconds after which a fact is given up; nothing waits that long unless it never comes.</summary>
    private const int Patience = 120_000;
    private readonly List<string> faults = [];
    private readonly List<string> foreign = [];

    private WorkbenchPage(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>What the browser complained about: scripts that failed, a policy that was violated.</summary>
    public IReadOnlyList<string> Faults => faults;

    public static async Task<WorkbenchPage> Open(IPage page, string link)
    {
        var open = new WorkbenchPage(page);
        string origin = new Uri(link).GetLeftPart(UriPartial.Authority);
        page.SetDefaultTimeout(Patience);
        page.PageError += (_, e) => open.faults.Add(e);
        page.Console += (_, m) =>
        {
            // A refused request is told on the page; everything else must not happen.
            if (m.Type == "error" && !m.Text.Contains("Failed to load resource", StringComparison.Ordinal))
            {
                open.faults.Add(m.Text);
            }
        };
        page.Request += (_, r) =>
        {
            if (!r.Url.StartsWith(origin, StringComparison.Ordinal) && !r.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                open.foreign.Add(r.Url);
            }
        };
        await page.GotoAsync(link);
        await page.WaitForSelectorAsync(".viewer canvas");
        return open;
    }

    public Task Press(string key) => Page.Keyboard.PressAsync(key);

    public Task<string> Text(string selector) => Page.InnerTextAsync(selector);

    /// <summary>Waits until something is so.</summary>
    /// <param name="condition">A JavaScript expression.</param>
    /// <param name="milliseconds">How long at most.</param>
    public Task Until(string condition, int milliseconds = Patience) =>
        Page.WaitForFunctionAsync(
            $"() => {{ try {{ return !!({condition}); }} catch {{ return false; }} }}",
            null,
            new() { Timeout = milliseconds }
        );

    /// <summary>Waits until the picture of a frame is drawn; any frame where no name is given.</summary>
    public Task Shown(string? name = null) =>
        Until($"document.querySelector('.sky canvas').dataset.frame {(name is null ? "" : $"=== '{name}'")}");

    /// <summary>Waits for a sentence in the page's status line or banners.</summary>
    public Task Says(string sentence) => Until($"document.body.innerText.includes({JsonValue.Create(sentence).ToJsonString()})");

    /// <summary>Clicks on the picture.</summary>
    /// <param name="x">Column of the frame.</param>
    /// <param name="y">Row of the frame.</param>
    public async Task Click(double x, double y)
    {
        JsonNode at = JsonNode.Parse(
            await Page.EvaluateAsync<string>(
                "() => { const c = document.querySelector('.sky canvas'); const r = c.getBoundingClientRect(); return JSON.stringify({ view: JSON.parse(c.dataset.view), left: r.x, top: r.y, width: r.width, height: r.height }); }"
            )
        )!;
        JsonNode view = at["view"]!;
        double scale = (double)view["scale"]!;
        double across = (x - (double)view["x"]!) * scale * ((bool)view["flipX"]! ? -1 : 1);
        double down = (y - (double)view["y"]!) * scale * ((bool)view["flipY"]! ? 1 : -1);
        await Page.Mouse.ClickAsync(
            (float)((double)at["left"]! + ((double)at["width"]! / 2) + across),
            (float)((double)at["top"]! + ((double)at["height"]! / 2) + down)
        );
    }

    /// <summary>Clicks on a star once the frame that was asked for is on the canvas, and waits until it is picked.</summary>
    /// <param name="x">Column of the frame.</param>
    /// <param name="y">Row of the frame.</param>
    /// <param name="sign">By which it is seen, a JavaScript expression.</param>
    public async Task Pick(double x, double y, string sign)
    {
        await Settled();
        await Click(x, y);
        await Until(sign);
    }

    /// <summary>Waits until the frame that is named is the one that is drawn, nothing is under way, and the layout has been painted.</summary>
    public async Task Settled() =>
        await Page.EvaluateAsync(
            """
            async () => {
              const text = name => document.querySelector(name)?.innerText ?? '';
              for (let painted = 0; painted < 2; ) {
                await new Promise(requestAnimationFrame);
                const isSettled = text('.viewer .name b') === document.querySelector('.sky canvas').dataset.frame && text('.status .busy') === '';
                painted = isSettled ? painted + 1 : 0;
              }
            }
            """
        );

    /// <summary>Runs the reduction and waits for its end.</summary>
    public async Task Run()
    {
        await Press("2");
        await Press("r");
        await Until("document.querySelector('.job.done, .job.failed')");
        string job = await Text(".job");
        Assert.True(await Page.QuerySelectorAsync(".job.done") is not null, job);
    }

    /// <summary>The curve as the page knows it.</summary>
    public async Task<JsonNode> Curve() =>
        JsonNode.Parse(await Page.EvaluateAsync<string>("async () => (await fetch('/api/curve')).text()"))!;

    /// <summary>Keeps a picture of the page among the test results.</summary>
    public Task Keep(string name) => Keep(Page, name);

    public static async Task Keep(IPage page, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "TestResults", "screenshots")).FullName;
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }

    /// <summary>Milliseconds from one keystroke to the next frame on the canvas, several times.</summary>
    public async Task<double[]> FrameSwitches(int count)
    {
        string text = await Page.EvaluateAsync<string>(
            $$"""
            async () => {
              const canvas = document.querySelector('.sky canvas');
              const times = [];
              for (let i = 0; i < {{count.ToString(CultureInfo.InvariantCulture)}}; i++) {
                const before = canvas.dataset.frame;
                const start = performance.now();
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
                while (canvas.dataset.frame === before || !canvas.dataset.frame) await new Promise(r => setTimeout(r, 0));
                times.push(performance.now() - start);
                await new Promise(r => setTimeout(r, 100));
              }
              return JSON.stringify(times);
            }
            """
        );
        return [.. JsonNode.Parse(text)!.AsArray().Select(t => (double)t!)];
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.Empty(faults);
        Assert.Empty(foreign);
    }
}
