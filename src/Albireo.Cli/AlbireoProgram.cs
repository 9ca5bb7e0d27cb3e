using System.CommandLine;
using System.CommandLine.Parsing;
using Albireo.Cli.Commands;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Cli;

/// <summary>The program's entry, callable in process: arguments in, exit code out, one sentence for every failure.</summary>
public static class AlbireoProgram
{
    public static int Run(string[] args, TextWriter output, TextWriter error, bool isTerminal, CancellationToken cancellation)
    {
        var context = new CommandContext(output, error, isTerminal, cancellation);
        RootCommand root = CreateRoot(context, args.FirstOrDefault());
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (!IsHelp(args) && Complaint(parsed) is { } complaint)
        {
            error.WriteLine("albireo: " + SafeText.OneLine(complaint));
            return ExitCodes.Usage;
        }
        try
        {
            OpenFiles.RequireSome();
            return parsed.Invoke(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                }
            );
        }
        catch (Exception e)
        {
            int code = ExitCodes.Of(e);
            string sentence = code switch
            {
                ExitCodes.Interrupted => "interrupted; the products that were finished are whole.",
                ExitCodes.OurFault =>
                    $"a fault of the program, not of your data ({e.GetType().Name}: {e.Message}); albireo.log in OUT has the details, where the command has an OUT.",
                _ when e is IOException or UnauthorizedAccessException => DiskFault.Sentence(e),
                _ => e.Message,
            };
            error.WriteLine("albireo: " + SafeText.OneLine(sentence));
            return code;
        }
    }

    /// <summary>
    /// Every command by its name, as the contract lists them: first what most people want. Only the one that is called is made: options
    /// cost time to describe.
    /// </summary>
    private static IEnumerable<(string Name, Func<CommandContext, Command> Create)> Commands =>
        [
            ("demo", DemoCommand.Create),
            ("reduce", ReduceCommand.Create),
            ("inventory", InventoryCommand.Create),
            .. StageCommands.All,
            ("curve", CurveCommand.Create),
            ("fit", FitCommand.Create),
            ("report", ReportCommand.Create),
            ("export", ExportCommand.Create),
            ("stack", StackCommand.Create),
            ("simulate", SimulateCommand.Create),
            ("header", HeaderCommand.Create),
            ("verify", VerifyCommand.Create),
            ("stats", StatsCommand.Create),
            ("show", ShowCommand.Create),
            ("combine", CombineCommand.Create),
            ("unpack", PackCommands.CreateUnpack),
            ("pack", PackCommands.CreatePack),
            ("detector", DetectorCommand.Create),
            ("find", FindCommand.Create),
            ("photometry", PhotometryCommand.Create),
            ("telescope", TelescopeCommand.Create),
            ("serve", ServeCommand.Create),
        ];

    private static RootCommand CreateRoot(CommandContext context, string? called)
    {
        var root = new RootCommand("A night of raw CCD or CMOS frames becomes calibrated images and a light curve.");
        (string Name, Func<CommandContext, Command> Create)[] all = [.. Commands];
        (string Name, Func<CommandContext, Command> Create)[] one = Array.FindAll(all, c => c.Name == called);
        foreach ((_, Func<CommandContext, Command> create) in one.Length > 0 ? one : all)
        {
            root.Add(create(context));
        }
        root.SetAction(_ =>
        {
            context.Error.WriteLine("albireo: which command? For example: albireo reduce NIGHT -o OUT; albireo --help lists them all.");
            return ExitCodes.Usage;
        });
        return root;
    }

    private static bool IsHelp(string[] args) => args.TakeWhile(a => a != "--").Any(a => a is "--help" or "-h" or "-?" or "--version");

    /// <summary>What is wrong with the command line, in a sentence, or null.</summary>
    private static string? Complaint(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string help = $"albireo {(command is RootCommand ? "" : command.Name + " ")}--help";
        if (command is RootCommand && parsed.Tokens is [{ Type: TokenType.Argument, Value: var word }, ..] && !word.StartsWith('-'))
        {
            return $"unknown command {word}; {help} lists the commands.";
        }
        string? unknown = parsed.UnmatchedTokens.FirstOrDefault(t => t.StartsWith('-')) ?? SwallowedOption(parsed);
        return unknown is not null ? $"unknown option {unknown}; {help} lists the options (a path that begins with - comes after --)."
            : parsed.Errors.Count > 0 ? $"{Misfit(parsed.Errors[0]) ?? parsed.Errors[0].Message.TrimEnd('.')}; {help} explains."
            : NumberedWord(parsed) is { } numbered ? $"{numbered}; {help} explains."
            : null;
    }

    /// <summary>A value of the wrong type, in words; the parser would name the type as the runtime does.</summary>
    private static string? Misfit(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [.., { } last] } result
        && error.Message.Contains(" as expected type ", StringComparison.Ordinal)
            ? $"{result.Option.Name} {last.Value}: expected {Expected(result.Option.ValueType)}"
            : null;

    /// <summary>A word given by its number, which the parser would take: <c>--stretch 1</c>.</summary>
    private static string? NumberedWord(ParseResult parsed) =>
        parsed
            .CommandResult.Children.OfType<OptionResult>()
            .Where(o => Plain(o.Option.ValueType).IsEnum)
            .SelectMany(
                o => o.Tokens.Where(t => !char.IsLetter(t.Value[0])),
                (o, t) => $"{o.Option.Name} {t.Value}: expected {Expected(o.Option.ValueType)}"
            )
            .FirstOrDefault();

    private static string Expected(Type type) =>
        Plain(type) is { IsEnum: true } words ? "one of " + string.Join(", ", Enum.GetNames(words).Select(n => n.ToLowerInvariant()))
        : Plain(type) == typeof(int) ? "a whole number"
        : "a number";

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>An option that the parser took for one more path: `reduce NIGHT --tagret 1,2`.</summary>
    private static string? SwallowedOption(ParseResult parsed)
    {
        var afterDashes = new HashSet<Token>(
            parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash),
            ReferenceEqualityComparer.Instance
        );
        return parsed
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(a => a.Tokens)
            .FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-' && !afterDashes.Contains(t))
            ?.Value;
    }
}
