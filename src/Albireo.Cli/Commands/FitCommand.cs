using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Science.Transits;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo fit -o OUT</c>: a transit fitted to the light curve.</summary>
public static class FitCommand
{
    private static readonly (string Name, string What, string Form)[] Words =
    [
        ("period", "orbital period, days", "P[,ERROR]"),
        ("t0", "a mid-transit of any epoch, BJD_TDB", "T[,ERROR]"),
        ("rp-rs", "Rp/R*", "K[,ERROR]"),
        ("a-rs", "a/R*", "A[,ERROR]"),
        ("inclination", "degrees", "I[,ERROR]"),
        ("eccentricity", "", "E[,ERROR]"),
        ("omega", "argument of periastron, degrees", "W[,ERROR]"),
        ("u1", "linear limb darkening", "U[,ERROR]"),
        ("u2", "quadratic limb darkening", "U[,ERROR]"),
        ("tc-window", "with --t0: mid-transit is free within these minutes of the prediction", "MINUTES"),
        ("baseline", "time, airmass, x, y, fwhm, sky, squared as time^2; auto; none (default: airmass)", "TERMS"),
        ("name", "of the planet", "NAME"),
    ];

    public static Command Create(CommandContext context)
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "the folder of a reduction",
            Required = true,
            HelpName = "OUT",
        };
        var planet = new Option<string?>("--planet")
        {
            Description = "what is known of the planet: name, period, t0, rp-rs, a-rs, inclination, eccentricity, omega, u1, u2",
            HelpName = "FILE.yaml",
        };
        var forget = new Option<bool>("--forget") { Description = "remove the fit that is there" };
        Option<string?>[] options = [.. Words.Select(w => new Option<string?>("--" + w.Name) { Description = w.What, HelpName = w.Form })];
        var common = new CommonOptions();
        var command = new Command("fit", "A transit fitted to the light curve; a number is held, a value with its error is a prior.")
        {
            output,
            planet,
            forget,
        };
        foreach (Option<string?> option in options)
        {
            command.Add(option);
        }
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings = new List<Setting>(common.Settings(parsed));
            if (parsed.GetValue(planet) is { } file)
            {
                InputFiles.RequireFile(file);
                using var reader = new StreamReader(file);
                settings.AddRange(RecipeFile.Read(reader, file).Select(s => s with { Key = "fit." + s.Key }));
            }
            settings.AddRange(
                options
                    .Where(o => parsed.GetValue(o) is not null)
                    .Select(o => Setting.Parse($"fit.{o.Name[2..]}={parsed.GetValue(o)}", o.Name))
            );
            string folder = parsed.GetValue(output)!;
            using var progress = new TerminalProgress(context, common.IsQuiet(parsed));
            if (parsed.GetValue(forget))
            {
                LateStages.ForgetFit(folder, settings, before: null, progress, context.Cancellation);
                return ExitCodes.Done;
            }
            FitFile fit = LateStages.Fit(folder, settings, progress, context.Cancellation);
            progress.Dispose();
            Print(context, fit);
            context.Out.WriteLine($"  {Path.Combine(RunMemory.Open(folder).Folder, "fit.json")}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(CommandContext context, FitFile fit)
    {
        static string Digits(double value, string name) => value.ToString(name == "tc" ? "F6" : "G6", CultureInfo.InvariantCulture);
        TextTable.Write(
            context,
            ["parameter", "value", "-", "+", "unit", "prior"],
            fit.Values.Select(v =>
                (IReadOnlyList<string?>)
                    [
                        v.Name,
                        Digits(v.Value, v.Name),
                        v.ErrorMinus.ToString("G3", CultureInfo.InvariantCulture),
                        v.ErrorPlus.ToString("G3", CultureInfo.InvariantCulture),
                        v.Unit,
                        v.Prior,
                    ]
            )
        );
        context.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"residual scatter {100 * fit.ResidualScatter:F3} %, red noise beta {fit.BetaRed:F2}, BIC {fit.Bic:F1} against {fit.BicNoTransit:F1} without a transit, {(fit.Converged ? "converged" : "NOT converged")}"
            )
        );
        if (fit.Ephemeris is { } e)
        {
            context.Out.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"O-C {e.Minutes:+0.00;-0.00} ± {e.ErrorMinutes:F2} min at epoch {e.Epoch:F0}")
            );
        }
        foreach (string doubt in fit.Doubts)
        {
            context.Error.WriteLine(SafeText.OneLine(doubt));
        }
    }
}
