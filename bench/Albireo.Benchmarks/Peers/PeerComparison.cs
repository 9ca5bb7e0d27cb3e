using System.Globalization;

namespace Albireo.Benchmarks.Peers;

/// <summary>
/// Whole processes, ours and a peer's in turn on the same files: median wall times and their ratio, pair by pair. The peers come from
/// Debian's packages (docs/performance.md says which); where one is missing its comparison says so and is passed over.
/// </summary>
public static class PeerComparison
{
    private const int Rounds = 5;

    public static int Run(string[] names)
    {
        string root = FindRoot();
        string shared = Path.GetFullPath(Path.Combine(root, "..", "shared"));
        string work = Directory.CreateTempSubdirectory("albireo-bench-").FullName;
        try
        {
            string program = Environment.GetEnvironmentVariable("ALBIREO_PROGRAM") ?? Path.Combine(work, "program", "albireo");
            if (!File.Exists(program) && !Publish(root, program))
            {
                Console.Error.WriteLine("the program cannot be published");
                return 1;
            }
            foreach (
                Comparison comparison in Comparisons
                    .All(program, root, shared, work)
                    .Where(c =>
                        names.Length == 0
                            ? !c.IsOnRequest
                            : names.Any(n => c.Name == n || c.Name.StartsWith(n + "-", StringComparison.Ordinal))
                    )
            )
            {
                Measure(comparison);
            }
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    internal static bool Publish(string root, string program, params string[] options)
    {
        Console.WriteLine($"publishing albireo (Release, ReadyToRun) to {Path.GetDirectoryName(program)}");
        string project = Path.Combine(root, "src", "Albireo.Cli");
        string folder = Path.GetDirectoryName(program)!;
        return Timed.Run("dotnet", ["publish", project, "-c", "Release", "-o", folder, "-v", "q", .. options]).ExitCode == 0;
    }

    private static void Measure(Comparison comparison)
    {
        if (comparison.Missing is { } missing)
        {
            Console.WriteLine($"{comparison.Name}: passed over, {missing}");
            return;
        }
        var ours = new List<Timed>();
        var theirs = new List<Timed>();
        for (int round = -1; round < Rounds; round++)
        {
            Settle();
            Timed a = comparison.Ours();
            Settle();
            Timed b = comparison.Peer();
            if (a.ExitCode != 0 || b.ExitCode != 0)
            {
                Console.WriteLine($"{comparison.Name}: failed (exit {a.ExitCode} and {b.ExitCode})");
                return;
            }
            if (round >= 0) // the first round warms the page cache
            {
                ours.Add(a);
                theirs.Add(b);
            }
        }
        double ratio = Median(ours.Zip(theirs).Select(p => p.First.Seconds / p.Second.Seconds));
        double worked = Median(ours.Zip(theirs).Select(p => p.First.ProcessorSeconds / p.Second.ProcessorSeconds));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{comparison.Name}: albireo {Words(ours)}, {comparison.PeerName} {Words(theirs)}, ratio {ratio:F3} (wanted: at most {comparison.Wanted}), of processor time {worked:F3}"
            )
        );
    }

    /// <summary>What the other one left to the system to write is on the disk before the clock starts: nobody pays for it but who wrote it.</summary>
    private static void Settle()
    {
        if (OperatingSystem.IsLinux())
        {
            Timed.Run("sync", []);
        }
    }

    /// <summary>Wall time; for what is timed within a process there may be no time of processors and there is no memory of its own.</summary>
    private static string Words(List<Timed> runs)
    {
        double processor = Median(runs.Select(t => t.ProcessorSeconds));
        double memory = Median(runs.Select(t => t.PeakMegabytes));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Seconds(Median(runs.Select(t => t.Seconds)))} ({Seconds(processor)} of processors{(double.IsNaN(memory) ? "" : $", {memory:F0} MB")})"
        );
    }

    private static string Seconds(double time) =>
        time >= 0.1 ? string.Create(CultureInfo.InvariantCulture, $"{time:F3} s")
        : time >= 1e-3 ? string.Create(CultureInfo.InvariantCulture, $"{1e3 * time:F2} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{1e6 * time:F1} µs");

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    internal static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Albireo.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException("Run the benchmarks from a clone.");
    }
}
