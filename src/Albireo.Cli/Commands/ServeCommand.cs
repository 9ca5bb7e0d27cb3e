using System.CommandLine;
using System.Diagnostics;
using Albireo.Pipeline;
using Albireo.Pipeline.Products;
using Albireo.Web;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo serve [OUT|NIGHT]</c>: the workbench in a browser, until Ctrl-C.</summary>
public static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var path = new Argument<string>("OUT|NIGHT")
        {
            Description = "the folder of a reduction, or raw frames (default: the current folder)",
            DefaultValueFactory = _ => ".",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "with NIGHT: the folder for all products (default: NIGHT-albireo in the current folder)",
            HelpName = "OUT",
        };
        var port = new Option<int>("--port") { Description = "a port of 127.0.0.1 (default: a free one)", HelpName = "N" };
        var noBrowser = new Option<bool>("--no-browser") { Description = "only print the one-time link" };
        var common = new CommonOptions();
        var command = new Command("serve", "The workbench in a browser, on this machine only.") { path, output, port, noBrowser };
        common.AddThreadsTo(command);
        command.SetAction(parsed =>
        {
            int wanted = parsed.GetValue(port);
            if (wanted is < 0 or > 65535)
            {
                throw new AlbireoException(Failure.Usage, $"--port {wanted}: expected a number from 1 to 65535.");
            }
            var options = new WorkbenchOptions
            {
                Path = parsed.GetValue(path)!,
                Output = parsed.GetValue(output),
                Port = wanted,
                Limits = common.Limits(parsed),
                Announce = link =>
                {
                    context.Out.WriteLine(link);
                    context.Out.Flush();
                },
            };
            return Serve(options, opensBrowser: !parsed.GetValue(noBrowser) && context.IsTerminal, context).GetAwaiter().GetResult();
        });
        return command;
    }

    // Apart from Create, so that other commands never load the server.
    private static async Task<int> Serve(WorkbenchOptions options, bool opensBrowser, CommandContext context)
    {
        await using WorkbenchServer server = await WorkbenchServer.StartAsync(options, context.Cancellation);
        context.Error.WriteLine("The link above opens the workbench once; when it is used, the next one is printed. Ctrl-C ends it.");
        if (opensBrowser)
        {
            OpenBrowser(server.Link, context);
        }
        var end = new TaskCompletionSource();
        await using (context.Cancellation.Register(end.SetResult))
        {
            await end.Task;
        }
        return ExitCodes.Done;
    }

    private static void OpenBrowser(string link, CommandContext context)
    {
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(link) { UseShellExecute = true });
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            context.Error.WriteLine(SafeText.OneLine($"No browser could be opened ({e.Message}); open the link above."));
        }
    }
}
