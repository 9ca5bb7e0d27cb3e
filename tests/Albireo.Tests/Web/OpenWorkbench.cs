using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Tests.Support;
using Albireo.Web;

namespace Albireo.Tests.Web;

/// <summary>A workbench on a real port, opened through its one-time link as a browser would.</summary>
public sealed class OpenWorkbench : IAsyncDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };
    private readonly WorkbenchServer server;

    private OpenWorkbench(WorkbenchServer server, ConcurrentQueue<string> links)
    {
        (this.server, Links) = (server, links);
        Page = new HttpClient(handler) { BaseAddress = server.Address };
        Page.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        Page.DefaultRequestHeaders.Add("X-Albireo", "1");
    }

    /// <summary>Sends what our own page sends.</summary>
    public HttpClient Page { get; }
    public Uri Address => server.Address;

    /// <summary>Every link that was announced.</summary>
    public ConcurrentQueue<string> Links { get; }

    public static async Task<OpenWorkbench> Start(string path, string? output = null, bool opens = true)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(WorkbenchServer.PagesFolder, "index.html")), "the pages were built without Node");
        var links = new ConcurrentQueue<string>();
        WorkbenchServer server = await WorkbenchServer.StartAsync(
            new WorkbenchOptions
            {
                Path = path,
                Output = output,
                Announce = links.Enqueue,
                WatchInterval = TimeSpan.FromMilliseconds(50),
            }
        );
        var open = new OpenWorkbench(server, links);
        if (opens)
        {
            using HttpResponseMessage answer = await open.Page.GetAsync(links.First());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await open.Until(async () => (int)(await open.Get("/api/night"))!["version"]! > 0);
        }
        return open;
    }

    public async Task<JsonNode?> Get(string path)
    {
        using HttpResponseMessage answer = await Page.GetAsync(path);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>The answer to a change, which must be accepted.</summary>
    public async Task<JsonNode?> Post(string path, object? body = null)
    {
        (HttpStatusCode status, JsonNode? answer) = await TryPost(path, body);
        Assert.True((int)status < 300, $"{path}: {(int)status} {answer}");
        return answer;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> TryPost(string path, object? body = null)
    {
        using HttpResponseMessage answer = await Page.PostAsync(path, JsonContent.Create(body ?? new { }));
        string text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : JsonValue.Create(text));
    }

    /// <summary>The sentence of a change that is refused.</summary>
    public async Task<string> Refusal(string path, object? body = null)
    {
        (HttpStatusCode status, JsonNode? answer) = await TryPost(path, body);
        Assert.True((int)status >= 400, $"{path} was accepted");
        return (string)answer!["error"]!;
    }

    /// <summary>Waits for a run to end and returns its status.</summary>
    public async Task<JsonNode> Finished()
    {
        JsonNode? job = null;
        await Until(async () => (string?)(job = (await Get("/api/state"))!["job"])?["state"] != "running");
        return job!;
    }

    public async Task Until(Func<Task<bool>> isSo)
    {
        DateTime end = DateTime.UtcNow.AddSeconds(30);
        while (!await isSo())
        {
            Assert.True(DateTime.UtcNow < end, "waited 30 s in vain");
            await Task.Delay(20);
        }
    }

    /// <summary>A request word by word, past everything that a client would tidy up.</summary>
    public async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Name and value of the cookie that the link gave.</summary>
    public string Cookie => handler.CookieContainer.GetCookieHeader(Address);

    public async ValueTask DisposeAsync()
    {
        Page.Dispose();
        handler.Dispose();
        await server.DisposeAsync();
    }
}
