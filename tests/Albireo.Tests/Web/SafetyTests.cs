using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Albireo.Tests.Support;
using Albireo.Web;

namespace Albireo.Tests.Web;

/// <summary>What a foreign page, a foreign program or a hostile file must not be able to do (robustness: serving pages on this machine).</summary>
public sealed class SafetyTests(ReducedNight reduced) : IClassFixture<ReducedNight>
{
    private static readonly string[] Reading =
    [
        "/",
        "/icon.svg",
        "/api/state",
        "/api/night",
        "/api/curve",
        "/api/report",
        "/api/events",
        "/api/figures/lightcurve",
        "/api/exports/aavso",
        "/openapi/v1.json",
        "/no/such/page",
    ];
    private static readonly string[] Changing =
    [
        "/api/runs",
        "/api/runs/cancel",
        "/api/follow?on=true",
        "/api/curve",
        "/api/fit",
        "/api/exports",
        "/api/night/edits",
        "/api/undo",
        "/api/redo",
        "/api/picks",
        "/api/observation?name=out",
    ];

    [Fact]
    public async Task Only_the_loopback_address_listens()
    {
        await using OpenWorkbench open = await OpenWorkbench.Start(reduced.Copy().Output, opens: false);
        Assert.Equal("127.0.0.1", open.Address.Host);
        foreach (string other in (string[])["127.0.0.2", "::1"])
        {
            using var client = new TcpClient(other.Contains(':') ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(other, open.Address.Port));
        }
    }

    [Fact]
    public async Task A_foreign_host_is_turned_away_even_with_the_cookie()
    {
        await using OpenWorkbench open = await OpenWorkbench.Start(reduced.Copy().Output);
        int port = open.Address.Port;
        string[] hosts =
        [
            "evil.example",
            $"evil.example:{port}",
            "127.0.0.1",
            "localhost",
            $"127.0.0.1:{port + 1}",
            $"127.0.0.1.evil.example:{port}",
            $"[::1]:{port}",
            $"LOCALHOST.:{port}",
            $"127.1:{port}",
            "",
        ];
        foreach (string host in hosts)
        {
            string answer = await open.Raw(
                $"GET /api/state HTTP/1.1\r\nHost: {host}\r\nCookie: {open.Cookie}\r\nConnection: close\r\n\r\n"
            );
            Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{host}: {answer}");
            Assert.DoesNotContain("observation", answer);
        }
        foreach (string own in (string[])[$"127.0.0.1:{port}", $"localhost:{port}"])
        {
            string answer = await open.Raw($"GET /api/state HTTP/1.1\r\nHost: {own}\r\nCookie: {open.Cookie}\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", answer);
        }
    }

