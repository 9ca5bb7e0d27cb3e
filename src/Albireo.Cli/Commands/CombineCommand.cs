using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
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
            StackOptions defaults = CombineRequest.Defaults(common.Settings(parsed));
            double? limit = parsed.GetValue(sigma);
            Require("--sigma", limit, limit is not (<= 0 or double.NaN), "a number above 0");
            int? rounds = parsed.GetValue(iterations);
            Require("--iterations", rounds, rounds is not <= 0, "a whole number above 0; --method mean clips nothing");
            var request = new CombineRequest
            {
                Files = parsed.GetValue(files)!,
                Output = parsed.GetValue(output)!,
                Scale = (LevelMethod?)Choice("--scale", parsed.GetValue(scale) ?? "none", Scales),
                IsWeighted = word == "weighted",
                Options = defaults with
                {
                    Method = word is null ? defaults.Method : (StackMethod)Choice("--method", word, Methods)!,
                    Center = parsed.GetValue(center) is { } c ? (StackCenter)Choice("--center", c, Centers)! : defaults.Center,
                    Spread = parsed.GetValue(spread) is { } s ? (StackSpread)Choice("--spread", s, Spreads)! : defaults.Spread,
                    SigmaLow = limit ?? defaults.SigmaLow,
                    SigmaHigh = limit ?? defaults.SigmaHigh,
                    Iterations = rounds ?? defaults.Iterations,
                },
            };
            return Run(context, request, common, parsed);
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

    private static void Require(string option, object? value, bool fits, string expected)
    {
        if (!fits)
        {
            throw new AlbireoException(
                Failure.Usage,
                string.Create(CultureInfo.InvariantCulture, $"{option} {value}: expected {expected}.")
            );
        }
    }
}
