namespace Albireo.Pipeline.Instruments;

/// <summary>A file of settings (profile, night.yaml, tape.par) that cannot be used; the message names the file and the key.</summary>
public sealed class SettingsFileException(string source, string where, string problem) : Exception($"{source}: {where}: {problem}.")
{
    /// <summary>The file, or the name of a built-in.</summary>
    public string File { get; } = source;

    /// <summary>The key, or the line.</summary>
    public string Key { get; } = where;
}
