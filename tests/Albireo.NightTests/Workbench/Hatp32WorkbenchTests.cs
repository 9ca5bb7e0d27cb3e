using System.Globalization;
using System.Text.Json.Nodes;
using Albireo.Tests.Support;
using Albireo.Tests.Web;

namespace Albireo.NightTests.Workbench;

/// <summary>A real night worked in the browser from raw frames to export; every product equals the command line's byte for byte.</summary>
[Collection(BrowserTests.Name)]
public sealed class Hatp32WorkbenchTests(Chromium chromium) : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task The_whole_way_gives_the_numbers_of_the_command_line()
    {
        string night = Repository.Shared("hatp32");
        string output = scratch.At("web");
        await using OpenWorkbench open = await OpenWorkbench.Start(night, output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        await page.Keep("hatp32-1-night");

        // Stars by clicking, then the run.
        await page.Press("2");
        await page.Press("t");
        foreach (
            (double x, double y, string label) in ((double, double, string)[])[(424, 286, "Target"), (465, 183, "C1"), (512, 263, "C2")]
        )
        {
            await page.Pick(
                x,
                y,
                label == "Target"
                    ? "!document.querySelector('.picks li').innerText.includes('click it')"
                    : $"document.querySelector('.picks').innerText.includes('{label} ')"
            );
        }
        await page.Press("Escape");
        await page.Keep("hatp32-2-stars");
        await page.Run();
        await page.Keep("hatp32-3-run");
        JsonNode curve = await page.Curve();
        string typed = (string)curve["command"]!;
        string shell = scratch.At("cli");
        AlbireoRun run = AlbireoRun.Of([.. Words(typed).Select(w => w == output ? shell : w)]);
        Assert.True(run.Code == 0, run.ToString());
        AssertSame(output, shell, "lightcurve.csv", "observation.fits");

        // What the page shows is what the command line prints.
        await page.Press("3");
        await page.Page.WaitForSelectorAsync(".plot canvas");
        string scatter = await page.Text("[data-test=scatter]");
        Assert.Contains($"point-to-point scatter {scatter},", run.Out);
        await page.Keep("hatp32-4-curve");

        // A frame left out by a key: the scatter changes, and changes back.
        string outlier = Worst(curve);
        await page.Press("Home");
        await page.Page.EvaluateAsync("() => document.activeElement.blur()");
        for (int i = 0; i < Index(curve, outlier); i++)
        {
            await page.Press("ArrowRight");
        }
        await page.Shown(outlier);
        await page.Press("x");
        await page.Until($"document.querySelector('[data-test=scatter]').innerText !== '{scatter}'");
        Assert.Equal("141 of 142", await page.Text("[data-test=points]"));
        string without = await page.Text("[data-test=scatter]");
        AlbireoRun again = AlbireoRun.Of("curve", "-o", shell, "--set", $"curve.exclude-frames={outlier}");
        Assert.True(again.Code == 0, again.ToString());
        Assert.Contains($"141 points, point-to-point scatter {without},", again.Out);
        AssertSame(output, shell, "lightcurve.csv");
        await page.Until(
            $"document.querySelector('.status .command').innerText.includes('albireo curve -o {output} --set curve.exclude-frames={outlier}')"
        );
        await page.Keep("hatp32-5-excluded");
        await page.Press("u");
        await page.Until($"document.querySelector('[data-test=scatter]').innerText === '{scatter}'");
        await page.Press("Shift+U");
        await page.Until($"document.querySelector('[data-test=scatter]').innerText === '{without}'");

        // The fit.
        await page.Press("4");
        (string Name, string Value)[] planet =
        [
            ("period", "2.1500082"),
            ("a-rs", "6.05,0.04"),
            ("inclination", "88.98,0.7"),
            ("u1", "0.35"),
            ("u2", "0.25"),
        ];
        foreach ((string name, string value) in planet)
        {
            await page.Page.FillAsync($".fit input[name={name}]", value);
        }
        await page.Page.ClickAsync(".fit button[type=submit]");
        await page.Page.WaitForSelectorAsync("[data-test=fit-rp_rs]");
        await page.Page.WaitForSelectorAsync(".plot canvas");
        await page.Keep("hatp32-6-fit");
        AlbireoRun fit = AlbireoRun.Of(["fit", "-o", shell, .. planet.SelectMany(p => (string[])["--" + p.Name, p.Value])]);
        Assert.True(fit.Code == 0, fit.ToString());
        AssertSame(output, shell, "fit.json", "fit.csv");
        string radius = (await page.Text("[data-test=fit-rp_rs] td")).Trim();
        double value2 = (double)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, "fit.json")))!["rp_rs"]!["value"]!;
        Assert.Equal(value2.ToString("G6", CultureInfo.InvariantCulture), radius);

        // The export.
        await page.Press("Escape");
        await page.Press("5");
        await page.Page.FillAsync(".export input[name=observer]", "ABC");
        await page.Page.FillAsync(".export input[name=star]", "HAT-P-32");
        await page.Page.FillAsync(".export input[name=filter]", "CV");
        await page.Page.ClickAsync(".export button[type=submit]");
        await page.Page.WaitForSelectorAsync("pre.file");
        await page.Keep("hatp32-7-export");
        string file = scratch.At("aavso.txt");
        AlbireoRun export = AlbireoRun.Of(
            "export",
            shell,
            "--format",
            "aavso",
            "-o",
            file,
            "--observer",
            "ABC",
            "--star",
            "HAT-P-32",
            "--filter",
            "CV"
        );
        Assert.True(export.Code == 0, export.ToString());
        Assert.Equal(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(Path.Combine(output, "export", "aavso.txt")));
        Assert.Contains(export.ErrorLines[0], await page.Text(".export"));

        // A reload shows the same, since all of it is in OUT.
        await page.Page.ReloadAsync();
        await page.Shown();
        await page.Press("3");
        await page.Until($"document.querySelector('[data-test=scatter]').innerText === '{without}'");
        await page.Press("4");
        await page.Until($"document.querySelector('[data-test=fit-rp_rs] td').innerText.trim() === '{radius}'");
        await page.Press("6");
        await page.Keep("hatp32-8-log");
    }

    [Fact]
    public async Task First_paint_and_frame_switches_are_measured()
    {
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(
            "reduce",
            Repository.Shared("hatp32"),
            "-o",
            output,
            "--target",
            "424,286",
            "--comparison",
            "465,183",
            "--no-calibrated"
        );
        Assert.True(run.Code == 0, run.ToString());
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        await page.Page.ReloadAsync();
        await page.Shown();
        string paint = await page.Page.EvaluateAsync<string>(
            "() => JSON.stringify({ paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime, frame: performance.now() })"
        );
        double[] switches = await page.FrameSwitches(30);
        JsonNode first = JsonNode.Parse(paint)!;
        double median = switches.Order().ElementAt(switches.Length / 2);
        string told = string.Create(
            CultureInfo.InvariantCulture,
            $"first paint {(double)first["paint"]!:F0} ms, first frame {(double)first["frame"]!:F0} ms, frame switch median {median:F0} ms, worst {switches.Max():F0} ms"
        );
        TestContext.Current.TestOutputHelper?.WriteLine(told);
        string folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "TestResults")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "workbench-times.txt"), told + "\n");
        Assert.Equal(30, switches.Length); // reported, not asserted: the machine may be busy
    }

    /// <summary>The frame whose value is farthest from its neighbours.</summary>
    private static string Worst(JsonNode curve)
    {
        JsonNode[] frames = [.. curve["frames"]!.AsArray().Select(f => f!)];
        double Step(int i) =>
            Math.Abs((double)frames[i]["flux"]! - (((double)frames[i - 1]["flux"]! + (double)frames[i + 1]["flux"]!) / 2));
        return (string)frames[Enumerable.Range(1, 40).MaxBy(Step)]["name"]!;
    }

    private static int Index(JsonNode curve, string name) =>
        curve["frames"]!.AsArray().Select(f => (string)f!["name"]!).ToList().IndexOf(name);

    /// <summary>The words of a command line after the program's name.</summary>
    private static string[] Words(string line) => [.. line.Split(' ').Skip(1).Select(w => w.Trim('\''))];

    private static void AssertSame(string first, string second, params string[] names)
    {
        foreach (string name in names)
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(first, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(second, name))),
                $"{name} differs"
            );
        }
    }
}
