using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Science.Sky;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo curve -o OUT</c>: the light curve again, with other stars or settings, from observation.fits.</summary>
public static class CurveCommand
{
    public static Command Create(CommandContext context)
    {
        var nights = new Argument<string[]>("NIGHT")
        {
            Description = "raw frames, the first time; afterwards OUT remembers them; with --join also reductions of other nights",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "the folder of a reduction",
            Required = true,
            HelpName = "OUT",
        };
        var sky = new Option<string?>("--sky") { Description = "the target's coordinates", HelpName = "RA,DEC" };
        var site = new Option<string?>("--site") { Description = "degrees north, degrees east, metres", HelpName = "LAT,LON,HEIGHT" };
        var explain = new Option<string?>("--explain-time") { Description = "print how one frame's time came about", HelpName = "FRAME" };
        var join = new Option<bool>("--join") { Description = "put the nights of several reductions together, without a pixel" };
        var search = new Option<string?>("--period-search") { Description = "look for a period", HelpName = "lomb-scargle|bls" };
        var periods = new Option<string?>("--periods") { Description = "shortest and longest of the search, days", HelpName = "FROM,TO" };
        var period = new Option<string?>("--period") { Description = "fold the curve on it", HelpName = "DAYS" };
        var stars = new StarOptions();
        var common = new CommonOptions();
        var command = new Command("curve", "Fluxes to a light curve: other stars, apertures or times, without a pixel.")
        {
            nights,
            output,
            sky,
            site,
            explain,
            join,
            search,
            periods,
            period,
        };
        stars.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(output)!;
            SkyCoordinate? target = SkyArguments.Coordinate(parsed.GetValue(sky));
            Site? place = SkyArguments.Site(parsed.GetValue(site));
            var request = new CurveRequest
            {
                Output = folder,
                Stars = stars.Read(parsed),
                Sky = target,
                Site = place,
                Settings =
                [
                    .. common.Settings(parsed),
                    .. Given("curve.period-search", search),
                    .. Given("curve.periods", periods),
                    .. Given("curve.period", period),
                ],
            };
            IEnumerable<Setting> Given(string key, Option<string?> option) =>
                parsed.GetValue(option) is { } text ? [Setting.Parse($"{key}={text}", option.Name)] : [];
            int code = ExitCodes.Done;
            if (parsed.GetValue(nights) is { Length: > 0 } inputs)
            {
                if (parsed.GetValue(join))
                {
                    return Joined(inputs, request, common.IsQuiet(parsed), context);
                }
                code = ReduceCommand.Run(First(request, inputs), common.Limits(parsed), common.IsQuiet(parsed), context);
            }
            else if (parsed.GetValue(explain) is null)
            {
                Again(request, common.IsQuiet(parsed), context);
            }
            if (parsed.GetValue(explain) is { } frame)
            {
                Explain(context, frame, LateStages.ExplainTime(folder, frame, target, place));
            }
            return code;
        });
        return command;
    }

    private static void Again(CurveRequest request, bool isQuiet, CommandContext context)
    {
        using var progress = new TerminalProgress(context, isQuiet);
        ObservationResult result = LateStages.Curve(request, progress, context.Cancellation);
        progress.Dispose();
        foreach (string line in ReductionSummary.Lines(RunMemory.Open(request.Output).Folder, result))
        {
            context.Out.WriteLine(line);
        }
    }

    private static int Joined(string[] inputs, CurveRequest request, bool isQuiet, CommandContext context)
    {
        if (inputs.FirstOrDefault(i => !LateStages.IsReduction(i)) is { } raw)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{raw} holds no observation.fits; curve --join puts reductions together, albireo reduce --join raw nights."
            );
        }
        using var progress = new TerminalProgress(context, isQuiet);
        ObservationResult result = LateStages.Join(inputs, request, progress, context.Cancellation);
        progress.Dispose();
        foreach (string line in ReductionSummary.Lines(Path.GetFullPath(request.Output), result))
        {
            context.Out.WriteLine(line);
        }
        return ExitCodes.Done;
    }

    private static ReductionRequest First(CurveRequest request, string[] inputs) =>
        new()
        {
            Inputs = inputs,
            Output = request.Output,
            Target = request.Stars.Target,
            Comparisons = request.Stars.Comparisons,
            Check = request.Stars.Check,
            StarsFile = request.Stars.StarsFile,
            Sky = request.Sky,
            Site = request.Site,
            Settings = request.Settings,
        };

    private static void Explain(CommandContext context, string frame, TimeAudit audit)
    {
        context.Out.WriteLine(
            SafeText.OneLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{frame}: {audit.Keyword} = {audit.RawText}, read as {audit.Steps[0].Instant.ToIso(3)} UTC; exposure {audit.ExposureSeconds:0.######} s"
                )
            )
        );
        TextTable.Write(
            context,
            ["time", "Julian date", "seconds added", "why"],
            audit.Steps.Select(s =>
                (IReadOnlyList<string?>)
                    [s.Name, s.Instant.ToDecimal(10), s.Seconds.ToString("+0.000000;-0.000000;0", CultureInfo.InvariantCulture), s.Reason]
            )
        );
        foreach (string doubt in audit.Doubts)
        {
            context.Error.WriteLine(SafeText.OneLine(doubt));
        }
    }
}
