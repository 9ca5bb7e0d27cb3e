using Albireo.Pipeline.Options;

namespace Albireo.Web.Curves;

/// <summary>One option: its key and its text or texts.</summary>
public sealed record PageSetting(string Key, IReadOnlyList<string> Values)
{
    internal Setting ToSetting() => new(Key, Values, "--set");
}
