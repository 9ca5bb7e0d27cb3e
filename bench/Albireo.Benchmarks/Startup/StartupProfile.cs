using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
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
            if (!File.Exists(program) && !PeerComparison.Publish(root, program, "-p:StartupProfile=none"))
            {
                Console.Error.WriteLine("the program cannot be published");
                return 1;
            }
            string list = Path.Combine(work, "list.txt");
            Collect(program, work, list);
            string profile = Path.Combine(root, "src", "Albireo.Cli", "startup.mibc");
            var compiled = new CompiledMethods(Path.GetDirectoryName(program)!, Directory.GetFiles(work, "perf-*.map"), list);
            compiled.LeftOut.ForEach(m => Console.WriteLine($"left out: {m}"));
            Write(profile, compiled.Found);
            Console.WriteLine($"{compiled.Seen} methods compiled at run time; {profile} names {compiled.Found.Count()}");
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
        string[] size = ["--size", "640x480", "--lights", "20", "--biases", "3", "--darks", "3", "--flats", "3"];
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
        Run(["reduce", night, "-o", reduced, "--quiet", "--target", stars[0]]); // what is there is taken up again
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
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
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

    /// <summary>
    /// A profile as crossgen2 takes it (<c>--mibc</c>) is an assembly whose global method AssemblyDictionary names groups by the assemblies that
    /// they need (ldstr names, ldtoken group, pop); a group is a method with ldtoken and pop for each of its methods. All stand there by name:
    /// what a later version lacks is passed over.
    /// </summary>
    private static void Write(string file, IEnumerable<MethodBase> methods)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("startup"), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("startup");
        ILGenerator dictionary = Global("AssemblyDictionary").GetILGenerator();
        foreach (IGrouping<string, MethodBase> group in methods.GroupBy(Assemblies).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            MethodBuilder member = Global(group.Key);
            ILGenerator code = member.GetILGenerator();
            foreach (MethodBase method in group)
            {
                code.Emit(
                    OpCodes.Ldtoken,
                    method is MethodInfo info ? module.GetMethodMetadataToken(info) : module.GetMethodMetadataToken((ConstructorInfo)method)
                );
                code.Emit(OpCodes.Pop);
            }
            code.Emit(OpCodes.Ret);
            dictionary.Emit(OpCodes.Ldstr, group.Key);
            dictionary.Emit(OpCodes.Ldtoken, member);
            dictionary.Emit(OpCodes.Pop);
        }
        dictionary.Emit(OpCodes.Ret);
        module.CreateGlobalFunctions();
        assembly.Save(file);

        MethodBuilder Global(string name) =>
            module.DefineGlobalMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), null);
    }

    /// <summary>What a method needs, its own assembly first: <c>System.Linq;Albireo.Science;</c>.</summary>
    private static string Assemblies(MethodBase method)
    {
        IEnumerable<Type> arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        IEnumerable<string> names = arguments.Prepend(method.DeclaringType!).SelectMany(Parts).Select(t => t.Assembly.GetName().Name!);
        return string.Concat(names.Distinct().Select(n => n + ";"));

        static IEnumerable<Type> Parts(Type type) => type.GetGenericArguments().SelectMany(Parts).Prepend(type);
    }
}
