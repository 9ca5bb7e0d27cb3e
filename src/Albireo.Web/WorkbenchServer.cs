using System.Net;
using System.Text.Json;
using Albireo.Pipeline;
using Albireo.Web.Changes;
using Albireo.Web.Curves;
using Albireo.Web.Exports;
using Albireo.Web.Frames;
using Albireo.Web.Intake;
using Albireo.Web.Runs;
using Albireo.Web.Safety;
using Albireo.Web.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Albireo.Web;

/// <summary>The workbench on 127.0.0.1: one folder per feature, each with its endpoints; <see cref="Guard"/> stands before all of them.</summary>
public sealed class WorkbenchServer : IAsyncDisposable
{
    private readonly WebApplication kestrel;
    private readonly Session visitors;
    private readonly NightWatcher nightWatcher;

    private WorkbenchServer(WebApplication app, Session session, NightWatcher watcher, Workbench workbench, Uri address)
    {
        (kestrel, visitors, nightWatcher, Workbench, Address) = (app, session, watcher, workbench, address);
    }

    /// <summary>Without a secret.</summary>
    public Uri Address { get; }

    /// <summary>The one-time link.</summary>
    public string Link => LinkOf(Address, visitors.Link);
    internal Workbench Workbench { get; }

    /// <summary>Where the built pages lie.</summary>
    public static string PagesFolder => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <exception cref="AlbireoException">The path leads nowhere, the port is taken, or the pages were not built.</exception>
    public static async Task<WorkbenchServer> StartAsync(WorkbenchOptions options, CancellationToken cancellation = default)
    {
        if (!File.Exists(Path.Combine(PagesFolder, "index.html")))
        {
            throw new AlbireoException(
                Failure.Usage,
                $"The workbench's pages are missing in {PagesFolder}: this program was built without Node; install Node 20 and build again."
            );
        }
        Workbench workbench = Workbench.Open(options);
        Uri? address = null;
        var session = new Session(secret => options.Announce?.Invoke(LinkOf(address!, secret)));
        WebApplication app = Build(options, workbench, session);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            throw new AlbireoException(Failure.Usage, $"--port {options.Port}: {e.Message}", e);
        }
        address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var watcher = new NightWatcher(workbench, options.WatchInterval);
        watcher.Start();
        workbench.WarmUp();
        var server = new WorkbenchServer(app, session, watcher, workbench, address);
        options.Announce?.Invoke(server.Link);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await nightWatcher.DisposeAsync();
        await Workbench.DisposeAsync();
        await kestrel.StopAsync(new CancellationToken(canceled: true));
        await kestrel.DisposeAsync();
    }

    private static string LinkOf(Uri address, string secret) => $"{address.GetLeftPart(UriPartial.Authority)}/?token={secret}";

    private static WebApplication Build(WorkbenchOptions options, Workbench workbench, Session session)
    {
        // Empty: nothing is read from the environment, from appsettings or from the command line.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "albireo" }
        );
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 1 << 20;
            server.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.ConfigureHttpJsonOptions(json => WebJson.Configure(json.SerializerOptions));
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi();
        builder.Services.AddSingleton(workbench);
        WebApplication app = builder.Build();
        var guard = new Guard(session);
        app.Use(next => context => guard.Pass(context, next));
        app.Use(next => context => Failures.Tell(context, next, workbench));
        var pages = new PhysicalFileProvider(PagesFolder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = pages });
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = pages,
                ContentTypeProvider = new FileExtensionContentTypeProvider(),
                // The names of assets carry a hash of what is in them.
                OnPrepareResponse = file =>
                    file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets")
                        ? "private, max-age=31536000, immutable"
                        : "no-cache",
            }
        );
        app.UseRouting();
        IntakeEndpoints.Map(app);
        FrameEndpoints.Map(app);
        CurveEndpoints.Map(app);
        RunEndpoints.Map(app);
        ChangeEndpoints.Map(app);
        ExportEndpoints.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }

    /// <summary>Ctrl-C belongs to the program, not to its server.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
