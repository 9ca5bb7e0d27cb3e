using System.Text.RegularExpressions;

namespace Albireo.Benchmarks.Startup;

/// <summary>A method that a process compiled at run time, as its map for profilers names it (<c>DOTNET_PerfMapEnabled</c>).</summary>
/// <param name="Assembly">Of the type's definition.</param>
/// <param name="Owner">The type, with the arguments that the code was made for.</param>
/// <param name="Parameters">How many.</param>
internal sealed partial record CompiledMethod(string Assembly, TypeName Owner, string Name, int Parameters)
{
    /// <summary>The methods of a map; stubs and methods that the program itself makes as it runs, which no assembly holds, are left out.</summary>
    public static IEnumerable<CompiledMethod> ReadMap(string file) =>
        from line in File.ReadLines(file)
        let match = MapLine().Match(line)
        where match.Success && match.Groups["owner"].Value != "dynamicClass"
        select new CompiledMethod(
            match.Groups["assembly"].Value,
            TypeName.Parse(match.Groups["owner"].Value),
            match.Groups["name"].Value,
            TypeName.Split(match.Groups["parameters"].Value).Count
        );

    /// <summary>
    /// Of generic methods the compiler's own list (<c>DOTNET_JitDisasmSummary</c>) has the type arguments, which the map lacks: by type and
    /// name. It prints an enum as the integer below it, so a generic method over an enum is taken for one over that integer.
    /// </summary>
    public static IEnumerable<(string Method, TypeName[] Arguments)> ReadArguments(string file) =>
        from line in File.ReadLines(file)
        let match = ListLine().Match(line)
        where match.Success
        select (match.Groups["method"].Value, TypeName.Split(match.Groups["arguments"].Value).Select(TypeName.Parse).ToArray());

    [GeneratedRegex(
        @"^\w+ \w+ .+? \[(?<assembly>[^\]]+)\] (?<owner>.+?)::(?<name>[^(]+)\((?<parameters>.*)\)$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex MapLine();

    [GeneratedRegex(@"JIT compiled (?<method>[^:]+:[^\[(]+)\[(?<arguments>.+?)\]\(", RegexOptions.ExplicitCapture)]
    private static partial Regex ListLine();
}
