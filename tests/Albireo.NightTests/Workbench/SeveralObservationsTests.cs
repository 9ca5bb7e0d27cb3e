using Albireo.Pipeline.Stages;
using Albireo.Science.Time;
using Albireo.Tests.Support;
using Albireo.Tests.Web;

namespace Albireo.NightTests.Workbench;

/// <summary>Several observations in one OUT, and nights that were joined from others.</summary>
[Collection(BrowserTests.Name)]
public sealed class SeveralObservationsTests(Chromium chromium) : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task One_observation_after_the_other_is_shown_and_changed()
    {
        SimulatedNight red = Simulate("red", "R", 0, 5);
        Simulate("green", "V", 0, 4);
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of([
            "reduce",
            scratch.At("red"),
            scratch.At("green"),
            "-o",
            output,
            .. SmallNight.StarOptions(red.Truth),
        ]);
        Assert.True(run.Code == 0, run.ToString());
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        await page.Until("document.querySelectorAll('select[aria-label=Observation] option').length === 2");
        await page.Keep("several-1-night");
        await page.Press("3");
        await page.Until(Points("5 of 5"));
        await page.Page.SelectOptionAsync("select[aria-label=Observation]", new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        await page.Until(Points("4 of 4"));
        await page.Press("Home");
        await page.Settled();
        Assert.StartsWith("light-V", await page.Text(".viewer .name b")); // the picture goes with the observation
        await page.Press("x");
        await page.Until(Points("3 of 4"));
        await page.Keep("several-2-green");

        // The change belongs to its observation: undone from the other one, it is shown again.
        await page.Page.SelectOptionAsync("select[aria-label=Observation]", new Microsoft.Playwright.SelectOptionValue { Index = 0 });
        await page.Until(Points("5 of 5"));
        await page.Settled();
        Assert.StartsWith("light-R", await page.Text(".viewer .name b"));
        await page.Press("Escape");
        await page.Page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Press("u");
        await page.Until(Points("4 of 4"));
        await page.Until("document.querySelector('select[aria-label=Observation]').selectedIndex === 1");
        await page.Page.ReloadAsync();
        await page.Shown();
        await page.Press("5");
        await page.Page.ClickAsync("a:has-text('Open the report')");
        await page.Run();
        await page.Press("3");
        await page.Until(Points("4 of 4")); // a run of all of them keeps what is shown
    }

    [Fact]
    public async Task Joined_nights_are_shown_changed_and_joined_again()
    {
        string[] nights = [Reduced("one", 0, 5), Reduced("two", 2, 4)];
        string output = scratch.At("both");
        AlbireoRun run = AlbireoRun.Of(["curve", .. nights, "--join", "-o", output]);
        Assert.True(run.Code == 0, run.ToString());
        await using OpenWorkbench open = await OpenWorkbench.Start(output, opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown();
        await page.Says("what their frames are is said where each was made");
        await page.Keep("joined-1-night");
        await page.Press("3");
        await page.Until(Points("9 of 9"));
        await page.Press("End");
        await page.Settled();
        await page.Keep("joined-2-curve");
        await page.Press("x");
        await page.Until(Points("8 of 9"));

        // A run joins the reductions again, with what was said of the curve.
        await page.Run();
        await page.Until(
            $"document.querySelector('.status .command').innerText.includes('albireo curve {nights[0]} {nights[1]} --join -o {output}')"
        );
        await page.Keep("joined-3-run");
        await page.Press("3");
        await page.Until(Points("8 of 9"));
        await page.Press("u");
        await page.Until(Points("9 of 9"));

        // The stages of raw frames say that there are none.
        AlbireoRun masters = AlbireoRun.Of("masters", "-o", output);
        Assert.Equal(2, masters.Code);
        Assert.Contains("has no raw frames of its own", Assert.Single(masters.Complaints));
        Assert.Contains("has no raw frames of its own", AlbireoRun.Of("reduce", output, "-o", scratch.At("x")).Error);
    }

    private static string Points(string text) => $"document.querySelector('[data-test=points]')?.innerText === '{text}'";

    private SimulatedNight Simulate(string name, string filter, int days, int lights)
    {
        SimulateOptions plain = SmallNight.Options;
        JulianDate start = new(plain.Plan.Start.Day + days, plain.Plan.Start.Fraction, TimeScale.Utc);
        return SmallNight.Simulate(
            plain with
            {
                Filter = filter,
                Plan = plain.Plan with { LightFrames = lights, Start = start },
            },
            scratch.At(name)
        );
    }

    private string Reduced(string name, int days, int lights)
    {
        SimulatedNight night = Simulate(name, "R", days, lights);
        string output = scratch.At(name + "-out");
        AlbireoRun run = AlbireoRun.Of(["reduce", night.Folder, "-o", output, .. SmallNight.StarOptions(night.Truth)]);
        Assert.True(run.Code == 0, run.ToString());
        return output;
    }
}
