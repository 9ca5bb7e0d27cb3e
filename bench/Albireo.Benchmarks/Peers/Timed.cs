using System.Diagnostics;

namespace Albireo.Benchmarks.Peers;

/// <summary>One run of a program: wall time, peak memory of the process, exit code.</summary>
public sealed record Timed(double Seconds, double PeakMegabytes, int ExitCode)
{
    public static Timed Run(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long peak = 0;
        while (!process.WaitForExit(5))
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
        }
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.WaitForExit(); // the redirected streams, too
        return new Timed(seconds, peak / 1e6, process.ExitCode);
    }
}
