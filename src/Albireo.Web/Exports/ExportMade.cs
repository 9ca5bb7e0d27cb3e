namespace Albireo.Web.Exports;

/// <summary>A file that was written into OUT/export.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Messages">What a reader of the file should know, one sentence each.</param>
/// <param name="Text">Its beginning.</param>
/// <param name="Command">What to type for the same.</param>
public sealed record ExportMade(string Format, string Name, IReadOnlyList<string> Messages, string Text, string Command);
