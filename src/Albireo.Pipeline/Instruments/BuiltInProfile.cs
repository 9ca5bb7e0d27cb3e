namespace Albireo.Pipeline.Instruments;

/// <summary>A built-in profile's name and the texts that it is for.</summary>
internal sealed record BuiltInProfile(string Name, IReadOnlyList<string> Aliases, IReadOnlyList<string> Writers);
