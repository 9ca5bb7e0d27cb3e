using System.Diagnostics;
using System.Globalization;

namespace Albireo.Benchmarks.Peers;

/// <summary>One run of a program: wall time, processor time of all threads (to some milliseconds), peak memory, exit code.</summary>
public sealed record Timed(double Seconds, double ProcessorSeconds, double PeakMegabytes, int ExitCode)
{
    /// <summary>Times work of ours within this process.</summary>
    public static Timed InProcess(Action work)
    {
        TimeSpan before = Worked();
        long began = Stopwatch.GetTimestamp();
        work();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new Timed(seconds, (Worked() - before).TotalSeconds, double.NaN, 0);
    }

    private static TimeSpan Worked()
    {
        using Process own = Process.GetCurrentProcess();
        return own.TotalProcessorTime;
    }

    /// <summary>Runs a program; lines <c>seconds N</c> and <c>processor N</c> that it prints are taken for its times, else the clocks.</summary>
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
        double own = double.NaN;
        double ownProcessor = double.NaN;
        process.OutputDataReceived += (_, line) =>
        {
            string[] words = line.Data?.Split(' ') ?? [];
            own = words is ["seconds", { } wall] ? double.Parse(wall, CultureInfo.InvariantCulture) : own;
            ownProcessor = words is ["processor", { } time] ? double.Parse(time, CultureInfo.InvariantCulture) : ownProcessor;
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long peak = 0;
        double worked = 0;
        while (!process.WaitForExit(5))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
                worked = process.TotalProcessorTime.TotalSeconds;
            }
            catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                break; // it ended in between
            }
        }
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.WaitForExit(); // the redirected streams, too
        return new Timed(
            double.IsNaN(own) ? seconds : own,
            double.IsNaN(ownProcessor) ? worked : ownProcessor,
            peak / 1e6,
            process.ExitCode
        );
    }
}
