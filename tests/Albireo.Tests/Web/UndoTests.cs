using System.Text.Json.Nodes;
using Albireo.Tests.Support;

namespace Albireo.Tests.Web;

/// <summary>The steps that OUT keeps: there and back, over other programs and other workbenches.</summary>
public sealed class UndoTests(ReducedNight reduced) : IClassFixture<ReducedNight>
{
    [Fact]
    public async Task Steps_are_taken_back_and_done_again_in_order()
    {
        (_, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        Assert.Null((await open.Post("/api/undo"))!["label"]);
        JsonNode night = (await open.Get("/api/night"))!["night"]!;
        string id = (string)night["frames"]!.AsArray().First(f => (string)f!["frame"]! == "light-R-0002")!["id"]!;
        await open.Post("/api/night/edits?label=V", new object[] { new { id, values = new { filter = "V" } } });
        await open.Post("/api/curve?label=aperture", new { settings = new[] { new { key = "curve.aperture", values = new[] { "0" } } } });
        await open.Post("/api/curve?label=check", new { check = "none" });
        Assert.Equal("check", (string?)(await State(open))["undo"]);
        Assert.Equal("check", (string?)(await open.Post("/api/undo"))!["label"]);
        Assert.NotNull((await open.Get("/api/curve"))!["check"]);
        Assert.Equal(0, (int)(await open.Get("/api/curve"))!["aperture"]!);
        Assert.Equal("aperture", (string?)(await open.Post("/api/undo"))!["label"]);
        Assert.True((bool)(await open.Get("/api/curve"))!["aperture_chosen"]!);
        Assert.Equal("V", (string?)(await open.Post("/api/undo"))!["label"]);
        Assert.Equal("R", await Filter(open, id));
        Assert.Null((await State(open))["undo"]);

        Assert.Equal("V", (string?)(await open.Post("/api/redo"))!["label"]);
        Assert.Equal("V", await Filter(open, id));
        Assert.Equal("aperture", (string?)(await State(open))["redo"]);
        // Another change ends what could be done again.
        await open.Post("/api/curve?label=again", new { check = "none" });
        Assert.Null((await open.Post("/api/redo"))!["label"]);
    }

    [Fact]
    public async Task Another_workbench_takes_back_and_what_a_command_changed_stays()
    {
        (_, string output) = reduced.Copy();
        await using (OpenWorkbench first = await OpenWorkbench.Start(output))
        {
            await first.Post(
                "/api/curve?label=aperture",
                new { settings = new[] { new { key = "curve.aperture", values = new[] { "0" } } } }
            );
        }
        AlbireoRun run = AlbireoRun.Of("curve", "-o", output, "--set", "curve.exclude-frames=light-R-0003");
        Assert.True(run.Code == 0, run.ToString());
        await using OpenWorkbench second = await OpenWorkbench.Start(output);
        Assert.Equal("aperture", (string?)(await second.Post("/api/undo"))!["label"]);
        JsonNode curve = (await second.Get("/api/curve"))!;
        Assert.True((bool)curve["aperture_chosen"]!);
        Assert.True((bool)curve["frames"]![2]!["excluded"]!);
    }

    [Fact]
    public async Task A_step_about_stars_that_were_measured_anew_is_forgotten()
    {
        (string night, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        await open.Post("/api/curve?label=check", new { check = "none" });
        AlbireoRun run = AlbireoRun.Of("reduce", night, "-o", output, "--target", "80,60", "--reference", SmallNight.Light(4));
        Assert.True(run.Code == 0, run.ToString());
        Assert.Equal("check: other stars were measured since, so this step is forgotten.", await open.Refusal("/api/undo"));
        Assert.Null((await State(open))["undo"]);
    }

    [Fact]
    public async Task Stars_that_wait_for_a_run_are_kept_until_it_has_measured_them()
    {
        (_, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        var picks = new
        {
            frame = (string?)null,
            target = new
            {
                id = (int?)null,
                x = 80.5,
                y = 60.25,
            },
            comparisons = Array.Empty<object>(),
            check = (object?)null,
        };
        await open.Post("/api/picks?label=target", new { picks });
        Assert.Equal(80.5, (double)(await State(open))["picks"]!["target"]!["x"]!);
        await open.Post("/api/undo");
        Assert.Null((await State(open))["picks"]);
        await open.Post("/api/redo");
        await open.Post(
            "/api/runs",
            new
            {
                target = "80.5,60.25",
                comparisons = Array.Empty<string>(),
                takes_picks = true,
            }
        );
        Assert.Equal("done", (string?)(await open.Finished())["state"]);
        Assert.Null((await State(open))["picks"]);
    }

    [Fact]
    public void The_commands_that_a_page_shows_do_the_same()
    {
        (_, string output) = reduced.Copy();
        AlbireoRun none = AlbireoRun.Of("curve", "-o", output, "--target", "none");
        Assert.True(none.Code == 0, none.ToString());
        Assert.False(File.Exists(Path.Combine(output, "lightcurve.csv")));
        Assert.False(File.Exists(Path.Combine(output, "plots", "lightcurve.svg")));
        Assert.Contains("--target", Assert.Single(AlbireoRun.Of("fit", "-o", output, "--period", "2").Complaints));
        Assert.Equal(0, AlbireoRun.Of("curve", "-o", output, "--target", "#0").Code);
        File.WriteAllText(Path.Combine(output, "fit.json"), """{ "curve_sha256": "of another curve" }""");
        File.WriteAllText(Path.Combine(output, "fit.csv"), "frame\n");
        AlbireoRun forget = AlbireoRun.Of("fit", "-o", output, "--forget");
        Assert.True(forget.Code == 0, forget.ToString());
        Assert.False(File.Exists(Path.Combine(output, "fit.json")) || File.Exists(Path.Combine(output, "fit.csv")));
    }

    private static async Task<JsonNode> State(OpenWorkbench open) => (await open.Get("/api/state"))!;

    private static async Task<string?> Filter(OpenWorkbench open, string id) =>
        (string?)(await open.Get("/api/night"))!["night"]!["frames"]!.AsArray().First(f => (string)f!["id"]! == id)!["filter"];
}
