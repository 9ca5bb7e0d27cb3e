using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Albireo.Benchmarks.Peers;

namespace Albireo.Benchmarks.Startup;

/// <summary>
/// Makes src/Albireo.Cli/startup.mibc anew: the methods that the published program's commands compile at run time, for publishing to compile
/// them ahead. The program is published without a profile and run on a simulated night.
/// </summary>
public static class StartupProfile
{
    public static int Run(string? program)
    {
        string root = PeerComparison.FindRoot();
        string work = Directory.CreateTempSubdirectory("albireo-startup-").FullName;
        try
        {
            program ??= Path.Combine(work, "program", "albireo");
            if (!File.Exists(program) && !PeerComparison.Publish(root, program, "-p:StartupProfile="))
            {
                Console.Error.WriteLine("the program cannot be published");
                return 1;
            }
            string list = Path.Combine(work, "list.txt");
            Collect(program, work, list);
            string profile = Path.Combine(root, "src", "Albireo.Cli", "startup.mibc");
            Write(profile, Path.GetDirectoryName(program)!, Directory.GetFiles(work, "perf-*.map"), list);
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Runs the commands; each writes perf-PID.map into the folder and appends to the list of the compiler.</summary>
    private static void Collect(string program, string work, string list)
    {
        string night = Path.Combine(work, "night");
        string[] size = ["--size", "320x240", "--lights", "12", "--biases", "3", "--darks", "3", "--flats", "3"];
        Run(["simulate", night, .. size]);
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(night, "truth.json")));
        string[] stars = [.. truth.RootElement.GetProperty("stars").EnumerateArray().Take(3).Select(Position)];
        string light = Directory.GetFiles(night, "light-*").Order(StringComparer.Ordinal).First();
        string reduced = Path.Combine(work, "reduced");
        Run(["--version"]);
        Run(["demo", "-o", Path.Combine(work, "demo"), .. size]);
        Run(["inventory", night]);
        Run(["masters", night, "-o", Path.Combine(work, "stages")]);
        Run(["calibrate", night, "-o", Path.Combine(work, "stages")]);
        Run(["reduce", night, "-o", reduced, "--quiet", "--target", stars[0], "--comparison", stars[1], "--comparison", stars[2]]);
        Run(["curve", "-o", reduced, "--comparison", "auto"]);
        string[] planet = ["--period", "2.5", "--t0", "2459000.64", "--rp-rs", "0.11,0.02", "--a-rs", "80,5", "--inclination", "89.9"];
        Run(["fit", "-o", reduced, .. planet]);
        Run(["find", light, "-o", Path.Combine(work, "stars.csv")]);
        Run(["photometry", light, "--at", Path.Combine(work, "stars.csv"), "--radii", "3,4,5", "-o", Path.Combine(work, "fluxes.csv")]);
        Run(["combine", .. Directory.GetFiles(night, "light-*"), "-o", Path.Combine(work, "combined.fits")]);
        Run(["stats", light]);
        Run(["show", light, "-o", Path.Combine(work, "light.png")]);

        void Run(string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["DOTNET_TieredCompilation"] = "0";
            start.Environment["DOTNET_JitDisasmSummary"] = "1";
            start.Environment["DOTNET_JitStdOutFile"] = list;
            start.Environment["DOTNET_PerfMapEnabled"] = "3"; // the map alone
            start.Environment["DOTNET_PerfMapStubsLogged"] = "0";
            start.Environment["DOTNET_PerfMapShowOptimizationTiers"] = "0";
            start.Environment["DOTNET_PerfMapJitDumpPath"] = work;
            using Process process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"albireo {string.Join(' ', arguments)}: {errors}");
            }
        }
    }

    private static string Position(JsonElement star) =>
        string.Create(CultureInfo.InvariantCulture, $"{star.GetProperty("x").GetDouble():F1},{star.GetProperty("y").GetDouble():F1}");

    private static void Write(string file, string folder, IEnumerable<string> maps, string list)
    {
        using var assemblies = new AssemblyFolder(folder);
        var profile = new ProfileWriter();
        var resolver = new MethodResolver(
            assemblies,
            CompiledMethod.ReadArguments(list).ToLookup(m => m.Method, m => m.Arguments),
            profile
        );
        int seen = 0;
        foreach (CompiledMethod method in maps.SelectMany(CompiledMethod.ReadMap).DistinctBy(m => m.ToString()).OrderBy(m => m.ToString()))
        {
            seen++;
            if (resolver.Add(method) is { } reason)
            {
                Console.WriteLine($"left out: {method.Owner}::{method.Name}: {reason}");
            }
        }
        profile.Save(file);
        Console.WriteLine($"{seen} methods compiled at run time, {profile.Count} in {file}");
    }
}
