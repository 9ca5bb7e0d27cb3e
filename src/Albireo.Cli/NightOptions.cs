using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stars;

namespace Albireo.Cli;

/// <summary>What every command takes that goes from raw frames to products in OUT: <c>reduce</c> and the stage commands.</summary>
public sealed class NightOptions
{
    private readonly Argument<string[]> nights;
    private readonly bool isRemembered;
    private readonly Option<string> output = new("--output", "-o")
    {
        Description = "the folder for all products",
        Required = true,
        HelpName = "OUT",
    };
    private readonly StarOptions stars = new();
    private readonly Option<string?> reference = new("--reference")
    {
        Description = "the frame that pixel positions refer to (default: the first light)",
        HelpName = "FRAME",
    };
    private readonly Option<string?> sky = new("--sky") { Description = "the target's coordinates", HelpName = "RA,DEC" };
    private readonly Option<string?> site = new("--site")
    {
        Description = "degrees north, degrees east, metres",
        HelpName = "LAT,LON,HEIGHT",
    };
    private readonly Option<string?> objectName = new("--object")
    {
        Description = "only frames of this object (* and ?)",
        HelpName = "PATTERN",
    };
    private readonly Option<string?> filter = new("--filter")
    {
        Description = "only frames in this filter (* and ?)",
        HelpName = "PATTERN",
    };
    private readonly Option<bool> join = new("--join") { Description = "put the nights of one target and filter together" };
    private readonly IntakeOptions intake = new();
    private readonly Option<bool> fresh = new("--fresh") { Description = "ignore what earlier runs left in OUT" };
    private readonly Option<bool> noCalibrated = new("--no-calibrated") { Description = "do not keep calibrated frames" };

    /// <param name="isRemembered">Whether OUT remembers what is not given; otherwise NIGHT is required.</param>
    public NightOptions(bool isRemembered)
    {
        this.isRemembered = isRemembered;
        nights = new Argument<string[]>("NIGHT")
        {
            Description = isRemembered ? "folders or files of raw frames; afterwards OUT remembers them" : "folders or files of raw frames",
            Arity = isRemembered ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        };
    }

    /// <summary>Limits, settings, quiet.</summary>
    public CommonOptions Common { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(nights);
        command.Add(output);
        stars.AddTo(command);
        foreach (Option option in (Option[])[reference, sky, site, objectName, filter, join, noCalibrated, fresh])
        {
            command.Add(option);
        }
        intake.AddTo(command);
        Common.AddTo(command);
    }

    /// <exception cref="AlbireoException">NIGHT is missing and OUT remembers none.</exception>
    public ReductionRequest Read(ParseResult parsed)
    {
        string folder = parsed.GetValue(output)!;
        string[] inputs = parsed.GetValue(nights) ?? [];
        ReductionRequest? before = isRemembered && inputs.Length == 0 ? RunMemory.RequestOf(folder) : null;
        if (inputs.Length == 0 && before is null)
        {
            throw new AlbireoException(Failure.Usage, $"Which NIGHT? {folder} remembers none yet; give a folder of raw frames.");
        }
        foreach (string joined in inputs.Where(i => File.Exists(Path.Combine(i, "observation.fits"))).Append(folder))
        {
            RequireRaw(joined, joined == folder ? before : RunMemory.RequestOf(joined));
        }
        ReductionRequest request = before ?? new ReductionRequest { Inputs = inputs, Output = folder };
        StarChoice choice = stars.Read(parsed);
        bool hasComparisons = choice.Comparisons.Count > 0 || choice.ChooseComparisons;
        return request with
        {
            Output = folder,
            Target = choice.NoTarget ? null : choice.Target ?? request.Target,
            Comparisons = hasComparisons ? choice.Comparisons : request.Comparisons,
            Check = choice.NoCheck ? null : choice.Check ?? request.Check,
            StarsFile = choice.StarsFile ?? request.StarsFile,
            Reference = parsed.GetValue(reference) ?? request.Reference,
            Sky = SkyArguments.Coordinate(parsed.GetValue(sky)) ?? request.Sky,
            Site = SkyArguments.Site(parsed.GetValue(site)) ?? request.Site,
            ObjectName = parsed.GetValue(objectName) ?? request.ObjectName,
            Filter = parsed.GetValue(filter) ?? request.Filter,
            Join = parsed.GetValue(join) || request.Join,
            IsFresh = parsed.GetValue(fresh),
            KeepCalibrated = !parsed.GetValue(noCalibrated) && request.KeepCalibrated,
            Settings = [.. request.Settings, .. Common.Settings(parsed), .. intake.Settings(parsed)],
        };
    }

    /// <summary>Joined reductions have no raw frames of their own: the inputs of such an OUT are other OUTs.</summary>
    private static void RequireRaw(string folder, ReductionRequest? request)
    {
        if (request is { JoinsReductions: true })
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{folder} joins reductions and has no raw frames of its own; give the night of one of them, or join them again: albireo curve {string.Join(' ', request.Inputs)} --join -o {folder}."
            );
        }
    }
}
