using System.CommandLine;

namespace Albireo.Cli;

/// <summary>Arguments that are paths.</summary>
public static class PathArguments
{
    public static Argument<string[]> Many(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.OneOrMore };

    public static Argument<string> One(string name, string description) => new(name) { Description = description };
}
