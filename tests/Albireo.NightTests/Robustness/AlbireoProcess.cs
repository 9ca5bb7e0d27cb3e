using System.Diagnostics;

namespace Albireo.NightTests.Robustness;

/// <summary>The program as a process of its own, for what cannot be seen from within: being killed, and memory.</summary>
internal sealed class AlbireoProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private AlbireoProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => process.HasExited;

    public static AlbireoProcess Start(params string[] args) => Start("dotnet", [Program, .. args]);

    /// <summary>A process that the system lets hold so many files open at once.</summary>
    public static AlbireoProcess StartWithOpenFiles(int most, params string[] args) =>
        Start("/bin/sh", ["-c", $"ulimit -n {most}; exec dotnet \"$@\"", "sh", Program, .. args]);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "albireo.dll");

    private static AlbireoProcess Start(string program, IReadOnlyList<string> args)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }
        return new AlbireoProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
    }

    /// <summary>SIGKILL: no handler runs, nothing is cleaned up.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Waits for the end and returns the exit code and the most memory that was resident, in bytes.</summary>
    public (int Code, long PeakBytes) Finish()
    {
        long peak = 0;
        while (!process.WaitForExit(10))
        {
            peak = Math.Max(peak, Resident());
        }
        Assert.True(process.ExitCode == 0, $"exit {process.ExitCode}\n{output.Result}\n{error.Result}");
        return (process.ExitCode, peak);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }
        process.Dispose();
    }

    /// <summary>VmHWM: the high-water mark that the kernel keeps, so that no peak between two looks is missed.</summary>
    private long Resident()
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process.Id}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            return 0; // it ended between two looks
        }
    }
}