    [Fact]
    public async Task Without_the_cookie_nothing_is_shown()
    {
        await using OpenWorkbench open = await OpenWorkbench.Start(reduced.Copy().Output);
        using var stranger = new HttpClient { BaseAddress = open.Address };
        foreach (string path in Reading)
        {
            using HttpResponseMessage answer = await stranger.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        stranger.DefaultRequestHeaders.Add("Cookie", $"albireo-{open.Address.Port}={new string('A', 43)}");
        using HttpResponseMessage guess = await stranger.GetAsync("/api/state");
        Assert.Equal(HttpStatusCode.Unauthorized, guess.StatusCode);
        Assert.Equal("albireo: Open the link that albireo serve printed; it works once.\n", await guess.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_link_works_once_and_gives_a_strict_cookie()
    {
        await using OpenWorkbench open = await OpenWorkbench.Start(reduced.Copy().Output, opens: false);
        string link = Assert.Single(open.Links);
        Assert.Equal(43, link.Split("token=")[1].Length); // 32 bytes in base64url
        using var first = new HttpClient(new HttpClientHandler { UseCookies = false });
        using HttpResponseMessage answer = await first.GetAsync(link);
        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.DoesNotContain(link.Split("token=")[1], cookie); // the link's secret is not the cookie's
        using HttpResponseMessage second = await first.GetAsync(link);
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.False(second.Headers.Contains("Set-Cookie"));
        using HttpResponseMessage guessed = await first.GetAsync(new Uri(open.Address, "/?token=" + new string('x', 43)));
        Assert.Equal(HttpStatusCode.Forbidden, guessed.StatusCode);
        // The next link is printed when one is used, and is another one.
        Assert.Equal(2, open.Links.Distinct().Count());
        using HttpResponseMessage next = await first.GetAsync(open.Links.Last());
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_foreign_page_cannot_change_anything()
    {
        (string night, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        SortedDictionary<string, string> before = ProductTree.Products(output);
        string own = $"http://127.0.0.1:{open.Address.Port}";
        (string? Origin, string? Header, string? Site)[] forms =
        [
            ("https://evil.example", "1", null),
            ("null", "1", null),
            (null, "1", null),
            ($"http://localhost:{open.Address.Port}", "1", null), // another origin than the page's own
            ("http://127.0.0.1:1", "1", null),
            (own, null, null), // what a form can send
            (own, "1", "cross-site"),
            (own, "1", "same-site"),
        ];
        foreach (string path in Changing)
        {
            foreach (string method in (string[])["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
            {
                foreach ((string? origin, string? header, string? site) in forms)
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(open.Address, path))
                    {
                        Content = JsonContent.Create(new { }),
                    };
                    request.Headers.Add("Cookie", open.Cookie);
                    AddIf(request, "Origin", origin);
                    AddIf(request, "X-Albireo", header);
                    AddIf(request, "Sec-Fetch-Site", site);
                    using var foreign = new HttpClient(new HttpClientHandler { UseCookies = false });
                    using HttpResponseMessage answer = await foreign.SendAsync(request);
                    Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} from {origin}: {answer.StatusCode}");
                    Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
                }
            }
        }
        ProductTree.AssertSame(before, ProductTree.Products(output));
    }

    [Fact]
    public async Task Reading_never_changes_anything()
    {
        (string night, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        SortedDictionary<string, string> before = ProductTree.Products(output);
        SortedDictionary<string, string> raw = ProductTree.Files(night);
        string id = await FirstLight(open);
        string[] frames =
        [
            $"/api/frames/{id}/picture",
            $"/api/frames/{id}/picture?calibrated=true",
            $"/api/frames/{id}/tiles/0/0/0",
            $"/api/frames/{id}/pixels?x=1&y=1&width=3&height=3",
            $"/api/frames/{id}/header",
            $"/api/frames/{id}/probe?x=80&y=60",
            $"/api/frames/{id}/saturated",
            $"/api/frames/{id}/stars",
            $"/api/frames/{id}/calibration",
        ];
        foreach (string path in frames)
        {
            using HttpResponseMessage answer = await open.Page.GetAsync(path);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        }
        foreach (string path in Reading.Concat(Changing).Where(p => p != "/api/events"))
        {
            using HttpResponseMessage answer = await open.Page.GetAsync(path);
        }
        ProductTree.AssertSame(before, ProductTree.Products(output));
        ProductTree.AssertSame(raw, ProductTree.Files(night));
    }

    [Fact]
    public async Task Every_answer_carries_the_safe_headers()
    {
        await using OpenWorkbench open = await OpenWorkbench.Start(reduced.Copy().Output);
        foreach (string path in Reading.Where(p => p != "/api/events"))
        {
            using HttpResponseMessage answer = await open.Page.GetAsync(path);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe-eval", policy);
            if (path != "/api/report")
            {
                Assert.Contains("default-src 'self'; img-src 'self' blob:", policy);
                Assert.DoesNotContain("unsafe", policy);
            }
            else
            {
                Assert.StartsWith("sandbox; default-src 'none'", policy); // no script runs in it
            }
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task No_request_leads_out_of_the_folders()
    {
        (string night, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        string[] paths =
        [
            "/../../../../../../etc/passwd",
            "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2f..%2f..%2fetc%2fpasswd",
            "/assets/../../albireo.runtimeconfig.json",
            "/assets/..%2f..%2falbireo.runtimeconfig.json",
            "//etc/passwd",
            "/api/frames/..%2f..%2fetc%2fpasswd/header",
            "/api/frames/%2fetc%2fpasswd/header",
            $"/api/frames/{Uri.EscapeDataString(Directory.GetFiles(night)[0])}/header",
            "/api/frames/..%2f..%2fetc%2fpasswd/tiles/0/0/0",
            "/api/figures/..%2f..%2f..%2fetc%2fpasswd",
            "/api/exports/..%2f..%2f..%2f..%2fetc%2fpasswd",
            "/api/exports/aavso%00.txt",
        ];
        foreach (string path in paths)
        {
            string answer = await open.Raw(
                $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{open.Address.Port}\r\nCookie: {open.Cookie}\r\nConnection: close\r\n\r\n"
            );
            Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{path}: {answer}");
            Assert.DoesNotContain("root:", answer);
            Assert.DoesNotContain("SIMPLE", answer);
        }
        Assert.Contains("expected one of", await open.Refusal("/api/exports", new { format = "../../x" }));
        Assert.Contains("no such observation", await open.Refusal("/api/observation?name=..%2F..%2Fetc", new { }));
    }

    [Fact]
    public async Task Products_that_are_links_are_not_followed()
    {
        (string night, string output) = reduced.Copy();
        string secret = reduced.Scratch.At(Path.GetRandomFileName());
        File.WriteAllText(secret, "not for pages");
        string report = Path.Combine(output, "report.html");
        File.Delete(report);
        File.CreateSymbolicLink(report, secret);
        string export = Path.Combine(Directory.CreateDirectory(Path.Combine(output, "export")).FullName, "aavso.txt");
        File.CreateSymbolicLink(export, secret);
        string calibrated = Path.Combine(output, "calibrated", "light-R-0001.fits");
        File.Move(calibrated, calibrated + ".elsewhere");
        File.CreateSymbolicLink(calibrated, calibrated + ".elsewhere");
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        string id = await FirstLight(open);
        foreach (
            string path in (string[])
                ["/api/report", "/api/exports/aavso", $"/api/frames/{id}/picture?calibrated=true", $"/api/frames/{id}/calibration"]
        )
        {
            using HttpResponseMessage answer = await open.Page.GetAsync(path);
            string text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{path}: {text}");
            Assert.Contains("is a link", text);
            Assert.DoesNotContain("not for pages", text);
        }
    }

    [Fact]
    public async Task The_built_pages_ask_for_nothing_from_elsewhere()
    {
        await using OpenWorkbench open = await OpenWorkbench.Start(reduced.Copy().Output, opens: false);
        foreach (string file in Directory.GetFiles(WorkbenchServer.PagesFolder, "*", SearchOption.AllDirectories))
        {
            string text = await File.ReadAllTextAsync(file);
            foreach (string scheme in (string[])["http://", "https://", "ws://", "wss://"])
            {
                int at = -1;
                while ((at = text.IndexOf(scheme, at + 1, StringComparison.Ordinal)) >= 0)
                {
                    // Names of XML vocabularies are no addresses.
                    Assert.StartsWith("http://www.w3.org/", text[at..Math.Min(text.Length, at + 40)]);
                }
            }
        }
    }

    [Fact]
    public async Task Text_of_a_header_stays_text()
    {
        (string night, string output) = reduced.Copy();
        string file = Path.Combine(night, SmallNight.Light(2));
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int card = System.Text.Encoding.ASCII.GetString(bytes).IndexOf("OBJECT  =", StringComparison.Ordinal);
        System.Text.Encoding.ASCII.GetBytes("OBJECT  = '<img src=x onerror=alert(1)>'".PadRight(80)).CopyTo(bytes, card);
        await File.WriteAllBytesAsync(file, bytes);
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        using HttpResponseMessage answer = await open.Page.GetAsync("/api/night");
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<img", text); // < is an escape in JSON, whoever sniffs it
        JsonNode frame = JsonNode.Parse(text)!["night"]!["frames"]!
            .AsArray()
            .Single(f => (string?)f!["object"] == "<img src=x onerror=alert(1)>")!;
        JsonArray header = (await open.Get($"/api/frames/{frame["id"]}/header"))!.AsArray();
        Assert.Contains(header, c => ((string)c!).Contains("<img src=x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_runs_at_once_are_refused_with_a_sentence()
    {
        (string night, string output) = reduced.Copy();
        await using OpenWorkbench open = await OpenWorkbench.Start(output);
        await open.Post("/api/runs");
        (HttpStatusCode status, JsonNode? second) = await open.TryPost("/api/runs");
        if (status != HttpStatusCode.Accepted) // the first may have been done in a moment
        {
            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Contains("under way", (string)second!["error"]!);
        }
        await open.Finished();
        // A run of another program holds OUT.
        using (new FileStream(Path.Combine(output, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            SortedDictionary<string, string> before = ProductTree.Products(output);
            await open.Post("/api/runs");
            JsonNode job = await open.Finished();
            Assert.Equal("failed", (string)job["state"]!);
            Assert.Contains("in use by another run", (string)job["error"]!);
            Assert.Contains("in use by another run", await open.Refusal("/api/curve", new { comparisons = (string[])["auto"] }));
            ProductTree.AssertSame(before, ProductTree.Products(output));
        }
        await open.Post("/api/runs");
        Assert.Equal("done", (string)(await open.Finished())["state"]!);
    }

    [Fact]
    public async Task The_interface_describes_itself_to_who_has_the_cookie()
    {
        await using OpenWorkbench open = await OpenWorkbench.Start(reduced.Copy().Output);
        JsonObject paths = (await open.Get("/openapi/v1.json"))!["paths"]!.AsObject();
        Assert.Contains("/api/frames/{id}/picture", paths.Select(p => p.Key));
        foreach ((string path, JsonNode? operations) in paths)
        {
            foreach ((string method, JsonNode? operation) in operations!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty((string?)operation!["summary"]), $"{method} {path} has no summary");
            }
        }
    }

    private static async Task<string> FirstLight(OpenWorkbench open) => (string)(await open.Get("/api/curve"))!["frames"]![0]!["id"]!;

    private static void AddIf(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
