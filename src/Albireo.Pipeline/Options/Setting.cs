namespace Albireo.Pipeline.Options;

/// <summary>One option as a user wrote it: a key (<c>measure.radii</c>), its text or texts, and where it stood.</summary>
/// <param name="Key">Stage and option, kebab-case, joined by a dot; <c>compat</c> stands alone, and before a
/// key (<c>compat.masters.combine</c>) makes the setting count only where <c>compat</c> is true.</param>
/// <param name="Values">One text, or the items of a list.</param>
/// <param name="Source">Where it came from, for messages: <c>--set</c>, a recipe's name, a file.</param>
public sealed record Setting(string Key, IReadOnlyList<string> Values, string Source)
{
    /// <summary>What it wins over and gives way to; within a layer the later one counts.</summary>
    public SettingLayer Layer { get; init; } = SettingLayer.User;

    /// <summary>From <c>stage.option=value</c>; commas separate the items of a list.</summary>
    public static Setting Parse(string text, string source)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new AlbireoException(Failure.Usage, $"{source} {text}: expected stage.option=value, for example measure.radii=3,4,5.");
        }
        return new Setting(text[..equals].Trim(), text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries), source);
    }
}
