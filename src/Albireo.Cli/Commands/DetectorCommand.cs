using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Stages;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo detector BIAS BIAS FLAT FLAT</c>: gain and read noise, and with <c>--darks</c> the dark current.</summary>
public static class DetectorCommand
{
    public static Command Create(CommandContext context)
    {
        var frames = new Argument<string[]>("FRAME") { Description = "BIAS BIAS FLAT FLAT", Arity = ArgumentArity.OneOrMore };
        var region = new Option<string[]>("--region")
        {
            Description = "where (repeatable; default: a grid over the frame)",
            HelpName = "x0:x1,y0:y1",
        };
        var darks = new Option<string[]>("--darks")
        {
            Description = "darks of two exposures",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var command = new Command("detector", "Gain and read noise from two bias and two flat frames.") { frames, region, darks, json };
        command.SetAction(parsed =>
        {
            string[] four = parsed.GetValue(frames)!;
            string[] dark = parsed.GetValue(darks) ?? [];
            if (four.Length != 4)
            {
                throw new AlbireoException(Failure.Usage, $"Two bias and two flat frames are needed, in this order; {four.Length} given.");
            }
            foreach (string file in four.Concat(dark))
            {
                InputFiles.RequireFile(file);
            }
            DetectorMeasurement found = MeasureDetector.Run(
                four,
                dark,
                [.. (parsed.GetValue(region) ?? []).Select(r => RegionArgument.Parse(r)!.Value)],
                context.Cancellation
            );
            if (found.Noise.SaturatedRegions is > 0 and var left)
            {
                context.Error.WriteLine($"{left} region{(left == 1 ? " is" : "s are")} left out: a flat is saturated there.");
            }
            if (parsed.GetValue(json))
            {
                context.Out.Write(DetectorJson.Write(found));
                return ExitCodes.Done;
            }
            foreach (string line in Lines(found))
            {
                context.Out.WriteLine(line);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<string> Lines(DetectorMeasurement found)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        yield return string.Create(plain, $"gain        {found.Noise.GainElectronsPerAdu:F4} ± {found.Noise.GainError:F4} e-/ADU");
        yield return string.Create(plain, $"read noise  {found.Noise.ReadNoiseElectrons:F3} ± {found.Noise.ReadNoiseError:F3} e-");
        yield return string.Create(plain, $"flat level  {found.Noise.FlatLevelAdu:F0} ADU above the bias, {found.Noise.PixelCount} pixels");
        if (found.Dark is { } dark)
        {
            yield return string.Create(
                plain,
                $"dark        {dark.ElectronsPerSecond:G4} ± {found.DarkElectronsError:G2} e-/s per pixel ({dark.AduPerSecond:G4} ± {dark.Error:G2} ADU/s, from {found.ShortDarkSeconds:G} and {found.LongDarkSeconds:G} s)"
            );
        }
        yield return string.Create(
            plain,
            $"--set detector.gain={found.Noise.GainElectronsPerAdu:F4} --set detector.read-noise={found.Noise.ReadNoiseElectrons:F3}"
        );
    }
}
