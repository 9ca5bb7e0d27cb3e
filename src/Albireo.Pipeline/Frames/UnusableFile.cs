namespace Albireo.Pipeline.Frames;

/// <summary>A file that could not be used, and why.</summary>
public sealed record UnusableFile(string Path, string Reason);
