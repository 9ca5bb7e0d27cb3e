using System.Diagnostics;

namespace Albireo.NightTests.Workbench;

/// <summary><c>albireo serve</c> as a process of its own, which can be killed.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process process;

    private ServeProcess(Process process, string link) => (this.process, Link) = (process, link);

    /// <summary>The one-time link that it printed.</summary>
    public string Link { get; }

    public static ServeProcess Start(string output)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "albireo.dll");
        var start = new ProcessStartInfo("dotnet", [program, "serve", output, "--no-browser"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        string? link = process.StandardOutput.ReadLine();
        if (link is null)
        {
            throw new InvalidOperationException(process.StandardError.ReadToEnd());
        }
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return new ServeProcess(process, link);
    }

    /// <summary>SIGKILL: no handler runs, nothing is cleaned up.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }
        process.Dispose();
    }
}
