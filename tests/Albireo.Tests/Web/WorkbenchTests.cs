using System.Net;
using System.Text.Json.Nodes;
using Albireo.Pipeline.Inventory;
using Albireo.Tests.Support;
using Albireo.Web;
using Albireo.Web.Frames;
using Image = Albireo.Science.Images.Image;

namespace Albireo.Tests.Web;

/// <summary>What the pages are given and what they change: frames, edits of the night, curve, exports.</summary>
public sealed class WorkbenchTests(ReducedNight reduced) : IClassFixture<ReducedNight>
{
    [Fact]
    public async Task Pixels_are_those_of_the_file()
    {
        (string night, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        Image raw = Albireo.Pipeline.Frames.FrameReader.ReadImage(Path.Combine(night, SmallNight.Light(1))).Image;
        string id = (string)(await open.Get("/api/curve"))!["frames"]![0]!["id"]!;
        JsonNode block = (await open.Get($"/api/frames/{id}/pixels?x=150&y=100&width=64&height=64"))!;
        Assert.Equal((10, 20), ((int)block["width"]!, (int)block["height"]!)); // cut at the frame's edges
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(raw[150 + (i % 10), 100 + (i / 10)], (float)block["values"]![i]!);
        }
        Assert.Contains(
            "outside",
            (string)JsonNode.Parse(await Text(open, $"/api/frames/{id}/pixels?x=160&y=0&width=1&height=1"))!["error"]!
        );
        Assert.Contains("not understood", (string)JsonNode.Parse(await Text(open, $"/api/frames/{id}/pixels?x=here"))!["error"]!);
    }

