using System.Diagnostics;
using System.Globalization;

namespace Albireo.NightTests.Workbench;

/// <summary><c>albireo serve</c> as a process of its own, which can be killed and kept from writing.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process process;

    private ServeProcess(Process process, string link) => (this.process, Link) = (process, link);

    /// <summary>The one-time link that it printed.</summary>
    public string Link { get; }

    public static ServeProcess Start(string output)
    {
        // A write beyond the limit must fail as on a full disk, not end the process: bash passes on that the signal is ignored.
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string program = Path.Combine(AppContext.BaseDirectory, "albireo.dll");
        foreach (string word in (string[])["-c", "trap '' XFSZ; exec dotnet \"$0\" serve \"$1\" --no-browser", program, output])
        {
            start.ArgumentList.Add(word);
        }
        Process process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        string? link = process.StandardOutput.ReadLine();
        if (link is null)
        {
            throw new InvalidOperationException(process.StandardError.ReadToEnd());
        }
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return new ServeProcess(process, link);
    }

    /// <summary>From now on no file of the server may grow beyond so many bytes; null lifts it.</summary>
    public void LimitFiles(int? bytes)
    {
        string limit = bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited";
        using Process? prlimit = Process.Start("prlimit", ["--pid", process.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}:unlimited"]);
        prlimit!.WaitForExit();
        Assert.Equal(0, prlimit.ExitCode);
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
