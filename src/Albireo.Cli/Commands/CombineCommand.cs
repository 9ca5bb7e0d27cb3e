using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Science.Calibration;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo combine FILE... -o OUT.fits</c>: several pictures made one, pixel by pixel.</summary>
public static class CombineCommand
{
    // Values are boxed: a dictionary for every type of word would be compiled at the start of every command.
    private static readonly Dictionary<string, object?> Methods = new(StringComparer.Ordinal)
    {
        ["clipped-mean"] = StackMethod.ClippedMean,
        ["mean"] = StackMethod.Mean,
        ["median"] = StackMethod.Median,
        ["winsorised-mean"] = StackMethod.WinsorisedMean,
        ["min-max-mean"] = StackMethod.MinMaxMean,
        ["weighted"] = StackMethod.ClippedMean,
    };

    /// <summary>Pictures may be in any unit: no spread is taken for the least.</summary>
    private static readonly Recipe Defaults = new() { Masters = new MasterOptions { MinimumSpread = 0 } };

    private static readonly Dictionary<string, object?> Centers = new(StringComparer.Ordinal)
    {
        ["median"] = StackCenter.Median,
        ["mean"] = StackCenter.Mean,
    };

    private static readonly Dictionary<string, object?> Spreads = new(StringComparer.Ordinal)
    {
        ["mad"] = StackSpread.Mad,
        ["standard-deviation"] = StackSpread.StandardDeviation,
    };

    private static readonly Dictionary<string, object?> Scales = new(StringComparer.Ordinal)
    {
        ["none"] = null,
        ["median"] = LevelMethod.Median,
        ["mean"] = LevelMethod.Mean,
        ["mode"] = LevelMethod.HalfSampleMode,
    };

    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = PathArguments.Many("FILE", "FITS pictures of one size");
        var output = new Option<string>("--output", "-o")
        {
            Description = "the file to write",
            HelpName = "OUT.fits",
            Required = true,
        };
        Option<string?> method = Word("--method", Methods.Keys, "weighted is a clipped mean with each picture's level as its weight");
        Option<string?> center = Word("--center", Centers.Keys, "of the clipping limits");
        Option<string?> spread = Word("--spread", Spreads.Keys, "what the limits are measured in");
        Option<string?> scale = Word("--scale", Scales.Keys, "the level by which pictures are brought to the first one's");
        var sigma = new Option<double?>("--sigma") { Description = "clipping limit (default: 3)", HelpName = "SIGMA" };
        var iterations = new Option<int?>("--iterations") { Description = "rounds of clipping at most (default: 5)", HelpName = "N" };
        var common = new CommonOptions();
        var command = new Command("combine", "Several pictures made one, pixel by pixel.")
        {
            files,
            output,
            method,
            center,
            spread,
            scale,
            sigma,
            iterations,
        };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            string? word = parsed.GetValue(method);
            var request = new CombineRequest
            {
                Files = parsed.GetValue(files)!,
                Output = parsed.GetValue(output)!,
                Scale = (LevelMethod?)Choice("--scale", parsed.GetValue(scale) ?? "none", Scales),
                IsWeighted = word == "weighted",
                Options = Options(common.Settings(parsed)),
            };
            return Run(context, request, common, parsed);

            // The named options come last; what none of them says is the recipe's masters.* or its default.
            StackOptions Options(IReadOnlyList<Setting> settings)
            {
                StackOptions known = (settings.Count == 0 ? Defaults : RecipeBinder.Bind(settings, Defaults)).Masters.Stack();
                double? limit = Positive("--sigma", parsed.GetValue(sigma));
                return known with
                {
                    Method = word is null ? known.Method : (StackMethod)Choice("--method", word, Methods)!,
                    Center = parsed.GetValue(center) is { } c ? (StackCenter)Choice("--center", c, Centers)! : known.Center,
                    Spread = parsed.GetValue(spread) is { } s ? (StackSpread)Choice("--spread", s, Spreads)! : known.Spread,
                    SigmaLow = limit ?? known.SigmaLow,
                    SigmaHigh = limit ?? known.SigmaHigh,
                    Iterations = (int?)Positive("--iterations", parsed.GetValue(iterations)) ?? known.Iterations,
                };
            }
        });
        return command;
    }

    private static int Run(CommandContext context, CombineRequest request, CommonOptions common, ParseResult parsed)
    {
        foreach (string file in request.Files)
        {
            InputFiles.RequireFile(file);
        }
        OutputPath.Require("-o", request.Output, request.Files);
        using var progress = new TerminalProgress(context, common.IsQuiet(parsed));
        CombinedPicture picture = CombineFiles.Run(request, common.Limits(parsed), progress, context.Cancellation);
        CombinedFile.Write(picture);
        progress.Dispose();
        context.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Output}: {request.Files.Count} picture{(request.Files.Count == 1 ? "" : "s")}, {100 * picture.RejectedFraction:F3} % of the values left out"
            )
        );
        return ExitCodes.Done;
    }

    private static Option<string?> Word(string name, IEnumerable<string> words, string description) =>
        new(name) { Description = description, HelpName = string.Join('|', words) };

    private static object? Choice(string option, string word, Dictionary<string, object?> choices) =>
        choices.TryGetValue(word, out object? found)
            ? found
            : throw new AlbireoException(Failure.Usage, $"{option} {word}: expected one of {string.Join(", ", choices.Keys)}.");

    private static double? Positive(string option, double? value) =>
        value is null or > 0
            ? value
            : throw new AlbireoException(
                Failure.Usage,
                $"{option} {value.Value.ToString(CultureInfo.InvariantCulture)}: expected a number above 0."
            );
}