    [Theory]
    [InlineData(1, 0)] // whole counts of a camera
    [InlineData(0.37, 0.01)] // calibrated values
    public void Codes_of_a_tile_give_the_pixels_back(double step, double noise)
    {
        const int width = 700;
        const int height = 300;
        var image = new Image(width, height);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (float)(300 + (step * (i * 7919 % 1000)) + (noise * (i % 13)));
        }
        image[650, 10] = float.NaN;
        var picture = new FramePicture(image, "v", Albireo.Science.Images.BandRunner.Serial);
        Assert.Equal(2, picture.Levels);
        byte[] tile = picture.Tile(0, 1, 0)!; // columns 512 … 699
        Assert.Equal((width - 512) * height * 2, tile.Length);
        double worst = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 512; x < width; x++)
            {
                int at = 2 * ((y * (width - 512)) + x - 512);
                int code = tile[at] | (tile[at + 1] << 8);
                double value = picture.IsLinear
                    ? picture.Zero + (picture.Scale * (code - 1))
                    : picture.Zero + (picture.Scale * Math.Sinh(picture.First + ((code - 1) * (picture.Last - picture.First) / 65533)));
                if (float.IsNaN(image[x, y]))
                {
                    Assert.Equal(0, code);
                }
                else
                {
                    worst = Math.Max(worst, Math.Abs(value - image[x, y]));
                }
            }
        }
        Assert.Equal(noise == 0, picture.IsLinear);
        Assert.True(worst < 0.02, $"{worst}");
        Assert.Null(picture.Tile(0, 2, 0));
        Assert.Null(picture.Tile(2, 0, 0));
        Assert.Null(picture.Tile(-1, 0, 0));
        Assert.Equal(2 * 350 * 150, picture.Tile(1, 0, 0)!.Length);
    }

    [Fact]
    public void Every_saturated_pixel_is_marked_at_every_level()
    {
        var image = new Image(2600, 700);
        (int X, int Y)[] bright = [(0, 0), (511, 511), (512, 3), (1030, 690), (2599, 699)];
        foreach ((int x, int y) in bright)
        {
            image[x, y] = 50_000;
        }
        image[700, 300] = 49_999;
        image[800, 300] = float.NaN;
        var picture = new FramePicture(image, "v", Albireo.Science.Images.BandRunner.Serial);
        for (int level = 0; level < picture.Levels; level++)
        {
            var marked = new HashSet<(int, int)>();
            for (int row = 0; picture.AtLeast(50_000, level, 0, row) is not null; row++)
            {
                for (int column = 0; picture.AtLeast(50_000, level, column, row) is { } bits; column++)
                {
                    int width = Math.Min(512, ((image.Width + (1 << level) - 1) >> level) - (column * 512));
                    int stride = (width + 7) / 8;
                    for (int i = 0; i < bits.Length * 8; i++)
                    {
                        if ((bits[i / 8] & (1 << (i % 8))) != 0)
                        {
                            marked.Add(((column * 512) + (i % (8 * stride)), (row * 512) + (i / (8 * stride))));
                        }
                    }
                }
            }
            Assert.Equal(bright.Select(b => (b.X >> level, b.Y >> level)).ToHashSet(), marked);
        }
        Assert.Null(picture.AtLeast(50_000, picture.Levels, 0, 0));
    }

    [Fact]
    public async Task The_star_under_the_pointer_is_found_where_the_truth_has_it()
    {
        (_, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        string id = (string)(await open.Get("/api/curve"))!["frames"]![0]!["id"]!;
        var star = reduced.Night.Night.Truth.Stars[0];
        JsonNode probe = (await open.Get(FormattableString.Invariant($"/api/frames/{id}/probe?x={star.X + 3}&y={star.Y - 2}")))!;
        Assert.Equal(star.X, (double)probe["x"]!, 0.1);
        Assert.Equal(star.Y, (double)probe["y"]!, 0.1);
        Assert.True((bool)probe["centred"]!);
        Assert.True((double)probe["radius"]! < (double)probe["inner"]! && (double)probe["inner"]! < (double)probe["outer"]!);
    }

    [Fact]
    public async Task What_is_said_of_frames_stands_in_night_yaml_and_counts_everywhere()
    {
        (string night, string output) = reduced.Copy();
        File.WriteAllText(Path.Combine(output, "night.yaml"), "site: {latitude: 10.5, longitude: -66.9, height: 1000}\n");
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        JsonNode[] frames = [.. (await open.Get("/api/night"))!["night"]!["frames"]!.AsArray().Select(f => f!)];
        string id = (string)frames.First(f => (string)f["frame"]! == "light-R-0002")["id"]!;
        JsonNode after = (
            await open.Post("/api/night/edits", new object[] { new { id, values = new { exclude = "clouds: \"thick\"", filter = "V" } } })
        )!;
        JsonNode changed = after["night"]!["frames"]!.AsArray().First(f => (string)f!["id"]! == id)!;
        Assert.Equal("left_out", (string)changed["status"]!);
        Assert.Equal("V", (string)changed["filter"]!);
        Assert.Equal("night.yaml", (string)changed["filter_from"]!);
        Assert.Equal("clouds: \"thick\"", (string)changed["edits"]!["exclude"]!);
        NightFile file = NightFile.Read(Path.Combine(output, "night.yaml"));
        Assert.Equal(10.5, file.Site!.Value.LatitudeDegrees); // what stood there stays
        Assert.Contains("clouds: \"thick\"", Assert.Single(file.Frames).Exclude);
        AlbireoRun run = AlbireoRun.Of("reduce", night, "-o", output, "--target", "80,60");
        Assert.Contains("5 of 5 lights", run.Out);

        // Words taken back leave nothing behind; a wrong one changes nothing.
        await open.Post("/api/night/edits", new object[] { new { id, values = new { exclude = (string?)null, filter = (string?)null } } });
        Assert.Empty(NightFile.Read(Path.Combine(output, "night.yaml")).Frames);
        string before = File.ReadAllText(Path.Combine(output, "night.yaml"));
        Assert.Contains(
            "no kind of frame",
            await open.Refusal("/api/night/edits", new object[] { new { id, values = new { kind = "moon" } } })
        );
        Assert.Contains(
            "no value of a frame",
            await open.Refusal("/api/night/edits", new object[] { new { id, values = new { site = "1,2" } } })
        );
        Assert.Contains(
            "no such frame",
            await open.Refusal("/api/night/edits", new object[] { new { id = "nobody", values = new { kind = "dark" } } })
        );
        Assert.Equal(before, File.ReadAllText(Path.Combine(output, "night.yaml")));
    }

    [Fact]
    public async Task A_frame_leaves_the_curve_and_comes_back()
    {
        (_, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        JsonNode whole = (await open.Get("/api/curve"))!;
        JsonNode without = (await open.Post("/api/curve", Excluding("light-R-0003")))!;
        JsonNode frame = without["frames"]![2]!;
        Assert.True((bool)frame["excluded"]!);
        Assert.False((bool)frame["used"]!);
        Assert.Equal(5, (int)without["used_points"]!);
        Assert.NotEqual((double)whole["point_to_point_scatter"]!, (double)without["point_to_point_scatter"]!);
        Assert.NotNull(frame["flux"]); // it can be seen, and taken back
        CsvTable csv = CsvTable.Read(Path.Combine(output, "lightcurve.csv"));
        Assert.Equal(["true", "true", "false", "true", "true", "true"], csv.Texts("used"));

        // Nothing is computed from it: the same curve as if it had not been measured.
        double[] flux = csv.Reals("relative_flux");
        double[] left = [.. flux.Where((_, i) => i != 2).Order()];
        Assert.Equal(1, left[2], 9); // the median of the others is the level

        Assert.Contains("no frame of this observation has that name", await open.Refusal("/api/curve", Excluding("nobody")));
        JsonNode again = (
            await open.Post("/api/curve", new { settings = new[] { new { key = "curve.exclude-frames", values = (string[]?)null } } })
        )!;
        Assert.Equal((double)whole["point_to_point_scatter"]!, (double)again["point_to_point_scatter"]!);
        Assert.Equal(whole["command"]!.ToString(), again["command"]!.ToString());
    }

    [Fact]
    public async Task The_check_star_can_be_taken_back()
    {
        (_, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        int? check = (int?)(await open.Get("/api/curve"))!["check"];
        Assert.NotNull(check);
        Assert.Null((await open.Post("/api/curve", new { check = "none" }))!["check"]);
        JsonArray history = (await open.Get("/api/state"))!["history"]!.AsArray();
        Assert.EndsWith("--check none", (string)history[^1]!["command"]!);
        Assert.Equal(check, (int?)(await open.Post("/api/curve", new { check = $"#{check}" }))!["check"]);
    }

    [Fact]
    public async Task An_export_is_refused_with_what_is_missing_and_made_with_it()
    {
        (_, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        Assert.Contains("observer", await open.Refusal("/api/exports", new { format = "aavso" }));
        JsonNode made = (
            await open.Post(
                "/api/exports",
                new { format = "aavso", settings = new[] { new { key = "export.observer", values = new[] { "ABC" } } } }
            )
        )!;
        Assert.Contains("#OBSCODE=ABC", (string)made["text"]!);
        using HttpResponseMessage file = await open.Page.GetAsync("/api/exports/aavso");
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.StartsWith("#TYPE=EXTENDED", await file.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_run_is_cancelled_and_begins_anew()
    {
        (_, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        await open.Post("/api/runs");
        await open.Post("/api/runs/cancel");
        Assert.Contains((string)(await open.Finished())["state"]!, (string[])["cancelled", "done"]);
        await open.Post("/api/runs");
        JsonNode job = await open.Finished();
        Assert.Equal("done", (string)job["state"]!);
        Assert.Contains(job["lines"]!.AsArray(), l => ((string)l!).Contains("6 of 6 lights measured", StringComparison.Ordinal));
        Assert.StartsWith("albireo reduce ", (string)job["command"]!);
    }

    [Fact]
    public async Task Progress_comes_as_events()
    {
        (_, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        using HttpResponseMessage events = await open.Page.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 1000", await reader.ReadLineAsync());
        await open.Post("/api/runs");
        var stages = new HashSet<string>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                JsonNode job = JsonNode.Parse(line["data: ".Length..])!;
                stages.Add((string)job["stage"]!);
                if ((string)job["state"]! != "running")
                {
                    break;
                }
            }
        }
        Assert.Superset(new HashSet<string> { "inventory", "measure" }, stages);
    }

    [Fact]
    public async Task A_folder_that_goes_away_bit_by_bit_is_told_when_it_is_gone()
    {
        (string night, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        using HttpResponseMessage events = await open.Page.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        async Task Told()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (await reader.ReadLineAsync(limit.Token) != "event: observation") { }
        }
        File.Delete(Path.Combine(output, "observation.fits"));
        await Told();
        Assert.Null((await open.Get("/api/state"))!["missing"]); // the rest is still there
        Directory.Delete(output, recursive: true);
        await Told();
        Assert.Equal($"{output} is not there any more; a run makes it anew.", (string?)(await open.Get("/api/state"))!["missing"]);

        // Another look at the night does not bring it back, nor does a folder that somebody else puts there; a run does.
        int version = (int)(await open.Get("/api/night"))!["version"]!;
        File.Delete(Path.Combine(night, SmallNight.Light(6)));
        await open.Until(async () => (int)(await open.Get("/api/night"))!["version"]! > version);
        Assert.False(Directory.Exists(output));
        Directory.CreateDirectory(Path.Combine(output, ".albireo"));
        string id = (string)(await open.Get("/api/night"))!["night"]!["frames"]![0]!["id"]!;
        Assert.Contains(
            "not there any more",
            await open.Refusal("/api/night/edits", new object[] { new { id, values = new { filter = "V" } } })
        );
        await open.Post("/api/runs");
        Assert.Equal("done", (string?)(await open.Finished())["state"]);
        await open.Until(() => Task.FromResult(File.Exists(Path.Combine(output, ".albireo", "workbench"))));
        Assert.Null((await open.Get("/api/state"))!["missing"]);
    }

    [Theory]
    [InlineData("nowhere", "does not exist")]
    [InlineData("run.json", "is not the record of a run")]
    public async Task What_cannot_be_opened_is_refused_in_a_sentence(string what, string sentence)
    {
        string folder = reduced.Scratch.At(Path.GetRandomFileName());
        if (what == "run.json")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, what), "{ not json");
        }
        var e = await Assert.ThrowsAsync<Albireo.Pipeline.AlbireoException>(() =>
            WorkbenchServer.StartAsync(new WorkbenchOptions { Path = folder }, CancellationToken.None)
        );
        Assert.Contains(sentence, e.Message);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using OpenWorkbench open = await OpenWorkbench.Start(reduced.Copy().Output, opens: false);
        AlbireoRun run = AlbireoRun.Of("serve", reduced.Copy().Output, "--no-browser", "--port", open.Address.Port.ToString());
        Assert.Equal(2, run.Code);
        Assert.Contains($"--port {open.Address.Port}", Assert.Single(run.Complaints));
        Assert.Equal(2, AlbireoRun.Of("serve", "--port", "70000").Code);
    }

    private static object Excluding(string frame) =>
        new { settings = new[] { new { key = "curve.exclude-frames", values = new[] { frame } } } };

    private static async Task<string> Text(OpenWorkbench open, string path)
    {
        using HttpResponseMessage answer = await open.Page.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
