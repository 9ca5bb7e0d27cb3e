using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;

namespace Albireo.Cli.Commands;

/// <summary>
/// <c>albireo photometry FILE --at POSITIONS.csv --radii 3,4,5 -o TABLE</c>: apertures on one picture; with <c>--psf</c> its profile
/// fitted to all stars.
/// </summary>
public static class PhotometryCommand
{
    private static readonly Option<string?> At = new("--at")
    {
        Description = "a table with the columns x and y, 0-based pixels (with --psf: default all stars found)",
        HelpName = "POSITIONS.csv",
    };
    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "the table: .csv, .fits or .ecsv",
        HelpName = "TABLE",
        Required = true,
    };
    private static readonly Option<string?> Radii = new("--radii") { Description = "in pixels", HelpName = "R,R,..." };
    private static readonly Option<string?> Annulus = new("--annulus")
    {
        Description = "ring of the sky, pixels (without it no sky is taken off)",
        HelpName = "IN,OUT",
    };
    private static readonly Option<ApertureKind> Shape = new("--shape")
    {
        Description = "circle, ellipse or rectangle; a radius is half the long axis",
        HelpName = "SHAPE",
    };
    private static readonly Option<double> Ratio = Number("--ratio", "short over long axis of an ellipse or rectangle", "R", 1);
    private static readonly Option<double> Angle = Number("--angle", "from +x towards +y to the long axis, degrees", "DEGREES", 0);
    private static readonly Option<double?> Gain = new("--gain") { Description = "electrons per ADU", HelpName = "E" };
    private static readonly Option<double?> ReadNoise = new("--read-noise") { Description = "electrons", HelpName = "E" };
    private static readonly Option<double?> ZeroPoint = new("--zero-point")
    {
        Description = "magnitude of a flux of 1; adds magnitudes and their errors",
        HelpName = "MAG",
    };
    private static readonly Option<bool> Psf = new("--psf")
    {
        Description = "fit the picture's own profile to all stars, neighbours together",
    };
    private static readonly Option<string?> Residual = new("--residual")
    {
        Description = "with --psf: write the picture less its stars here",
        HelpName = "OUT.fits",
    };

    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "a FITS picture" };
        var common = new CommonOptions();
        var command = new Command("photometry", "Apertures on one picture, at given positions.")
        {
            file,
            At,
            Output,
            Radii,
            Annulus,
            Shape,
            Ratio,
            Angle,
            Gain,
            ReadNoise,
            ZeroPoint,
            Psf,
            Residual,
        };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = new PhotometryRequest
            {
                File = parsed.GetValue(file)!,
                Positions = parsed.GetValue(At),
                Output = parsed.GetValue(Output)!,
                Radii = parsed.GetValue(Radii)?.Split(',', StringSplitOptions.TrimEntries) ?? [],
                Annulus = Ring(parsed.GetValue(Annulus)),
                Shape = ShapeOf(parsed),
                Gain = parsed.GetValue(Gain),
                ReadNoise = parsed.GetValue(ReadNoise),
                ZeroPoint = parsed.GetValue(ZeroPoint),
                Psf = parsed.GetValue(Psf),
                Residual = parsed.GetValue(Residual),
                Settings = common.Settings(parsed),
            };
            return Run(context, request, common.Limits(parsed), common.IsQuiet(parsed));
        });
        return command;
    }

    private static int Run(CommandContext context, PhotometryRequest request, ResourceLimits limits, bool isQuiet)
    {
        InputFiles.RequireFile(request.File);
        string[] inputs = request.Positions is { } positions ? [request.File, positions] : [request.File];
        OutputPath.Require("-o", request.Output, inputs);
        TableFile.RequireExtension("-o", request.Output);
        Check(request, inputs);
        BandRunner runner = Workers.Bands(limits.Threads);
        (int stars, IReadOnlyList<string> remarks) = request.Psf ? PsfOfFile.Run(request, runner) : MeasureFile.Run(request, runner);
        if (!isQuiet)
        {
            foreach (string remark in remarks)
            {
                context.Error.WriteLine(SafeText.OneLine(remark));
            }
        }
        context.Out.WriteLine(SafeText.OneLine($"{request.Output}: {stars} {(stars == 1 ? "position" : "positions")}"));
        return ExitCodes.Done;
    }

    private static void Check(PhotometryRequest request, string[] inputs)
    {
        if (request.Residual is { } residual)
        {
            OutputPath.Require("--residual", residual, inputs);
        }
        bool sums = request.Radii.Count > 0 || request.Annulus is not null || request.Shape.Kind != ApertureKind.Circle;
        string? misfit =
            !request.Psf && request.Positions is null ? "--at POSITIONS.csv says where to measure; it is missing."
            : !request.Psf && request.Residual is not null ? "--residual goes with --psf."
            : request.Psf && sums ? "--psf fits a profile; --radii, --annulus and --shape go without it."
            : null;
        if (misfit is not null)
        {
            throw new AlbireoException(Failure.Usage, misfit);
        }
    }

    private static ApertureShape ShapeOf(ParseResult parsed)
    {
        (ApertureKind kind, double ratio, double angle) = (parsed.GetValue(Shape), parsed.GetValue(Ratio), parsed.GetValue(Angle));
        return !(ratio > 0 && ratio <= 1)
                ? throw new AlbireoException(Failure.Usage, $"--ratio {ratio}: expected a number above 0, 1 at most.")
            : kind == ApertureKind.Circle && (ratio != 1 || angle != 0)
                ? throw new AlbireoException(Failure.Usage, "--ratio and --angle go with --shape ellipse or --shape rectangle.")
            : new ApertureShape(kind, ratio, angle);
    }

    private static (double Inner, double Outer)? Ring(string? text) =>
        text is null ? null
        : text.Split(',') is [{ } a, { } b]
        && double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out double inner)
        && double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out double outer)
        && inner >= 0
        && outer > inner
        && double.IsFinite(outer)
            ? (inner, outer)
        : throw new AlbireoException(Failure.Usage, $"--annulus {text}: expected two radii IN,OUT with OUT beyond IN.");

    private static Option<double> Number(string name, string description, string help, double value) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            DefaultValueFactory = _ => value,
        };
}
