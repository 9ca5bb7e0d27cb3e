using System.Diagnostics;
using System.Globalization;

namespace Albireo.Benchmarks.Peers;

/// <summary>One run of a program: wall time, processor time of all threads (to some milliseconds), peak memory, exit code.</summary>
public sealed record Timed(double Seconds, double ProcessorSeconds, double PeakMegabytes, int ExitCode)
{
    /// <summary>Times work of ours within this process.</summary>
    public static Timed InProcess(Action work)
    {
        long began = Stopwatch.GetTimestamp();
        work();
        return new Timed(Stopwatch.GetElapsedTime(began).TotalSeconds, double.NaN, double.NaN, 0);
    }

    /// <summary>Runs a program; a line <c>seconds N</c> that it prints is taken for its time, else the clock.</summary>
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
        process.OutputDataReceived += (_, line) =>
            own = line.Data?.Split(' ') is ["seconds", { } text] ? double.Parse(text, CultureInfo.InvariantCulture) : own;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long peak = 0;
        double processor = double.NaN;
        double worked = 0;
        while (!process.WaitForExit(5))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
                processor = process.TotalProcessorTime.TotalSeconds;
                worked = process.TotalProcessorTime.TotalSeconds;
            }
            catch (InvalidOperationException)
            {
                break; // it ended in between
            }
        }
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.WaitForExit(); // the redirected streams, too
        return new Timed(double.IsNaN(own) ? seconds : own, worked, peak / 1e6, process.ExitCode);
    }
}
