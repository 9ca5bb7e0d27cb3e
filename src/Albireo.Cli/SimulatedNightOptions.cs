using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;
using Albireo.Science.Simulation;

namespace Albireo.Cli;

/// <summary>What kind of night <c>simulate</c> and <c>demo</c> are to make.</summary>
public sealed class SimulatedNightOptions
{
    private readonly Option<long?> seed = new("--seed") { Description = "everything random comes from it (default: 1)", HelpName = "N" };
    private readonly Option<string?> size = new("--size") { Description = "pixels (default: 640x480)", HelpName = "WxH" };
    private readonly Option<int?> lights = new("--lights") { Description = "lights (default: 75)", HelpName = "N" };
    private readonly Option<int?> biases = new("--biases") { Description = "bias frames (default: 9)", HelpName = "N" };
    private readonly Option<int?> darks = new("--darks") { Description = "dark frames (default: 9)", HelpName = "N" };
    private readonly Option<int?> flats = new("--flats") { Description = "flat frames (default: 9)", HelpName = "N" };
    private readonly Option<double?> exposure = new("--exposure") { Description = "of a light (default: 60)", HelpName = "SECONDS" };
    private readonly Option<double?> darkExposure = new("--dark-exposure")
    {
        Description = "of a dark (default: as the lights)",
        HelpName = "SECONDS",
    };
    private readonly Option<double?> cadence = new("--cadence")
    {
        Description = "from light to light (default: 180)",
        HelpName = "SECONDS",
    };
    private readonly Option<double?> depth = new("--depth") { Description = "of the transit; 0 for none (default: 0.015)", HelpName = "D" };
    private readonly Option<double?> gain = new("--gain") { Description = "of the camera (default: 1.4)", HelpName = "ELECTRONS/ADU" };
    private readonly Option<double?> readNoise = new("--read-noise") { Description = "of the camera (default: 7)", HelpName = "ELECTRONS" };
    private readonly Option<double?> rotation = new("--rotate")
    {
        Description = "the field half-way through the night, as a meridian flip does (180)",
        HelpName = "DEGREES",
    };
    private readonly Option<bool> mirror = new("--mirror") { Description = "mirror it there as well" };
    private readonly Option<double?> clouds = new("--clouds")
    {
        Description = "light that the worst cloud takes, 0 … 1",
        HelpName = "PART",
    };

    private readonly Option<double?> air = new("--air-variation")
    {
        Description = "slow changes of transparency, standard deviation",
        HelpName = "PART",
    };
    private readonly Option<double?> stellar = new("--stellar-variation")
    {
        Description = "of stars other than the target, largest standard deviation",
        HelpName = "PART",
    };
    private readonly Option<double?> colours = new("--colours")
    {
        Description =
            "scatter of the field's B−V; air then dims a star by 0.04 mag an air mass less for each magnitude that it is redder, and stars.csv lists them",
        HelpName = "MAG",
    };
    private readonly Option<bool> moving = new("--moving-object") { Description = "a minor planet crosses the field" };
    private readonly Option<string?> like = new("--like")
    {
        Description = "a night of its own: prose, the one of prose's tutorial (100 frames, a sine of 1 %)",
        HelpName = "prose",
    };
    private readonly Option<bool> disorganised = new("--disorganised")
    {
        Description = "nested folders, names that say nothing, mixed extensions",
    };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            seed,
            size,
            lights,
            biases,
            darks,
            flats,
            exposure,
            darkExposure,
            cadence,
            depth,
            gain,
            readNoise,
            rotation,
            mirror,
            clouds,
            air,
            stellar,
            colours,
            moving,
            disorganised,
            like,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    /// <exception cref="AlbireoException">A value that cannot be.</exception>
    public SimulateOptions Read(ParseResult parsed)
    {
        if (parsed.GetValue(like) is { } other)
        {
            return Like(other, parsed);
        }
        var plan = new NightPlan();
        var options = new SimulateOptions();
        try
        {
            (int width, int height) = Size(parsed.GetValue(size)) ?? (plan.Width, plan.Height);
            int count = parsed.GetValue(lights) ?? plan.LightFrames;
            bool turns = parsed.GetValue(rotation) is not null || parsed.GetValue(mirror);
            plan = plan with
            {
                Seed = (ulong)(parsed.GetValue(seed) ?? 1),
                Width = width,
                Height = height,
                LightFrames = count,
                BiasFrames = parsed.GetValue(biases) ?? plan.BiasFrames,
                DarkFrames = parsed.GetValue(darks) ?? plan.DarkFrames,
                FlatFrames = parsed.GetValue(flats) ?? plan.FlatFrames,
                ExposureSeconds = parsed.GetValue(exposure) ?? plan.ExposureSeconds,
                DarkExposureSeconds = parsed.GetValue(darkExposure),
                CadenceSeconds = parsed.GetValue(cadence) ?? plan.CadenceSeconds,
                AtmosphericVariation = parsed.GetValue(air) ?? 0,
                StellarVariation = parsed.GetValue(stellar) ?? 0,
                ColourScatter = parsed.GetValue(colours) ?? 0,
                ColourExtinctionMagnitudes = parsed.GetValue(colours) > 0 ? -0.04 : 0,
                MovingObjects = parsed.GetValue(moving) ? [Crossing(width, height)] : [],
                CloudDepth = parsed.GetValue(clouds) ?? plan.CloudDepth,
                FlipAtFrame = turns ? (count + 1) / 2 : null,
                FlipRotationDegrees = parsed.GetValue(rotation) ?? 0,
                FlipMirrors = parsed.GetValue(mirror),
                Detector = plan.Detector with
                {
                    GainElectronsPerAdu = parsed.GetValue(gain) ?? plan.Detector.GainElectronsPerAdu,
                    ReadNoiseElectrons = parsed.GetValue(readNoise) ?? plan.Detector.ReadNoiseElectrons,
                },
            };
            return options with
            {
                Plan = plan,
                TransitDepth = parsed.GetValue(depth) ?? options.TransitDepth,
                IsDisorganised = parsed.GetValue(disorganised),
            };
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new AlbireoException(Failure.Usage, e.Message.Split('\n', '(')[0].Trim(), e);
        }
    }

    private SimulateOptions Like(string other, ParseResult parsed)
    {
        if (other != "prose")
        {
            throw new AlbireoException(Failure.Usage, $"--like {other}: expected prose.");
        }
        SimulateOptions tutorial = SimulateOptions.ProseTutorial((ulong)(parsed.GetValue(seed) ?? 1));
        return tutorial with
        {
            Plan = parsed.GetValue(moving)
                ? tutorial.Plan with
                {
                    MovingObjects = [Crossing(tutorial.Plan.Width, tutorial.Plan.Height)],
                }
                : tutorial.Plan,
            IsDisorganised = parsed.GetValue(disorganised),
        };
    }

    private static SimulatedStar Crossing(int width, int height) =>
        new("moving-1", new PixelPosition(0.1 * width, 0.3 * height), 13) { MotionXPerHour = 40, MotionYPerHour = 12 };

    private static (int Width, int Height)? Size(string? text)
    {
        if (text is null)
        {
            return null;
        }
        string[] parts = text.Split('x', 'X', '×');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            && width is > 0 and <= 20000
            && height is > 0 and <= 20000
            ? (width, height)
            : throw new AlbireoException(Failure.Usage, $"--size {text}: expected WIDTHxHEIGHT in pixels, such as 640x480.");
    }
}
