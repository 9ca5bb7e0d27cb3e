using System.CommandLine;
using Albireo.Pipeline.Inventory;

namespace Albireo.Cli;

/// <summary>Which frames of an inventory to show, by patterns with <c>*</c> and <c>?</c>.</summary>
public sealed class FilterOptions
{
    private readonly Option<string?> kind = Pattern("--kind", "light, bias, dark, flat, darkflat, unknown");
    private readonly Option<string?> target = Pattern("--object", "the target's name");
    private readonly Option<string?> filter = Pattern("--filter", "the filter; a prime may be written as p");
    private readonly Option<string?> telescope = Pattern("--telescope", "instrument or telescope");
    private readonly Option<string?> night = Pattern("--night", "the date on which the night began, as 2025-03-14");
    private readonly Option<string?> exposure = Pattern("--exposure", "seconds");
    private readonly Option<string?> binning = Pattern("--binning", "as 2x2");
    private readonly Option<string?> size = Pattern("--size", "columns x rows, as 1024x1024");
    private readonly Option<string?> file = Pattern("--file", "the file's name, or folder/name");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[kind, target, filter, telescope, night, exposure, binning, size, file])
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for, or null for all frames.</summary>
    public FrameFilter? Read(ParseResult parsed)
    {
        var wanted = new FrameFilter
        {
            Kind = parsed.GetValue(kind),
            Target = parsed.GetValue(target),
            Filter = parsed.GetValue(filter),
            Instrument = parsed.GetValue(telescope),
            Night = parsed.GetValue(night),
            Exposure = parsed.GetValue(exposure),
            Binning = parsed.GetValue(binning),
            Size = parsed.GetValue(size),
            File = parsed.GetValue(file),
        };
        return wanted == new FrameFilter() ? null : wanted;
    }

    private static Option<string?> Pattern(string name, string what) =>
        new(name) { Description = $"only frames that fit (* and ?): {what}", HelpName = "PATTERN" };
}
