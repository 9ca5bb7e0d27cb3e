using System.Reflection;
using System.Text.RegularExpressions;

namespace Albireo.Benchmarks.Startup;

/// <summary>
/// The methods that processes compiled at run time. Their maps for profilers (<c>DOTNET_PerfMapEnabled</c>) name types in full but leave out the
/// type arguments of generic methods; those stand in the compiler's list (<c>DOTNET_JitDisasmSummary</c>), which prints an enum as the integer
/// below it, so that a generic method over an enum is taken for one over that integer.
/// </summary>
internal sealed partial class CompiledMethods
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<Type, string> ShortNames = new()
    {
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    private readonly Assembly[] _assemblies;
    private readonly ILookup<string, string> _arguments;
    private readonly SortedDictionary<string, MethodBase> _found = new(StringComparer.Ordinal);

    /// <param name="folder">The program's; of its assemblies those are read that this process has or can load.</param>
    public CompiledMethods(string folder, IEnumerable<string> maps, string list)
    {
        _assemblies = [.. Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(Load).OfType<Assembly>()];
        _arguments = File.ReadLines(list)
            .Select(line => ListLine().Match(line))
            .Where(match => match.Success)
            .ToLookup(match => match.Groups["method"].Value, match => match.Groups["arguments"].Value);
        IEnumerable<Match> matches = maps.SelectMany(File.ReadLines).Select(line => MapLine().Match(line)).Where(m => m.Success);
        foreach (Match match in matches.DistinctBy(m => m.Value).OrderBy(m => m.Value, StringComparer.Ordinal))
        {
            Seen++;
            (string type, string name) = (match.Groups["type"].Value, match.Groups["name"].Value);
            try
            {
                Add(Find(match.Groups["assembly"].Value, type), name);
            }
            catch (Exception unknown) when (unknown is MissingMethodException or ArgumentException or TypeLoadException)
            {
                LeftOut.Add($"{type}::{name}: {unknown.Message}");
            }
        }
    }

    /// <summary>Different methods in the maps.</summary>
    public int Seen { get; }

    /// <summary>Those that cannot be named, and why.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>In a fixed order.</summary>
    public IEnumerable<MethodBase> Found => _found.Values;

    /// <summary>Of a generic type all of its code: what one caller has inlined is called by another. Of other types the method alone.</summary>
    private void Add(Type type, string name)
    {
        MethodBase[] wanted =
        [
            .. type.GetMembers(Declared).OfType<MethodBase>().Where(m => IsCode(m) && (m.Name == name || IsOfGenericType(m))),
        ];
        bool isKnown = false;
        foreach (MethodBase method in wanted.SelectMany(m => Instances(type, m)))
        {
            isKnown |= method.Name == name;
            _found.TryAdd($"{type.Assembly.GetName().Name} {type} {method}", method);
        }
        if (!isKnown)
        {
            throw new MissingMethodException(
                name == ".cctor" ? "static constructors cannot be referred to"
                : wanted.Any(m => m.Name == name) ? "its type arguments are not listed"
                : "its type has no such method"
            );
        }

        static bool IsCode(MethodBase method) => !method.IsAbstract && method is not ConstructorInfo { IsStatic: true };
        static bool IsOfGenericType(MethodBase method) => method.DeclaringType!.IsGenericType && !method.IsGenericMethodDefinition;
    }

    private IEnumerable<MethodBase> Instances(Type type, MethodBase method) =>
        method is not MethodInfo { IsGenericMethodDefinition: true } generic
            ? [method]
            : from arguments in _arguments[$"{ListName(type)}:{method.Name}"].Distinct()
            let parts = Split(arguments)
            where parts.Count == generic.GetGenericArguments().Length
            select generic.MakeGenericMethod([.. parts.Select(a => Find(type.Assembly.GetName().Name!, a))]);

    /// <summary>The parts between commas outside of brackets.</summary>
    private static List<string> Split(string list)
    {
        List<string> parts = [""];
        int depth = 0;
        foreach (char c in list)
        {
            depth +=
                c == '[' ? 1
                : c == ']' ? -1
                : 0;
            if (c == ',' && depth == 0)
            {
                parts.Add("");
            }
            else
            {
                parts[^1] += c;
            }
        }
        return parts;
    }

    /// <summary>A type as the compiler's list prints it.</summary>
    private static string ListName(Type type) =>
        type.IsEnum ? ListName(type.GetEnumUnderlyingType())
        : ShortNames.TryGetValue(type, out string? shorter) ? shorter
        : !type.IsGenericType ? type.FullName!
        : $"{type.GetGenericTypeDefinition().FullName}[{string.Join(',', type.GetGenericArguments().Select(ListName))}]";

    /// <summary>A type by its printed name; its parts are those of the assembly first, else the only ones of their name.</summary>
    private Type Find(string assembly, string printed)
    {
        return Type.GetType(printed, null, (_, name, _) => FindDefinition(name), throwOnError: true)!;

        Type? FindDefinition(string name)
        {
            if (ShortNames.FirstOrDefault(s => s.Value == name).Key is { } number)
            {
                return number;
            }
            Type[] found = [.. _assemblies.Select(a => a.GetType(name)).OfType<Type>().Distinct()];
            return found.Length == 1 ? found[0] : found.FirstOrDefault(t => t.Assembly.GetName().Name == assembly);
        }
    }

    private static Assembly? Load(string file)
    {
        try
        {
            return Assembly.Load(AssemblyName.GetAssemblyName(file).Name!);
        }
        catch (Exception missing) when (missing is BadImageFormatException or FileNotFoundException or FileLoadException)
        {
            return null; // not managed code, or not of this program's own dependencies
        }
    }

    [GeneratedRegex(
        @"(?<= )\[(?<assembly>[^\]]+)\] (?!dynamicClass)(?<type>.+?)::(?<name>[^(]+)(?=\()",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex MapLine();

    [GeneratedRegex(
        @"JIT compiled (?<method>[^:]+:[^\[(]+)\[(?<arguments>.+?)\]\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ListLine();
}
